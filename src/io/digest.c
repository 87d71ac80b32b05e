#include "io/digest.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Fetched once: a fetch takes longer than the digest of a short text, and in
 * the sandbox OpenSSL may not open what it wants to look at. */
static struct method {
    const char *name, *openssl;
    const EVP_MD *md;
} methods[] = {
    {"sha256", "SHA256", NULL},
    {"sha512", "SHA512", NULL},
    {"sha1", "SHA1", NULL},
    {"md5", "MD5", NULL},
};
enum { METHODS = sizeof methods / sizeof *methods };

/* Without openssl.cnf: reading it takes longer than all the rest, and it may name
 * libraries to load. */
static void fetch(void)
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    for (size_t i = 0; i < METHODS; i++)
        methods[i].md = EVP_MD_fetch(NULL, methods[i].openssl, NULL);
}

void digest_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, fetch);
}

static const EVP_MD *method(const char *algorithm)
{
    digest_prepare();
    for (size_t i = 0; i < METHODS; i++)
        if (strcmp(methods[i].name, algorithm) == 0)
            return methods[i].md;
    assert(!"a digest algorithm that io/digest.h does not name");
    return NULL;
}

static _Noreturn void broken(const char *algorithm)
{
    fprintf(stderr, "lotse: OpenSSL cannot compute %s\n", algorithm);
    _exit(2);
}

void digest_start(struct digest *d, const char *algorithm)
{
    const EVP_MD *md = method(algorithm);
    EVP_MD_CTX *state = EVP_MD_CTX_new();

    if (!md || !state || EVP_DigestInit_ex2(state, md, NULL) != 1)
        broken(algorithm);
    *d = (struct digest){.state = state, .algorithm = algorithm};
}

enum { PIECE = 2048, LINE = 64 };

/* Bytes of a mapped file are not in the cache yet, and the processor fetches ahead
 * only within a page: a piece is asked for while the one before is digested. */
static void fetch_piece(struct str bytes)
{
    for (size_t i = 0; i < PIECE && i < bytes.n; i += LINE)
        __builtin_prefetch(bytes.p + i, 0, 2);
}

void digest_add(struct digest *d, struct str bytes)
{
    while (bytes.n) {
        size_t n = bytes.n < PIECE ? bytes.n : PIECE;

        fetch_piece(str_from(bytes, n));
        if (EVP_DigestUpdate(d->state, bytes.p, n) != 1)
            broken(d->algorithm);
        bytes = str_from(bytes, n);
    }
}

void digest_finish(struct digest *d, char text[DIGEST_TEXT])
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    size_t at = (size_t)snprintf(text, DIGEST_TEXT, "%s:", d->algorithm);

    if (EVP_DigestFinal_ex(d->state, raw, &n) != 1)
        broken(d->algorithm);
    for (unsigned i = 0; i < n; i++, at += 2)
        snprintf(text + at, DIGEST_TEXT - at, "%02x", raw[i]);
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
