#include "advisory/shard.h"

#include "advisory/shard_parts.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/pack.h"
#include "io/digest.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <zstd.h>

static uint64_t get_u64(const char *at)
{
    uint64_t v = 0;

    for (int i = 7; i >= 0; i--)
        v = v << 8 | (unsigned char)at[i];
    return v;
}

struct block {
    struct str first;  /* key */
    struct str stored; /* in the mapping */
    uint64_t plain;    /* length */
    const char *sum;
    bool checked;
};

struct shard {
    struct arena a;
    struct str bytes; /* the mapping */
    struct block *blocks;
    size_t blocks_len;
    ZSTD_DCtx *zstd;              /* NULL until the first block that is compressed */
    struct buf plain;             /* the compressed block that was asked for last */
    const struct block *plain_of; /* NULL when there is none */
};

static int damaged(struct err *err, const char *what)
{
    return err_set(err, ERR_FORMAT, "damaged: %s", what);
}

static int read_index(struct shard *s, struct str index, struct str blocks, struct err *err)
{
    struct unpack in = unpack_of(index);

    for (size_t i = 0; i < s->blocks_len; i++) {
        struct block *b = &s->blocks[i];
        uint64_t at, n;

        b->first = unpack_str(&in);
        at = unpack_u64(&in);
        n = unpack_u64(&in);
        b->plain = unpack_u64(&in);
        if (in.bad || in.end - in.at < SHARD_SUM || n > blocks.n || at > blocks.n - n ||
            (b->plain != n && b->plain > SHARD_PACKED_MAX) ||
            (i && str_compare(b->first, b[-1].first) <= 0))
            return damaged(err, "index");
        b->stored = (struct str){blocks.p + at, n};
        b->sum = in.at;
        in.at += SHARD_SUM;
    }
    return in.at == in.end ? 0 : damaged(err, "index");
}

static int read_header(struct shard *s, struct err *err)
{
    const char *h = s->bytes.p;
    uint64_t index_at, index_n, blocks;
    own(buf) summed = {0};
    char sum[SHARD_SUM];

    if (s->bytes.n < SHARD_HEADER || memcmp(h, SHARD_MAGIC, sizeof SHARD_MAGIC) != 0)
        return damaged(err, "not a shard");
    if (get_u64(h + 8) != SHARD_SCHEMA)
        return damaged(err, "header"); /* the manifest tells other versions apart */
    index_at = get_u64(h + 32);
    index_n = get_u64(h + 40);
    if (index_at < SHARD_HEADER || index_at > s->bytes.n ||
        index_n != s->bytes.n - index_at)
        return damaged(err, "header");
    buf_add(&summed, h, SHARD_HEADER - SHARD_SUM);
    buf_add(&summed, h + index_at, index_n);
    shard_sum_of(buf_view(&summed), sum);
    if (memcmp(sum, h + SHARD_HEADER - SHARD_SUM, SHARD_SUM) != 0)
        return damaged(err, "header or index");
    blocks = get_u64(h + 24);
    if (blocks > index_n / SHARD_ENTRY_MIN)
        return damaged(err, "header");
    s->blocks_len = blocks;
    s->blocks = arena_alloc(&s->a, (blocks + 1) * sizeof *s->blocks, sizeof(void *));
    return read_index(s, (struct str){h + index_at, index_n},
                      (struct str){h + SHARD_HEADER, index_at - SHARD_HEADER}, err);
}

/* Each shard is well for itself, so that only the manifest can tell when one is
 * in the place of another. */
static int check_sum(struct shard *s, struct str sum, struct err *err)
{
    if (!str_equal(shard_sum(&s->a, s->bytes), sum))
        return damaged(err, "not the shard that the manifest means");
    return 0;
}

int shard_open(const char *path, struct str sum, struct shard **out, struct err *err)
{
    own_fd fd = open(path, O_RDONLY | O_CLOEXEC);
    struct shard *s;
    struct stat st;
    void *at;

    if (fd < 0 || fstat(fd, &st) < 0)
        return err_sys(err, "%s", path);
    if (st.st_size < SHARD_HEADER)
        return err_set(err, ERR_FORMAT, "%s: damaged: too short", path);
    at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        return err_sys(err, "%s", path);
    s = mem_alloc(sizeof *s);
    s->bytes = (struct str){at, (size_t)st.st_size};
    if (read_header(s, err) < 0 || check_sum(s, sum, err) < 0) {
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
    munmap((void *)s->bytes.p, s->bytes.n);
    ZSTD_freeDCtx(s->zstd);
    buf_done(&s->plain);
    arena_done(&s->a);
    mem_free(s);
}

static int check(struct block *b, struct err *err)
{
    char sum[SHARD_SUM];

    if (b->checked)
        return 0;
    shard_sum_of(b->stored, sum);
    if (memcmp(sum, b->sum, SHARD_SUM) != 0)
        return damaged(err, "block");
    b->checked = true;
    return 0;
}

static bool is_packed(const struct block *b)
{
    return b->plain != b->stored.n;
}

/* Its records, in the mapping or good until the next call. */
static int block_bytes(struct shard *s, struct block *b, struct str *out, struct err *err)
{
    if (check(b, err) < 0)
        return err->code;
    *out = b->stored;
    if (!is_packed(b))
        return 0;
    if (!s->zstd && !(s->zstd = ZSTD_createDCtx()))
        mem_out(0);
    if (s->plain_of != b) {
        s->plain_of = NULL;
        s->plain.len = 0;
        buf_reserve(&s->plain, b->plain);
        if (ZSTD_decompressDCtx(s->zstd, s->plain.at, b->plain, b->stored.p, b->stored.n) !=
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
    if (block_bytes(s, b, &bytes, err) < 0)
        return err->code;
    for (in = unpack_of(bytes); !unpack_end(&in);) {
        struct str at = unpack_str(&in), v = unpack_str(&in);

        if (in.bad || !str_equal(at, key))
            continue;
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

        if (block_bytes(s, &s->blocks[i], &bytes, err) < 0)
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

int shard_verify(struct shard *s, struct str sha256, struct err *err)
{
    char digest[DIGEST_TEXT];

    for (size_t i = 0; i < s->blocks_len; i++) {
        struct str bytes;

        if (block_bytes(s, &s->blocks[i], &bytes, err) < 0)
            return err->code;
    }
    digest_of(s->bytes, "sha256", digest);
    return str_equal(str_of(digest + strlen("sha256:")), sha256)
               ? 0
               : damaged(err, "not the bytes that were written");
}
