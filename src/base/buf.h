#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

/* Bytes that grow: a report being written, the facts of a layer, a file being
 * collected. It owns its memory: start with `own(buf) b = {0};`. Running out of
 * memory ends the process; input is held to a budget before it gets here. */
struct buf {
    char *at;
    size_t len, cap;
};

void buf_grow(struct buf *b, size_t more);

/* Room for `more` further bytes at at + len; the caller adds to len. */
static inline void buf_reserve(struct buf *b, size_t more)
{
    if (more > b->cap - b->len)
        buf_grow(b, more);
}

static inline void buf_add(struct buf *b, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    buf_reserve(b, n);
    memcpy(b->at + b->len, bytes, n);
    b->len += n;
}

static inline void buf_str(struct buf *b, struct str s)
{
    buf_add(b, s.p, s.n);
}

static inline void buf_char(struct buf *b, char c)
{
    buf_reserve(b, 1);
    b->at[b->len++] = c;
}

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
