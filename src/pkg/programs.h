#ifndef PKG_PROGRAMS_H
#define PKG_PROGRAMS_H

#include "base/arena.h"
#include "base/str.h"

/* Programs and libraries that are known by the bytes around their version: programs.def. */

struct program {
    struct str name, version; /* version may be a part of what it was found in */
    struct str cpe;           /* "openbsd:openssh", or empty */
};

struct program_list {
    struct program *at;
    size_t len, cap;
    bool cut; /* so much looked like a program that not all of it was judged */
};

/* The name in line i of programs.def, from 0; NULL behind the last. */
const char *program_name(size_t i);

/* What is in these pieces of one file, of that base name; each program and version once.
 * All rules are looked for in one pass. */
void programs_find(struct arena *a, struct str base, const struct str *pieces, size_t n,
                   struct program_list *out);

#endif
