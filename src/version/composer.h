#ifndef VERSION_COMPOSER_H
#define VERSION_COMPOSER_H

#include "base/buf.h"

#include <stdbool.h>

/* What composer_normal.c, composer.c, composer_forms.c and composer_range.c share. */

/* Appends the one form that all spellings of a version have: "1.2.0.0-beta3",
 * "1.9999999.9999999.9999999-dev" of 1.x-dev, "dev-main". False, and nothing appended, when
 * v is no version. */
bool composer_normal(struct str v, struct buf *out);

/* Two of that form, as PHP's version_compare has it; branches before all others. */
int composer_order(struct str a, struct str b);

bool composer_is_branch(struct str normal);

/* "-beta.2", "RC1-dev", "" and so on: what may follow the numbers, and nothing else. */
struct composer_end {
    struct str stability; /* "beta" */
    struct str number;    /* ".2" */
    bool dev;
};
bool composer_end(struct str s, struct composer_end *out);

/* "1.0 as 2.0": 1.0 */
struct str composer_without_alias(struct str v);

/* Whether v is in the range: 1 or 0, -1 when either is none. */
int composer_in_range(struct str range, struct str v);

/* Whether "<", "!=" and so on holds between two of that form. */
int composer_holds(struct str op, struct str bound, struct str v);

/* Whether v, of that form, is in "^1.2", "~1.2", "1.*", "*" or "1.0 - 2.0": 1 or 0, -1 when
 * that is broken, COMPOSER_NOT_THIS when it is a condition of another kind. */
enum { COMPOSER_NOT_THIS = -2 };
int composer_form(struct str s, struct str v);

/* Any of the words "stable", "RC", "beta", "alpha", "dev" behind an "@" at the end, cut
 * off; empty when there is none. */
struct str composer_cut_flag(struct str *v);

#endif
