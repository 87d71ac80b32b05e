#ifndef ADVISORY_GATHER_H
#define ADVISORY_GATHER_H

#include "advisory/advisory.h"
#include "base/map.h"

/* Everything that the feeds said, encoded, while a database is being built. */

struct said {
    struct str key;   /* package, or vulnerability id */
    struct str bytes; /* encoded statement, or vulnerability */
};

struct said_list {
    struct said *at;
    size_t len, cap;
};

/* An id and a place that has a statement on it: "ECOSYSTEM\tPACKAGE". */
struct gather {
    struct arena *a;
    struct map ecosystems; /* key -> struct said_list of statements */
    struct said_list vulnerabilities;
    struct said_list places; /* id -> place */
};

/* Reads one entry of the feeds folder. What cannot be read is counted in out;
 * negative only when the entry itself cannot be opened. */
int gather_source(struct gather *g, const char *path, struct str name, struct db_built *out,
                  struct err *err);

/* By key, then by bytes; the same twice becomes one. */
void said_sort(struct said_list *list);

#endif
