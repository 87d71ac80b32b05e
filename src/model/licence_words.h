#ifndef MODEL_LICENCE_WORDS_H
#define MODEL_LICENCE_WORDS_H

#include "base/buf.h"

/* The pieces licence.c is made of; nobody else needs them.
 *
 * A text is cut into words as they mean the same: "GPLv2+" is "gpl" "2+", "BSD-3-Clause"
 * is "bsd" "3" "clause", and "the", "license", "version" are no words at all. */
enum licence_mark { LICENCE_WORD, LICENCE_OPEN, LICENCE_CLOSE, LICENCE_ALL, LICENCE_ANY };

struct licence_token {
    enum licence_mark mark;
    struct str word;  /* in lower case; may be empty */
    struct str chunk; /* as written, what it was cut out of: "GPL-2.0-or-later" */
    bool first, last; /* word of its chunk */
};

struct licence_tokens {
    struct licence_token *at;
    size_t len, cap;
};

void licence_cut(struct arena *a, struct str text, struct licence_tokens *out);

/* The words from one place to another, as licence.def is sorted by them: "or later" is
 * "+", "only" is nothing, "gnu general public" is "gpl". Marks between them are passed
 * over. Good until out is used again. */
struct str licence_key(const struct licence_token *at, size_t n, struct buf *out);

#endif
