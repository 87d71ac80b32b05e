#ifndef IMAGE_CACHE_H
#define IMAGE_CACHE_H

#include "image/image.h"

struct err;

/* The facts of layers that were read before, one file each, below
 *
 *     DIR/facts/ab/cdef...   named by the SHA-256 of all that the facts depend on
 *
 * A file holds a header of 64 bytes (magic, length, checksum) and the facts. It is
 * written aside, synced and renamed, so that any number of processes may read and
 * write at once without a lock. It is believed when it is ours, nobody else could
 * have written it, and length and checksum agree; else it is as if it were not
 * there, and is replaced. */
struct cache;

/* Opens the cache in dir, which is made when needed. Negative, with the reason,
 * when there can be none: a scan goes on without. bound: bytes it may take. */
int cache_open(struct str dir, uint64_t bound, struct cache **out, struct err *err);

/* Waits for what is being written, and removes what has not been used for longest
 * when there is too much. NULL is welcome. */
void cache_close(struct cache *c);

/* The name under which the facts of a layer of that digest are kept: they depend on
 * the digest, the form of facts, the readers, the remaps and the budget. */
struct str cache_key(struct arena *a, const struct look *look, struct str digest);

/* The facts kept under key, in a; false when there are none to be believed. Any number
 * of threads at once, each with its arena. */
bool cache_get(struct cache *c, struct arena *a, struct str key, struct str *facts);

/* Keeps facts, which must stay until cache_close: they are written in the background,
 * and what cannot be written is not kept. */
void cache_put(struct cache *c, struct str key, struct str facts);

/* ---- for people ---- */

struct cache_state {
    uint64_t files, bytes;
    uint64_t removed, removed_bytes; /* by this call */
};

/* Counts what is there, and removes what was last used before `before`; seconds since
 * 1970, 0: nothing, INT64_MAX: everything, left-overs of killed processes too. */
int cache_sweep(struct str dir, int64_t before, struct cache_state *out, struct err *err);

/* After something was written, at most once an hour: holds the cache to its bound and
 * removes what killed processes left. facts_dir is DIR/facts. */
void cache_tidy(struct str facts_dir, uint64_t bound);

#endif
