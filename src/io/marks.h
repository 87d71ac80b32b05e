#ifndef IO_MARKS_H
#define IO_MARKS_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Which line of its first form a text comes from that was written from another: YAML and
 * TOML become JSON, and a finding in them still wants a line. A mark stands at the first
 * byte of each value in the new text, in the order of the text; a value without one (of an
 * alias, of "<<") has the mark in front of it. Start with {.a = arena}. */
struct mark {
    size_t at;
    uint64_t line; /* from 1 */
};

struct marks {
    struct arena *a;
    struct mark *at;
    size_t len, cap;
};

/* Nobody may be interested: marks NULL. */
void marks_add(struct marks *m, size_t at, uint64_t line);

/* The new text is cut off there. */
void marks_cut(struct marks *m, size_t at);

#endif
