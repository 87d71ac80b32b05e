#ifndef VERSION_SEMVER_H
#define VERSION_SEMVER_H

#include "base/str.h"

/* The parts of a semantic version, for the families that built on it. */
struct semver {
    struct str core, pre, build; /* "1.2.3", "rc.1", "x86"; whatever stands there */
    bool has_pre, has_build;
};

struct semver semver_split(struct str v);

/* Words of letters, digits and dashes with points between them; in a pre-release
 * numbers have no leading zeros. */
bool semver_is_pre(struct str pre);
bool semver_is_build(struct str build);

/* Item 11, for any bytes: word by word, numbers below words; of two lists that are
 * alike the longer one is greater. */
int semver_compare_words(struct str a, struct str b);

#endif
