#include "base/buf.h"

#include "base/arena.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

void buf_grow(struct buf *b, size_t more)
{
    size_t need, cap = b->cap ? b->cap : 256;

    if (__builtin_add_overflow(b->len, more, &need) || need > SIZE_MAX / 2)
        mem_out(more);
    if (need <= b->cap)
        return;
    while (cap < need)
        cap *= 2;
    b->at = mem_resize(b->at, cap);
    b->cap = cap;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    int n;

    buf_reserve(b, 128);
    va_start(ap, fmt);
    n = vsnprintf(b->at + b->len, b->cap - b->len, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    if ((size_t)n >= b->cap - b->len) {
        buf_reserve(b, (size_t)n + 1);
        va_start(ap, fmt);
        vsnprintf(b->at + b->len, b->cap - b->len, fmt, ap);
        va_end(ap);
    }
    b->len += (size_t)n;
}

struct str buf_view(const struct buf *b)
{
    return (struct str){b->at, b->len};
}

struct str buf_keep(struct arena *a, struct buf *b)
{
    struct str kept = str_copy(a, buf_view(b));

    b->len = 0;
    return kept;
}

static void free_given(void *at, size_t size)
{
    (void)size;
    mem_free(at);
}

struct str buf_give(struct arena *a, struct buf *b)
{
    struct str given = buf_view(b);

    if (b->len < b->cap / 4) { /* most of it would lie idle */
        char *copy = arena_alloc(a, b->len + 1, _Alignof(max_align_t));

        memcpy(copy, b->at, b->len);
        given.p = copy;
        buf_done(b);
        return given;
    }
    if (b->at)
        arena_adopt(a, b->at, b->cap, free_given);
    *b = (struct buf){0};
    return given;
}

void buf_done(struct buf *b)
{
    mem_free(b->at);
    *b = (struct buf){0};
}
