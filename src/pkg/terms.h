#ifndef PKG_TERMS_H
#define PKG_TERMS_H

#include "base/arena.h"
#include "base/str.h"

struct err;

/* Terms as Erlang and Elixir print them, as far as lock files have them: tuples {}, lists
 * [], maps %{} and proplists, strings "", binaries <<"">>, atoms, numbers. What is
 * of one kind to the two is of one kind here. */
enum term_kind { TERM_ATOM, TERM_TEXT, TERM_NUMBER, TERM_TUPLE, TERM_LIST, TERM_MAP };

struct term {
    enum term_kind kind;
    struct str text; /* of the first three; an atom without its colon */
    struct term *at; /* items of the others; of a map, and of [a: 1], keys and values by
                      * turns, the keys as they would stand alone */
    size_t len, cap;
    uint64_t line; /* on which it begins */
};

/* The first term of the text. ERR_FORMAT, with the line. */
int term_parse(struct arena *a, struct str text, struct term *out, struct err *err);

/* Item i of a tuple or list; an empty atom when there is none. */
struct term term_at(const struct term *t, size_t i);

#endif
