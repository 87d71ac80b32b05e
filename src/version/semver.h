#ifndef VERSION_SEMVER_H
#define VERSION_SEMVER_H

#include "base/str.h"

/* What the schemes share that build on semver.c. */

struct semver {
    struct str core, pre, build; /* 1.2.3-rc.1+build */
    bool has_pre, has_build;
};

struct semver semver_split(struct str v);

bool semver_valid(struct str v);
int semver_compare(struct str a, struct str b);

/* Digits, no leading zeros. */
bool semver_is_number(struct str s);

/* What may stand behind the dash, and behind the plus. */
bool semver_is_pre(struct str s);
bool semver_is_build(struct str s);

/* How many words there are between the points; 0 when any of them is not good. */
size_t semver_count_words(struct str s, bool (*good)(struct str word));

/* Words with points between them: numbers below words, fewer below more. */
int semver_compare_words(struct str a, struct str b);

/* rc.1 and rc.2, and the pre-release that is none above all. */
int semver_compare_pre(const struct semver *a, const struct semver *b);

#endif
