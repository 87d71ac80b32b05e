/* A mutated shard whose sums are made right, so that what lies behind them is reached. */
#ifndef TESTS_FUZZ_SHARD_MEND_H
#define TESTS_FUZZ_SHARD_MEND_H

#include "advisory/shard.h"
#include "advisory/shard_parts.h"
#include "base/pack.h"
#include "fuzz.h"

static inline uint64_t get_u64(const char *at)
{
    uint64_t v = 0;

    for (int i = 7; i >= 0; i--)
        v = v << 8 | (unsigned char)at[i];
    return v;
}

/* The sums of blocks as the index has them, as far as it can be followed. */
static inline void shard_mend_blocks(char *file, size_t index_at, size_t n)
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

static inline void shard_mend(char *file, size_t n)
{
    uint64_t index_at = n < SHARD_HEADER ? 0 : get_u64(file + 32);
    own(buf) summed = {0};

    if (index_at < SHARD_HEADER || index_at > n)
        return;
    shard_mend_blocks(file, index_at, n);
    buf_add(&summed, file, SHARD_HEADER - SHARD_SUM);
    buf_add(&summed, file + index_at, n - index_at);
    shard_sum_of(buf_view(&summed), file + SHARD_HEADER - SHARD_SUM);
}

#endif
