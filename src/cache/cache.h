#ifndef CACHE_CACHE_H
#define CACHE_CACHE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

/* What can be made again from its name, one file each:
 *
 *     DIR/facts/ab/cdef...   named by a SHA-256 of all that the content depends on
 *
 * A file holds a header of 64 bytes (magic, length, checksum) and the content. It is
 * written aside, synced and renamed, so that any number of processes may read and
 * write at once without a lock. It is believed when nobody else could have written it,
 * and length and checksum agree; otherwise it is as if it were not there, and is
 * replaced. */
struct cache;

/* Opens the cache in dir, which is made when needed; one that is only to be read will
 * do. Negative, with the reason, when there can be none. bound: bytes it may take. */
int cache_open(struct str dir, uint64_t bound, struct cache **out, struct err *err);

/* Waits for what is being written, and removes what has not been used for longest
 * when there is too much. NULL is welcome. */
void cache_close(struct cache *c);

/* What is kept under key, 64 hexadecimal digits; false when there is nothing to be
 * believed. Any number of threads at once, each with its arena. */
bool cache_get(struct cache *c, struct arena *a, struct str key, struct str *content);

/* Keeps bytes, which must stay until cache_close: they are written in the background,
 * and what cannot be written is not kept. Any number of threads at once. */
void cache_put(struct cache *c, struct str key, struct str bytes);

/* ---- for people ---- */

struct cache_state {
    uint64_t files, bytes;
    uint64_t removed, removed_bytes; /* by this call */
};

/* Counts what is there, and removes what was last used before `before`, in seconds
 * since 1970 (0: nothing, INT64_MAX: everything), and what killed processes left. */
int cache_sweep(struct str dir, int64_t before, struct cache_state *out, struct err *err);

/* Holds the cache to its bound and removes what killed processes left: once an hour, or
 * when much of the bound was written just now. facts_dir is DIR/facts. */
void cache_tidy(struct str facts_dir, uint64_t bound, uint64_t written);

#endif
