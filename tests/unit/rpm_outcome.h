#ifndef RPM_OUTCOME_H
#define RPM_OUTCOME_H

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "model/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What a reader made of some bytes, read from a copy of exactly their size so
 * that a sanitizer sees every step past the end. */
struct outcome {
    struct arena a;
    struct read in;
    struct err err;
    char *bytes, *beside;
};

static inline void outcome_done(struct outcome *o)
{
    free(o->bytes);
    free(o->beside);
    arena_done(&o->a);
}

static inline char *exact(struct str s)
{
    char *p = malloc(s.n ? s.n : 1);

    assert_non_null(p);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

static inline bool has_note(const struct outcome *o, const char *text)
{
    for (size_t i = 0; i < o->in.notes.len; i++)
        if (str_find(o->in.notes.at[i].what, str_of(text)) >= 0)
            return true;
    return false;
}

static inline void put(char *at, bool big, uint32_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        at[i] = (char)(value >> 8 * (big ? width - 1 - i : i));
}

#endif
