#include "image/answer.h"

#include "sandbox/sandbox.h"

#include <string.h>

/* Both are the same program: the fields go over as they are. */
struct head {
    uint64_t layer, size;
};

struct tail {
    int64_t end;
    char digest[DIGEST_TEXT];
};

static const uint64_t no_layer = UINT64_MAX;

void answer_facts(void *answer, struct str head, struct str names)
{
    const struct answer *a = answer;
    struct head h = {a->layer, head.n + names.n};

    sandbox_write(a->to, (struct str){(char *)&h, sizeof h});
    sandbox_write(a->to, head);
    sandbox_write(a->to, names);
}

void answer_end(struct answer *a, int end, const char *digest)
{
    struct tail t = {.end = end};

    memcpy(t.digest, digest, strlen(digest) + 1);
    sandbox_write(a->to, (struct str){(char *)&t, sizeof t});
}

void answer_error(int to, const char *what)
{
    struct head h = {no_layer, strlen(what)};

    sandbox_write(to, (struct str){(char *)&h, sizeof h});
    sandbox_write(to, str_of(what));
}

static bool take(struct str *rest, void *out, size_t n)
{
    if (rest->n < n)
        return false;
    memcpy(out, rest->p, n);
    *rest = str_from(*rest, n);
    return true;
}

bool answer_next(struct str *rest, struct answer_part *out)
{
    struct head h;
    struct tail t;
    struct str body;

    if (!take(rest, &h, sizeof h) || h.size > rest->n)
        return false;
    body = (struct str){rest->p, (size_t)h.size};
    *rest = str_from(*rest, body.n);
    *out = (struct answer_part){0};
    if (h.layer == no_layer) {
        out->error = body;
        return body.n > 0;
    }
    if (!take(rest, &t, sizeof t))
        return false;
    out->layer = (size_t)h.layer;
    out->facts = body;
    out->end = (int)t.end;
    memcpy(out->digest, t.digest, sizeof out->digest);
    out->digest[sizeof out->digest - 1] = 0;
    return true;
}
