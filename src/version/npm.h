#ifndef VERSION_NPM_H
#define VERSION_NPM_H

#include "version/semver.h"

#include <stdint.h>

/* What versions and ranges of npm have in common. */

enum {
    NPM_LONGEST = 256, /* of a version, in bytes: node-semver takes no longer one */
};

/* The greatest number that a double has exactly, and that a version may have. */
#define NPM_GREATEST ((uint64_t)9007199254740991)

/* The digits as a number; more than NPM_GREATEST when they are. */
uint64_t npm_number(struct str digits);

/* Where a range is read: whether v is in it, or -1 when it is no range. */
int npm_in_range(struct str range, struct str v);

/* A version without what may stand around it: " v1.2.3 ". */
struct str npm_bare(struct str v);

bool npm_valid(struct str v);

#endif
