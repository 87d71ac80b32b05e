#include "io/unpack.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 6, RATIO_FROM = 64 << 20 };

static const struct {
    const char *name;
    const char *magic;
    size_t n;
    const struct decoder *decoder;
} packings[] = {
    [PACKING_NONE] = {"plain", "", 0, NULL},
    [PACKING_GZIP] = {"gzip", "\x1f\x8b", 2, &decoder_gzip},
    [PACKING_ZSTD] = {"zstd", "\x28\xb5\x2f\xfd", 4, &decoder_zstd},
    [PACKING_XZ] = {"xz", "\xfd\x37\x7a\x58\x5a\x00", 6, &decoder_xz},
    [PACKING_BZIP2] = {"bzip2", "BZh", 3, &decoder_bzip2},
};

const char *packing_name(enum packing p)
{
    return packings[p].name;
}

enum packing packing_sniff(struct str first)
{
    for (enum packing p = PACKING_GZIP; p <= PACKING_BZIP2; p++)
        if (str_starts(first, (struct str){packings[p].magic, packings[p].n}))
            return p;
    /* a zstd file may begin with a skippable frame: 0x184D2A50 to 5F */
    if (first.n >= 4 && ((unsigned char)first.p[0] & 0xf0) == 0x50 &&
        memcmp(first.p + 1, "\x2a\x4d\x18", 3) == 0)
        return PACKING_ZSTD;
    return PACKING_NONE;
}

bool unpack_zeros(struct unpacker *u)
{
    for (size_t i = 0; i < u->in.n; i++)
        if (u->in.p[i])
            return false;
    u->in = (struct str){0};
    return true;
}

/* 1 when there is input, 0 at its end. */
static int more(struct unpacker *u, struct err *err)
{
    int r;

    if (u->in.n)
        return 1;
    r = stream_next(u->from, &u->in, err);
    if (r > 0)
        u->packed += u->in.n;
    return r;
}

/* The first run is long enough to tell the format by, or joined with the
 * following ones until it is. */
static int start(struct unpacker *u, struct err *err)
{
    int r = more(u, err);

    u->started = true;
    if (r <= 0)
        return r;
    while (u->in.n < HEAD) {
        struct str first = u->in, next;
        char *joined;

        r = stream_next(u->from, &next, err);
        if (r <= 0)
            break;
        joined = malloc(first.n + next.n);
        if (!joined)
            abort();
        memcpy(joined, first.p, first.n);
        memcpy(joined + first.n, next.p, next.n);
        free(u->joined);
        u->joined = joined;
        u->in = (struct str){joined, first.n + next.n};
        u->packed += next.n;
    }
    if (r < 0)
        return r;
    u->packing = packing_sniff(u->in);
    u->decoder = packings[u->packing].decoder;
    if (u->decoder) {
        u->state = u->decoder->start(u->budget);
        u->out = malloc(UNPACK_RUN);
        if (!u->state || !u->out)
            abort();
    }
    return 1;
}

static int within_budget(struct unpacker *u, size_t n, struct err *err)
{
    const struct budget *b = u->budget;

    u->unpacked += n;
    if (u->unpacked > b->bytes)
        return err_set(err, ERR_LIMIT, "unpacks to more than %" PRIu64 " GiB",
                       b->bytes >> 30);
    if (u->decoder && u->unpacked > RATIO_FROM && u->unpacked / b->ratio > u->packed)
        return err_set(err, ERR_LIMIT,
                       "unpacks to more than %" PRIu64 " times its size after %" PRIu64
                       " MiB",
                       b->ratio, u->unpacked >> 20);
    return 1;
}

static int plain(struct unpacker *u, struct str *out, struct err *err)
{
    int r = more(u, err);

    if (r <= 0)
        return r;
    *out = u->in;
    u->in = (struct str){0};
    return within_budget(u, out->n, err);
}

static int decode(struct unpacker *u, struct str *out, struct err *err)
{
    for (;;) {
        size_t n = 0;
        int r = more(u, err);

        if (r < 0)
            return r;
        r = u->decoder->step(u, r == 0, &n, err);
        if (r < 0)
            return err_wrap(err, "%s", packing_name(u->packing));
        if (n) {
            *out = (struct str){u->out, n};
            return within_budget(u, n, err);
        }
        if (r == 0)
            return 0;
    }
}

static int unpack_next(struct stream *base, struct str *out, struct err *err)
{
    struct unpacker *u = (struct unpacker *)base;
    int r;

    if (u->ended)
        return 0;
    if (!u->started && (r = start(u, err)) <= 0)
        return r;
    r = u->decoder ? decode(u, out, err) : plain(u, out, err);
    if (r == 0)
        u->ended = true;
    return r;
}

/* Only plain content can be passed over without being made. */
static int unpack_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct unpacker *u = (struct unpacker *)base;

    if (!u->started || u->decoder || u->in.n || !u->from->skip) {
        *n = 0;
        return 0;
    }
    return u->from->skip(u->from, n, err);
}

static void unpack_close(struct stream *base)
{
    struct unpacker *u = (struct unpacker *)base;

    if (u->state)
        u->decoder->stop(u->state);
    stream_close(u->from);
    free(u->joined);
    free(u->out);
    free(u);
}

struct stream *stream_unpack(struct stream *from, const struct budget *budget)
{
    struct unpacker *u = calloc(1, sizeof *u);

    if (!u)
        abort();
    u->base = (struct stream){unpack_next, unpack_skip, unpack_close};
    u->from = from;
    u->budget = budget;
    return &u->base;
}

enum packing stream_packing(const struct stream *unpacked)
{
    return ((const struct unpacker *)unpacked)->packing;
}
