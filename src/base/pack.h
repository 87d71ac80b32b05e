#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/buf.h"
#include "base/str.h"

/* The plain encoding under facts and database shards: a number is a LEB128
 * varint of at most ten bytes, a string its length and its bytes.
 * Writing goes to a buf and cannot fail. */
void pack_u64(struct buf *b, uint64_t v);
void pack_str(struct buf *b, struct str s);

/* Reading treats the bytes as hostile. Past the end, or at a malformed
 * number, `bad` is set and stays set, and every further read gives zero:
 * read a whole record, then look at bad once. */
struct unpack {
    const char *at, *end;
    bool bad;
};

struct unpack unpack_of(struct str bytes);
uint64_t unpack_u64(struct unpack *u);
struct str unpack_str(struct unpack *u); /* a view into the bytes */

/* How many items follow. Bad when so many of at least `item_min` bytes each
 * could not be there, so that a count may be trusted for an allocation. */
size_t unpack_count(struct unpack *u, size_t item_min);

bool unpack_end(const struct unpack *u); /* nothing left, or bad */

#endif
