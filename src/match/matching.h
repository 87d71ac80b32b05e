#ifndef MATCH_MATCHING_H
#define MATCH_MATCHING_H

#include "base/err.h"
#include "base/map.h"
#include "match/match.h"

/* The packages of one result on their way through the database: what the files that do
 * it share. */
struct matching {
    struct arena *a;
    struct db *db;
    struct result *result;
    struct map found;     /* of one package: id or alias -> index of its finding, + 1 */
    size_t bad;           /* statements that could not be evaluated */
    struct map failed;    /* what the database could not tell, each message once */
    struct map known;     /* package in the database -> struct statement_list */
    struct str ecosystem; /* of those */
    struct str type;      /* of the package before, and where in the coverage it counts */
    size_t type_at;
};

/* What the database could not tell, as a note. */
void matching_failed(struct matching *m, const struct err *err);

/* describe.c: gives each finding the details of its vulnerability, and its risk. */
void matching_describe(struct matching *m);

void list_add_once(struct arena *a, struct str_list *list, struct str s);

#endif
