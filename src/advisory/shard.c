#include "advisory/shard.h"

#include "advisory/shard_parts.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/pack.h"
#include "io/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

static uint64_t get_u64(const char *at)
{
    uint64_t v = 0;

    for (int i = 7; i >= 0; i--)
        v = v << 8 | (unsigned char)at[i];
    return v;
}

struct block {
    struct str first; /* key */
    uint64_t at;      /* in the file */
    uint64_t n;       /* length there */
    uint64_t plain;   /* length */
    const char *sum;
    const char *kept; /* the stored bytes, checked; NULL until they are asked for */
};

struct shard {
    struct arena a;
    int fd;
    uint64_t size;    /* of the file */
    struct str index; /* header and index */
    struct block *blocks;
    size_t blocks_len;
    struct buf loose;             /* stored bytes that are not kept */
    ZSTD_DCtx *zstd;              /* NULL until the first block that is compressed */
    struct buf plain;             /* the compressed block that was asked for last */
    const struct block *plain_of; /* NULL when there is none */
};

static int damaged(struct err *err, const char *what)
{
    return err_set(err, ERR_FORMAT, "damaged: %s", what);
}

/* Read and not mapped: a file that somebody cuts off under a mapping is SIGBUS. */
static int read_at(const struct shard *s, uint64_t at, char *out, size_t n, struct err *err)
{
    while (n) {
        ssize_t got = pread(s->fd, out, n, (off_t)at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_sys(err, "cannot read");
        if (got == 0)
            return damaged(err, "cut off");
        at += (uint64_t)got;
        out += got;
        n -= (size_t)got;
    }
    return 0;
}

static int read_blocks(struct shard *s, struct str index, uint64_t end, struct err *err)
{
    struct unpack in = unpack_of(index);

    for (size_t i = 0; i < s->blocks_len; i++) {
        struct block *b = &s->blocks[i];

        b->first = unpack_str(&in);
        b->at = unpack_u64(&in);
        b->n = unpack_u64(&in);
        b->plain = unpack_u64(&in);
        if (in.bad || in.end - in.at < SHARD_SUM || b->n > end || b->at > end - b->n ||
            (b->plain != b->n && b->plain > SHARD_PACKED_MAX) ||
            (i && str_compare(b->first, b[-1].first) <= 0))
            return damaged(err, "index");
        b->at += SHARD_HEADER;
        b->sum = in.at;
        in.at += SHARD_SUM;
    }
    return in.at == in.end ? 0 : damaged(err, "index");
}

static int read_index(struct shard *s, struct err *err)
{
    char h[SHARD_HEADER], sum[SHARD_SUM], *all;
    uint64_t at, n, blocks;
    own(buf) summed = {0};

    if (s->size < SHARD_HEADER)
        return damaged(err, "too short");
    if (read_at(s, 0, h, sizeof h, err) < 0)
        return err->code;
    if (memcmp(h, SHARD_MAGIC, sizeof SHARD_MAGIC) != 0)
        return damaged(err, "not a shard");
    if (get_u64(h + 8) != SHARD_SCHEMA)
        return damaged(err, "header"); /* the manifest tells other versions apart */
    blocks = get_u64(h + 24);
    at = get_u64(h + 32);
    n = get_u64(h + 40);
    if (at < SHARD_HEADER || at > s->size || n != s->size - at ||
        blocks > n / SHARD_ENTRY_MIN)
        return damaged(err, "header");
    all = arena_alloc(&s->a, SHARD_HEADER + n, 1);
    memcpy(all, h, SHARD_HEADER);
    if (read_at(s, at, all + SHARD_HEADER, n, err) < 0)
        return err->code;
    s->index = (struct str){all, SHARD_HEADER + n};
    buf_add(&summed, all, SHARD_HEADER - SHARD_SUM);
    buf_add(&summed, all + SHARD_HEADER, n);
    shard_sum_of(buf_view(&summed), sum);
    if (memcmp(sum, h + SHARD_HEADER - SHARD_SUM, SHARD_SUM) != 0)
        return damaged(err, "header or index");
    s->blocks_len = blocks;
    s->blocks = arena_alloc(&s->a, (blocks + 1) * sizeof *s->blocks, sizeof(void *));
    return read_blocks(s, str_from(s->index, SHARD_HEADER), at - SHARD_HEADER, err);
}

/* Each shard is well for itself, so that only the manifest can tell when one is
 * in the place of another. */
static int check_sum(struct shard *s, struct str sum, struct err *err)
{
    if (!str_equal(shard_sum(&s->a, s->index), sum))
        return damaged(err, "not the shard that the manifest means");
    return 0;
}

int shard_open(const char *path, struct str sum, struct shard **out, struct err *err)
{
    own_fd fd = open(path, O_RDONLY | O_CLOEXEC);
    struct shard *s;
    struct stat st;

    if (fd < 0 || fstat(fd, &st) < 0)
        return err_sys(err, "%s", path);
    s = mem_alloc(sizeof *s);
    s->size = (uint64_t)st.st_size;
    s->fd = fd;
    fd = -1;
    if (read_index(s, err) < 0 || check_sum(s, sum, err) < 0) {
        shard_close(s);
        return err_wrap(err, "%s", path);
    }
    *out = s;
    return 0;
}

void shard_close(struct shard *s)
{
    if (!s)
        return;
    close(s->fd);
    ZSTD_freeDCtx(s->zstd);
    buf_done(&s->loose);
    buf_done(&s->plain);
    arena_done(&s->a);
    mem_free(s);
}

/* A block as it is in the file, checked: good until the next call, or, with keep, as
 * long as the shard. */
static int stored_bytes(struct shard *s, struct block *b, bool keep, struct str *out,
                        struct err *err)
{
    char sum[SHARD_SUM], *at;

    if (!b->kept) {
        if (!keep) {
            s->loose.len = 0;
            buf_reserve(&s->loose, b->n);
        }
        at = keep ? arena_alloc(&s->a, b->n, 1) : s->loose.at;
        if (read_at(s, b->at, at, b->n, err) < 0)
            return err->code;
        shard_sum_of((struct str){at, b->n}, sum);
        if (memcmp(sum, b->sum, SHARD_SUM) != 0)
            return damaged(err, "block");
        *out = (struct str){at, b->n};
        if (keep)
            b->kept = at;
        return 0;
    }
    *out = (struct str){b->kept, b->n};
    return 0;
}

static bool is_packed(const struct block *b)
{
    return b->plain != b->n;
}

/* Its records, good until the next call; those of one that is not packed, with keep,
 * as long as the shard. */
static int block_bytes(struct shard *s, struct block *b, bool keep, struct str *out,
                       struct err *err)
{
    struct str stored;

    if (!is_packed(b))
        return stored_bytes(s, b, keep, out, err);
    if (s->plain_of != b) {
        s->plain_of = NULL;
        if (stored_bytes(s, b, keep, &stored, err) < 0)
            return err->code;
        if (!s->zstd && !(s->zstd = ZSTD_createDCtx()))
            mem_out(0);
        s->plain.len = 0;
        buf_reserve(&s->plain, b->plain);
        if (ZSTD_decompressDCtx(s->zstd, s->plain.at, b->plain, stored.p, stored.n) !=
            b->plain)
            return damaged(err, "block");
        s->plain.len = b->plain;
        s->plain_of = b;
    }
    *out = buf_view(&s->plain);
    return 0;
}

static struct block *block_of(struct shard *s, struct str key)
{
    size_t low = 0, high = s->blocks_len;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (str_compare(s->blocks[mid].first, key) <= 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low ? &s->blocks[low - 1] : NULL;
}

int shard_find(struct shard *s, struct arena *a, struct str key, struct str *value,
               struct err *err)
{
    struct block *b = block_of(s, key);
    struct unpack in;
    struct str bytes;

    if (!b)
        return 0;
    if (block_bytes(s, b, true, &bytes, err) < 0)
        return err->code;
    for (in = unpack_of(bytes); !unpack_end(&in);) {
        struct str at = unpack_str(&in), v = unpack_str(&in);
        int order = in.bad ? -1 : str_compare(at, key);

        if (order < 0)
            continue;
        if (order > 0)
            return 0;
        *value = is_packed(b) ? str_copy(a, v) : v;
        return 1;
    }
    return in.bad ? damaged(err, "block") : 0;
}

int shard_each(struct shard *s, int (*each)(void *ctx, struct str key, struct str value),
               void *ctx, struct err *err)
{
    for (size_t i = 0; i < s->blocks_len; i++) {
        struct str bytes;

        if (block_bytes(s, &s->blocks[i], false, &bytes, err) < 0)
            return err->code;
        for (struct unpack in = unpack_of(bytes); !unpack_end(&in);) {
            struct str key = unpack_str(&in), value = unpack_str(&in);
            int r = in.bad ? damaged(err, "block") : each(ctx, key, value);

            if (r < 0)
                return r;
        }
    }
    return 0;
}

/* Of the whole file, whatever lies between the blocks. */
static int whole_digest(struct shard *s, char text[DIGEST_TEXT], struct err *err)
{
    char run[16 * 1024];
    struct digest d;

    digest_start(&d, "sha256");
    for (uint64_t at = 0; at < s->size;) {
        size_t n = s->size - at < sizeof run ? (size_t)(s->size - at) : sizeof run;

        if (read_at(s, at, run, n, err) < 0) {
            digest_done(&d);
            return err->code;
        }
        digest_add(&d, (struct str){run, n});
        at += n;
    }
    digest_finish(&d, text);
    return 0;
}

int shard_verify(struct shard *s, struct str sha256, struct err *err)
{
    char digest[DIGEST_TEXT];

    for (size_t i = 0; i < s->blocks_len; i++) {
        struct str bytes;

        if (block_bytes(s, &s->blocks[i], false, &bytes, err) < 0)
            return err->code;
    }
    if (whole_digest(s, digest, err) < 0)
        return err->code;
    return str_equal(str_of(digest + strlen("sha256:")), sha256)
               ? 0
               : damaged(err, "not the bytes that were written");
}
