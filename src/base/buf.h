#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>

/* Bytes that grow: a report being written, the facts of a layer, a file being
 * collected. It owns its memory: start with `own(buf) b = {0};`. Running out of
 * memory ends the process; input is held to a budget before it gets here. */
struct buf {
    char *at;
    size_t len, cap;
};

/* Room for `more` further bytes at at + len; the caller adds to len. */
void buf_reserve(struct buf *b, size_t more);

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* What it holds, valid until the next addition. */
struct str buf_view(const struct buf *b);

/* Takes the bytes over into the arena and leaves b empty but usable. */
struct arena;
struct str buf_keep(struct arena *a, struct buf *b);

/* Hands the memory over to the arena, without a copy unless it is
 * nearly empty; b is empty then. */
struct str buf_give(struct arena *a, struct buf *b);

void buf_done(struct buf *b);

#endif
