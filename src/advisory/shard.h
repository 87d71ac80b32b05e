#ifndef ADVISORY_SHARD_H
#define ADVISORY_SHARD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct err;

/* One file of the database: a table of keys in byte order, each with one
 * value, in blocks that are checked when first touched. The format is described
 * in docs/formats/database.md. */

/* ---- writing ---- */

/* Fill in by ascending key: start with `struct shard_writer w = {.packed = ...}`. */
struct shard_writer {
    bool packed; /* blocks are compressed with zstd */
    struct buf blocks, block, index;
    struct buf first_key; /* of the block being filled */
    uint64_t keys, blocks_len;
};

void shard_add(struct shard_writer *w, struct str key, struct str value);

/* The bytes of the file. Empties w. */
void shard_finish(struct shard_writer *w, struct buf *out);

/* What stands for all of it in the manifest: the check sum in its header, which
 * covers the index, which has the sums of the blocks. In hex. */
struct str shard_sum(struct arena *a, struct str file);

/* ---- reading ---- */

struct shard;

/* Reads header and index and checks them; blocks are read when they are asked for, and
 * the file stays open. It is not mapped, so that one cut off meanwhile is a damaged one
 * and no signal. ERR_FORMAT when it is damaged, or of another shard than `sum` says. */
int shard_open(const char *path, struct str sum, struct shard **out, struct err *err);
void shard_close(struct shard *s);

/* 1 and the value of key, which points into the shard or into a; 0 when
 * there is none; negative when its block is damaged. */
int shard_find(struct shard *s, struct arena *a, struct str key, struct str *value,
               struct err *err);

/* Calls each with every key and value, in order; ends with what it returned
 * when that is negative. It may keep none of it and not ask the shard. */
int shard_each(struct shard *s, int (*each)(void *ctx, struct str key, struct str value),
               void *ctx, struct err *err);

/* Reads every block, and checks that the SHA-256 of the file is this one (hex). */
int shard_verify(struct shard *s, struct str sha256, struct err *err);

#endif
