#ifndef ADVISORY_SPANS_H
#define ADVISORY_SPANS_H

#include "base/arena.h"
#include "model/advisory.h"
#include "version/version.h"

/* Pieces of the line of versions, for feeds that say which versions are patched and leave
 * it to the reader which are affected: those that are left. */
struct span {
    struct str low, high; /* empty: without an end there */
    bool after;           /* low itself is not in it */
    bool upto;            /* high itself is in it */
};

struct span_list {
    struct span *at;
    size_t len, cap;
};

/* What both "~> 4.2.11" and "^1.2" mean by the first version that is no longer meant:
 * "4.3" and "2". */
enum span_words { SPANS_GEM, SPANS_CARGO, SPANS_PLAIN };

/* The piece in which all the conditions hold: "~> 4.2.11, >= 4.2.11.1", or in a list of
 * texts one each. False when one of them is none, or they leave nothing. */
bool span_read(struct arena *a, enum span_words words, const struct version_scheme *scheme,
               struct str conditions, struct span *all);

/* Adds to out what the pieces of `fine` leave. They may overlap, and are sorted here. */
void spans_left(struct arena *a, const struct version_scheme *scheme,
                struct span_list *fine, struct span_list *out);

/* Makes a range of each. */
void spans_put(struct arena *a, const struct span_list *spans, struct range_list *out);

#endif
