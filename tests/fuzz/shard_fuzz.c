/* Shards of any bytes. Their sums are made right first, so that what lies behind
 * them is reached; then every key is asked for, and every value is decoded as
 * what it may be. Seeds: the shards of any database. */
#include "advisory/codec.h"
#include "advisory/shard.h"
#include "advisory/shard_parts.h"
#include "base/err.h"
#include "base/own.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static uint64_t get_u64(const char *at)
{
    uint64_t v = 0;

    for (int i = 7; i >= 0; i--)
        v = v << 8 | (unsigned char)at[i];
    return v;
}

/* The sums of blocks as the index has them, as far as it can be followed. */
static void mend_blocks(char *file, size_t index_at, size_t n)
{
    struct unpack in = unpack_of((struct str){file + index_at, n - index_at});

    while (!unpack_end(&in)) {
        uint64_t at, len;

        unpack_str(&in);
        at = unpack_u64(&in);
        len = unpack_u64(&in);
        unpack_u64(&in);
        if (in.bad || in.end - in.at < SHARD_SUM)
            return;
        if (len <= index_at - SHARD_HEADER && at <= index_at - SHARD_HEADER - len)
            shard_sum_of((struct str){file + SHARD_HEADER + at, len}, (char *)in.at);
        in.at += SHARD_SUM;
    }
}

static void mend(char *file, size_t n)
{
    uint64_t index_at = get_u64(file + 32);
    own(buf) summed = {0};

    if (index_at < SHARD_HEADER || index_at > n)
        return;
    mend_blocks(file, index_at, n);
    buf_add(&summed, file, SHARD_HEADER - SHARD_SUM);
    buf_add(&summed, file + index_at, n - index_at);
    shard_sum_of(buf_view(&summed), file + SHARD_HEADER - SHARD_SUM);
}

static void decode(struct str value)
{
    own(arena) a = {0};
    struct statement s;
    struct vulnerability v;

    for (struct unpack in = unpack_of(value); !unpack_end(&in);)
        statement_unpack(&a, unpack_str(&in), &s);
    vulnerability_unpack(&a, str_from(value, 1), &v);
}

static int each(void *ctx, struct str key, struct str value)
{
    decode(value);
    *arena_push((struct arena *)((void **)ctx)[0], (struct str_list *)((void **)ctx)[1]) =
        str_copy(((void **)ctx)[0], key);
    return 0;
}

static void look(const char *path, struct str file)
{
    own(arena) a = {0};
    struct str_list keys = {0};
    struct shard *s = NULL;
    struct err err = {0};
    struct str value;

    if (shard_open(path, shard_sum(&a, file), &s, &err) < 0)
        return;
    shard_each(s, each, (void *[]){&a, &keys}, &err);
    for (size_t i = 0; i < keys.len && i < 1000; i++)
        if (shard_find(s, &a, keys.at[i], &value, &err) > 0)
            decode(value);
    shard_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    own_fd fd = -1;
    char path[64], *file;

    if (size < SHARD_HEADER || size > 1 << 20)
        return 0;
    file = malloc(size);
    if (!file)
        abort();
    memcpy(file, data, size);
    mend(file, size);
    fd = memfd_create("shard", MFD_CLOEXEC);
    if (fd < 0 || write(fd, file, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    look(path, (struct str){file, size});
    free(file);
    return 0;
}
