#ifndef DRIBBLE_H
#define DRIBBLE_H

#include "io/stream.h"

#include <stdlib.h>
#include <string.h>

/* Hands out runs of few bytes, each in memory of its own, so that a view kept
 * too long is noticed by the address sanitizer. */
struct dribble {
    struct stream base;
    struct str bytes;
    size_t step;
    char *run;
};

static inline int dribble_next(struct stream *base, struct str *out, struct err *err)
{
    struct dribble *d = (struct dribble *)base;
    size_t n = d->step < d->bytes.n ? d->step : d->bytes.n;

    (void)err;
    free(d->run);
    d->run = NULL;
    if (n == 0)
        return 0;
    d->run = malloc(n);
    memcpy(d->run, d->bytes.p, n);
    d->bytes = str_from(d->bytes, n);
    *out = (struct str){d->run, n};
    return 1;
}

static inline void dribble_close(struct stream *base)
{
    free(((struct dribble *)base)->run);
    free(base);
}

static inline struct stream *dribble(struct str bytes, size_t step)
{
    struct dribble *d = calloc(1, sizeof *d);

    *d = (struct dribble){
        .base = {.next = dribble_next, .close = dribble_close},
        .bytes = bytes,
        .step = step,
    };
    return &d->base;
}

#endif
