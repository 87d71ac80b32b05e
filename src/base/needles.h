#ifndef BASE_NEEDLES_H
#define BASE_NEEDLES_H

#include "base/str.h"

/* Many texts looked for in one pass over the bytes. Texts are told by their place in a list
 * that the caller keeps. */

enum { NEEDLE_LEAST = 7, NEEDLE_SLOTS = 1 << 15 };

struct needle {
    struct str text; /* at least NEEDLE_LEAST bytes */
    uint16_t next;   /* with the same last bytes, plus one */
    uint16_t from;   /* the part of it that is looked for first */
};

struct needles {
    struct needle *at;
    size_t len; /* fewer than 65,535 */
    uint8_t shift[NEEDLE_SLOTS];
    uint16_t first[NEEDLE_SLOTS];
};

void needles_make(struct needles *n, struct needle *at, size_t len);

/* Calls hit(ctx, where in `in` text `which` begins, which) for each place where one is, in
 * no order, until that says false. */
void needles_find(const struct needles *n, struct str in,
                  bool (*hit)(void *ctx, size_t at, size_t which), void *ctx);

#endif
