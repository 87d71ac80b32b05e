#ifndef VERSION_NPM_H
#define VERSION_NPM_H

#include "base/str.h"

#include <stdint.h>

/* What versions and ranges of npm have in common. */

/* The longest version that node-semver takes, in bytes; and the greatest number in
 * one: the greatest that a double has exactly. */
#define NPM_LONGEST 256
#define NPM_GREATEST UINT64_C(9007199254740991)

struct npm_version {
    uint64_t n[3];
    struct str pre;
    bool has_pre;
};

/* The digits as a number; NPM_GREATEST + 1 when it is greater. */
uint64_t npm_number(struct str digits);

bool npm_is_blank(char c);

/* Reads "1.2.3-rc.1+x"; false when it is none. */
bool npm_parse(struct str v, struct npm_version *out);

/* As versions order, builds aside. */
int npm_compare_parsed(const struct npm_version *a, const struct npm_version *b);

/* Whether v is in the range: 1, 0, or -1 when it is none. */
int npm_in_range(struct str range, const struct npm_version *v);

#endif
