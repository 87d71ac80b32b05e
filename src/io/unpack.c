#include "io/unpack.h"

#include "base/err.h"
#include "base/mem.h"
#include "io/stream.h"

#include <inttypes.h>
#include <string.h>

enum { SNIFF = 6 };

/* The libraries count in 32 bits. */
enum { LONGEST_RUN = 1 << 30 };

const char *packing_name(enum packing p)
{
    static const char *const names[] = {"none", "gzip", "zstd", "xz", "bzip2"};

    return names[p];
}

/* "BZh", the block size, then the first block or the end of an empty stream. */
static bool is_bzip2(struct str s)
{
    return s.n >= SNIFF && str_starts(s, S("BZh")) && s.p[3] >= '1' && s.p[3] <= '9' &&
           (memcmp(s.p + 4, "\x31\x41", 2) == 0 || memcmp(s.p + 4, "\x17\x72", 2) == 0);
}

/* The first frame may be one to be skipped: 0x184D2A50 to 5F, little-endian. */
static bool is_zstd(struct str s)
{
    return str_starts(s, S("\x28\xb5\x2f\xfd")) ||
           (s.n >= 4 && (s.p[0] & 0xf0) == 0x50 && memcmp(s.p + 1, "\x2a\x4d\x18", 3) == 0);
}

enum packing packing_sniff(struct str first)
{
    return str_starts(first, S("\x1f\x8b\x08"))    ? PACKING_GZIP
           : is_zstd(first)                        ? PACKING_ZSTD
           : str_starts(first, S("\xfd\x37zXZ\0")) ? PACKING_XZ
           : is_bzip2(first)                       ? PACKING_BZIP2
                                                   : PACKING_NONE;
}

int unpack_behind(struct unpacker *u, struct str *in, char first, struct err *err)
{
    if (in->n && in->p[0] == first && !u->zeros)
        return 1;
    while (in->n && in->p[0] == 0) {
        u->zeros = true;
        *in = str_from(*in, 1);
    }
    if (in->n)
        return err_set(err, ERR_FORMAT, "other bytes behind the end");
    return 0;
}

struct unpacking {
    struct stream base;
    struct stream *from;
    struct budget budget;
    enum packing packing;
    struct unpacker *unpacker; /* NULL for PACKING_NONE */
    bool sniffed, last;
    struct str in;   /* what is left of the run from below */
    uint64_t packed; /* bytes from below so far, `in` among them */
    uint64_t made;
    char head[SNIFF]; /* the first bytes, when they came in several runs */
    char *run;
};

/* The first bytes, enough to tell the packing by, or all there are. They stay
 * in the stream: in its first run, or, when that is short, in u->in. */
static int peek(struct unpacking *u, struct str *first, struct err *err)
{
    struct str run;
    size_t have = 0;
    int r = 1;

    while (have < SNIFF && (r = stream_next(u->from, &run, err)) > 0) {
        size_t n = SNIFF - have < run.n ? SNIFF - have : run.n;

        if (n == SNIFF) {
            u->from->rest = *first = run;
            return 0;
        }
        memcpy(u->head + have, run.p, n);
        have += n;
        u->from->rest = str_from(run, n);
    }
    u->last = r == 0;
    u->in = *first = (struct str){u->head, have};
    u->packed = have;
    return r < 0 ? r : 0;
}

static int plain_skip(struct stream *base, uint64_t *n, struct err *err);

static int sniff(struct unpacking *u, struct err *err)
{
    static struct unpacker *(*const make[])(const struct budget *) = {
        NULL, unpack_gzip, unpack_zstd, unpack_xz, unpack_bzip2};

    struct str first = {0};

    u->sniffed = true;
    if (peek(u, &first, err) < 0)
        return err->code;
    u->packing = packing_sniff(first);
    if (u->packing == PACKING_NONE) {
        u->base.skip = u->from->skip ? plain_skip : NULL;
    } else {
        u->unpacker = make[u->packing](&u->budget);
        u->run = mem_alloc(STREAM_RUN);
    }
    return 0;
}

static int count(struct unpacking *u, uint64_t n, struct err *err)
{
    uint64_t packed = u->packed - u->in.n;

    u->made += n;
    if (u->made > u->budget.bytes)
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " bytes unpacked (limit bytes)",
                       u->budget.bytes);
    if (u->unpacker && u->made > u->budget.ratio_from && u->made / u->budget.ratio > packed)
        return err_set(err, ERR_LIMIT,
                       "unpacks to more than %" PRIu64 " times its size (limit ratio)",
                       u->budget.ratio);
    return 0;
}

/* The next run from below in u->in; empty with u->last at the end. */
static int refill(struct unpacking *u, struct err *err)
{
    int r;

    if (u->in.n || u->last)
        return 0;
    r = stream_next(u->from, &u->in, err);
    u->last = r == 0;
    if (r <= 0) {
        u->in = (struct str){0};
        return r;
    }
    if (u->in.n > LONGEST_RUN) {
        u->from->rest = str_from(u->in, LONGEST_RUN);
        u->in.n = LONGEST_RUN;
    }
    u->packed += u->in.n;
    return 0;
}

static int plain_next(struct unpacking *u, struct str *out, struct err *err)
{
    if (refill(u, err) < 0)
        return err->code;
    *out = u->in;
    u->in = (struct str){0};
    if (out->n && count(u, out->n, err) < 0)
        return err->code;
    return out->n > 0;
}

static int plain_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct unpacking *u = (struct unpacking *)base;

    if (u->in.n || u->from->rest.n)
        *n = 0; /* read what is at hand first */
    else if (u->from->skip(u->from, n, err) < 0)
        return err->code;
    return count(u, *n, err);
}

static int unpack_next(struct stream *base, struct str *out, struct err *err)
{
    struct unpacking *u = (struct unpacking *)base;

    if (!u->sniffed && sniff(u, err) < 0)
        return err->code;
    if (!u->unpacker)
        return plain_next(u, out, err);
    for (;;) {
        size_t made = 0, had;

        if (refill(u, err) < 0)
            return err->code;
        had = u->in.n;
        if (u->unpacker->step(u->unpacker, &u->in, u->last, u->run, STREAM_RUN, &made,
                              err) < 0 ||
            count(u, made, err) < 0)
            break;
        *out = (struct str){u->unpacker->at ? u->unpacker->at : u->run, made};
        if (made)
            return 1;
        if (u->last && u->in.n == 0 && u->unpacker->whole)
            return 0;
        if (u->last && u->in.n == 0 && had == 0) {
            err_set(err, ERR_FORMAT, "ends early");
            break;
        }
        if (had && u->in.n == had) {
            err_set(err, ERR_FORMAT, "cannot be unpacked further");
            break;
        }
    }
    return err_wrap(err, "%s", packing_name(u->packing));
}

static void unpack_close(struct stream *base)
{
    struct unpacking *u = (struct unpacking *)base;

    if (u->unpacker)
        u->unpacker->close(u->unpacker);
    stream_close(u->from);
    mem_free(u->run);
    mem_free(u);
}

struct stream *stream_unpack(struct stream *from, const struct budget *budget)
{
    struct unpacking *u = mem_alloc(sizeof *u);

    u->base = (struct stream){.next = unpack_next, .close = unpack_close};
    u->from = from;
    u->budget = *budget;
    return &u->base;
}

enum packing stream_packing(const struct stream *unpacked)
{
    return ((const struct unpacking *)unpacked)->packing;
}
