#ifndef PKG_SHORT_NAMES_H
#define PKG_SHORT_NAMES_H

#include "base/map.h"

/* The licences that a Debian copyright file names, each once, as one expression in byte
 * order:
 *
 *     "GPL-2+ and Expat", "Artistic or GPL-1+, and Expat"
 *     (Artistic-1.0-Perl or GPL-1+) AND Expat AND GPL-2+
 *
 * Words are Debian's own (copyright-format/1.0, "License specification"), but for those by
 * which only Debian means one certain licence. Start with {0}. */
struct short_names {
    struct {
        struct short_names_piece {
            struct str text;
            bool choice; /* "Artistic or GPL-1+" */
        } * at;
        size_t len, cap;
    } pieces;        /* all of which hold */
    struct map seen; /* their texts */
    struct map used; /* in lower case: every name in them */
    struct str_list alone;
};

/* "REGCOMP, and GPL-1+ or Artistic": "and" binds before "or", but not behind a comma. An
 * empty one, or one that is a whole sentence, is "unnamed". */
void short_names_add(struct arena *a, struct short_names *n, struct str said);

/* Of a paragraph that has but the text of a licence: it counts if no other names it. */
void short_names_add_alone(struct arena *a, struct short_names *n, struct str said);

/* False when there are more than an expression holds, which then ends early. */
bool short_names_join(struct arena *a, struct short_names *n, struct str *out);

#endif
