#ifndef SCAN_JAR_HASHES_H
#define SCAN_JAR_HASHES_H

#include "base/arena.h"
#include "base/str.h"

struct err;
struct note_list;
struct package_list;

/* A table of what jars are, by their SHA-1, for those that do not say it themselves. A text
 * file, a jar a line, in the order of `LC_ALL=C sort`:
 *
 *     0235ba8b489512805ac13a8f9ea77a1ca5ebe3e8 aopalliance:aopalliance:1.0
 */

/* Maps the file; *out lives as long as the arena. ERR_FORMAT where its first lines are not
 * such, or not in order. */
int jar_hashes_open(struct arena *a, struct str path, struct str *out, struct err *err);

/* "group:artifact:version", in the table; empty when it does not know the 40 digits. */
struct str jar_hashes_find(struct str table, struct str sha1);

/* Gives the jars of which nothing but the SHA-1 is known (pkg/jar.c) the name that the
 * table, which may be empty, has for it; those left over become notes. */
void jar_hashes_settle(struct arena *a, struct str table, struct package_list *packages,
                       struct note_list *notes);

#endif
