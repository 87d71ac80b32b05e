#include "io/digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const EVP_MD *method(const char *algorithm)
{
    if (strcmp(algorithm, "sha512") == 0)
        return EVP_sha512();
    if (strcmp(algorithm, "sha1") == 0)
        return EVP_sha1();
    if (strcmp(algorithm, "md5") == 0)
        return EVP_md5();
    return EVP_sha256();
}

void digest_start(struct digest *d, const char *algorithm)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();

    if (!state || EVP_DigestInit_ex(state, method(algorithm), NULL) != 1)
        abort();
    *d = (struct digest){.state = state, .algorithm = algorithm};
}

void digest_add(struct digest *d, struct str bytes)
{
    if (bytes.n && EVP_DigestUpdate(d->state, bytes.p, bytes.n) != 1)
        abort();
}

void digest_finish(struct digest *d, char text[DIGEST_TEXT])
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    int at = snprintf(text, DIGEST_TEXT, "%s:", d->algorithm);

    if (EVP_DigestFinal_ex(d->state, raw, &n) != 1)
        abort();
    for (unsigned i = 0; i < n; i++)
        at += snprintf(text + at, DIGEST_TEXT - (size_t)at, "%02x", raw[i]);
    digest_done(d);
}

void digest_done(struct digest *d)
{
    EVP_MD_CTX_free(d->state);
    d->state = NULL;
}

void digest_of(struct str bytes, const char *algorithm, char text[DIGEST_TEXT])
{
    struct digest d;

    digest_start(&d, algorithm);
    digest_add(&d, bytes);
    digest_finish(&d, text);
}

bool digest_valid(struct str text)
{
    struct str algorithm, hex;

    if (!str_cut(text, ':', &algorithm, &hex))
        return false;
    if (!(str_equal(algorithm, S("sha256")) && hex.n == 64) &&
        !(str_equal(algorithm, S("sha512")) && hex.n == 128))
        return false;
    for (size_t i = 0; i < hex.n; i++)
        if (!((hex.p[i] >= '0' && hex.p[i] <= '9') || (hex.p[i] >= 'a' && hex.p[i] <= 'f')))
            return false;
    return true;
}
