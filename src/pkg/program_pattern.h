#ifndef PKG_PROGRAM_PATTERN_H
#define PKG_PROGRAM_PATTERN_H

#include "base/str.h"

/* What the bytes look like among which a program keeps its version:
 *
 *     {0}git/{n}{0}GIT_USER_AGENT
 *
 * Text stands for itself;
 *     {0}  the end of a string and what pads it: one zero byte or more (or where the
 *          bytes begin or end)
 *     {n}  the version, of numbers and points: 2.39.5
 *     {v}  the version, of letters and - + ~ too: 1.1.1w, 9.2p1, 2.1.0-beta3
 *     {x:2}  the version, as libxml2 and libxslt have it, of five digits: 20914
 *     {i}  digits
 *     {s}  anything of one string, as little as will do
 * A version begins with a digit and has a point in it; {n:3.} begins with "3.", and
 * {n:3.8.|3.9.} with one of the two. */

enum { PATTERN_PARTS = 14 };

enum part_kind {
    PART_TEXT,
    PART_ZEROS,
    PART_NUMBERS,
    PART_VERSION,
    PART_XML,
    PART_DIGITS,
    PART_ANY
};

struct part {
    enum part_kind kind;
    struct str text; /* itself, or how the version begins */
};

struct pattern {
    struct part parts[PATTERN_PARTS];
    size_t len;
    size_t anchor; /* the text to look for; len when none is long enough */
};

/* Texts point into `text`; false when it is none. */
bool pattern_make(struct pattern *out, struct str text);

/* Whether it stands at `in + at`, and which version is in it, a part of `in`. */
bool pattern_at(const struct pattern *p, struct str in, size_t at, struct str *version);

/* The same of one whose anchor is at `in + at`: it may begin before. */
bool pattern_around(const struct pattern *p, struct str in, size_t at, struct str *version);

#endif
