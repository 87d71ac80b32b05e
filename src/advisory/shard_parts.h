#ifndef ADVISORY_SHARD_PARTS_H
#define ADVISORY_SHARD_PARTS_H

#include "base/str.h"

/* What the writer and the reader of shards share; nobody else needs it. */

enum {
    SHARD_SCHEMA = 1,
    SHARD_HEADER = 64,
    SHARD_SUM = 16,
    SHARD_ENTRY_MIN = SHARD_SUM + 4, /* of the index */
    SHARD_PACKED_MAX = 64 << 20,     /* unpacked length of a compressed block */
};

#define SHARD_MAGIC "LOTSEDB" /* and its NUL */

/* The first 16 bytes of a SHA-256. */
void shard_sum_of(struct str bytes, char out[SHARD_SUM]);

#endif
