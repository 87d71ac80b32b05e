#include "advisory/shard.h"

#include "advisory/shard_parts.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/pack.h"
#include "io/digest.h"

#include <string.h>
#include <zstd.h>

enum {
    BLOCK = 16 * 1024, /* a block is closed once it is this long */
    LEVEL = 9,
};

static int hex(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

void shard_sum_of(struct str bytes, char out[SHARD_SUM])
{
    char text[DIGEST_TEXT];

    digest_of(bytes, "sha256", text);
    for (int i = 0; i < SHARD_SUM; i++)
        out[i] = (char)(hex(text[7 + 2 * i]) << 4 | hex(text[8 + 2 * i]));
}

static void put_u64(char *at, uint64_t v)
{
    for (int i = 0; i < 8; i++)
        at[i] = (char)(v >> 8 * i);
}

static struct str compressed(struct buf *room, struct str plain)
{
    size_t n;

    room->len = 0;
    buf_reserve(room, ZSTD_compressBound(plain.n));
    n = ZSTD_compress(room->at, room->cap, plain.p, plain.n, LEVEL);
    if (ZSTD_isError(n))
        mem_out(plain.n);
    room->len = n;
    return buf_view(room);
}

static void close_block(struct shard_writer *w)
{
    own(buf) room = {0};
    struct str plain = buf_view(&w->block), stored;
    char sum[SHARD_SUM];

    if (!plain.n)
        return;
    stored = w->packed && plain.n <= SHARD_PACKED_MAX ? compressed(&room, plain) : plain;
    if (stored.n >= plain.n)
        stored = plain; /* of the plain length means: as it is */
    shard_sum_of(stored, sum);
    pack_str(&w->index, buf_view(&w->first_key));
    pack_u64(&w->index, w->blocks.len);
    pack_u64(&w->index, stored.n);
    pack_u64(&w->index, plain.n);
    buf_add(&w->index, sum, SHARD_SUM);
    buf_str(&w->blocks, stored);
    w->blocks_len++;
    w->block.len = 0;
}

void shard_add(struct shard_writer *w, struct str key, struct str value)
{
    if (w->block.len >= BLOCK)
        close_block(w);
    if (!w->block.len) {
        w->first_key.len = 0;
        buf_str(&w->first_key, key);
    }
    pack_str(&w->block, key);
    pack_str(&w->block, value);
    w->keys++;
}

void shard_finish(struct shard_writer *w, struct buf *out)
{
    char header[SHARD_HEADER] = {0};
    own(buf) summed = {0};

    close_block(w);
    memcpy(header, SHARD_MAGIC, sizeof SHARD_MAGIC);
    put_u64(header + 8, SHARD_SCHEMA);
    put_u64(header + 16, w->keys);
    put_u64(header + 24, w->blocks_len);
    put_u64(header + 32, SHARD_HEADER + w->blocks.len);
    put_u64(header + 40, w->index.len);
    buf_add(&summed, header, SHARD_HEADER - SHARD_SUM);
    buf_str(&summed, buf_view(&w->index));
    shard_sum_of(buf_view(&summed), header + SHARD_HEADER - SHARD_SUM);
    buf_add(out, header, SHARD_HEADER);
    buf_str(out, buf_view(&w->blocks));
    buf_str(out, buf_view(&w->index));
    buf_done(&w->blocks);
    buf_done(&w->block);
    buf_done(&w->index);
    buf_done(&w->first_key);
    *w = (struct shard_writer){.packed = w->packed};
}

struct str shard_sum(struct arena *a, struct str file)
{
    own(buf) text = {0};

    for (int i = SHARD_HEADER - SHARD_SUM; i < SHARD_HEADER; i++)
        buf_printf(&text, "%02x", (unsigned char)file.p[i]);
    return buf_keep(a, &text);
}
