/* lotse debug statements: everything the database says, a line a statement. */
#include "advisory/advisory.h"
#include "base/err.h"
#include "cli/debug.h"

#include <stdio.h>

static void put_list(const char *name, const struct str_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        printf("%s" STR_FMT, i ? "," : name, STR_ARG(list->at[i]));
}

static void put_range(const struct range *r)
{
    static const char *const signs[] = {
        [EVENT_INTRODUCED] = ">=", [EVENT_FIXED] = "<", [EVENT_LAST_AFFECTED] = "<=",
        [EVENT_LIMIT] = "limit:",  [EVENT_AFTER] = ">",
    };

    printf(" %s", r->semver ? "semver[" : "[");
    for (size_t i = 0; i < r->events.len; i++)
        printf("%s%s" STR_FMT, i ? " " : "", signs[r->events.at[i].what],
               STR_ARG(r->events.at[i].version));
    putchar(']');
}

/* "debian:12 openssl CVE-2022-0778 affected high [>=0 <1.1.1n-0+deb11u1] ids=..." */
static void put(void *ctx, const struct statement *s)
{
    (void)ctx;
    printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%s %s", STR_ARG(s->ecosystem),
           STR_ARG(s->package), STR_ARG(s->advisory), status_name(s->status),
           severity_name(s->severity));
    for (size_t i = 0; i < s->ranges.len; i++)
        put_range(&s->ranges.at[i]);
    put_list(" versions=", &s->versions);
    put_list(" ids=", &s->ids);
    put_list(" aliases=", &s->aliases);
    if (s->module.n)
        printf(" module=" STR_FMT, STR_ARG(s->module));
    putchar('\n');
}

int debug_statements(const struct call *call)
{
    struct err err = {0};
    own_db db = NULL;

    if (db_open(cli_db_dir(call).p, &db, &err) < 0 ||
        db_each_statement(db, put, NULL, &err) < 0)
        return cli_fail("%s", err.text);
    return EXIT_CLEAN;
}
