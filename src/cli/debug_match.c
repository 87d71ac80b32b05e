/* lotse debug match: the findings on single packages, line by line. */
#include "advisory/advisory.h"
#include "base/err.h"
#include "base/own.h"
#include "cli/debug.h"
#include "scan/scan.h"

#include <stdio.h>
#include <stdlib.h>

/* Whose packages they are, by the ecosystem's first word. */
static struct str type_of(struct str ecosystem)
{
    struct str family, release;

    str_cut(ecosystem, ':', &family, &release);
    if (str_equal(family, S("debian")) || str_equal(family, S("ubuntu")))
        return S("deb");
    if (str_equal(family, S("alpine")) || str_equal(family, S("wolfi")) ||
        str_equal(family, S("chainguard")))
        return S("apk");
    return S("rpm");
}

/* "ID FIXED" a finding, "-" for no fix, and an empty line behind the last. */
static void match_line(struct db *db, struct str line)
{
    own(arena) a = {0};
    struct package p = {.layer = -1};
    struct str ecosystem;
    struct result r;

    str_cut(line, '\t', &ecosystem, &line);
    str_cut(line, '\t', &p.name, &line);
    str_cut(line, '\t', &p.version, &p.module);
    p.type = type_of(ecosystem);
    scan_package(&a, db, ecosystem, &p, &r);
    for (size_t i = 0; i < r.findings.len; i++) {
        const struct finding *f = &r.findings.at[i];

        printf(STR_FMT " " STR_FMT "\n", STR_ARG(f->id),
               STR_ARG(f->fixed.n ? f->fixed : S("-")));
    }
    for (size_t i = 0; i < r.notes.len; i++)
        printf("! " STR_FMT "\n", STR_ARG(r.notes.at[i].what));
    putchar('\n');
}

int debug_match(const struct call *call)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    own_db db = NULL;
    struct err err = {0};

    if (db_open(cli_db_dir(call).p, &db, &err) < 0)
        return cli_fail("%s", err.text);
    while ((n = getline(&line, &room, stdin)) > 0)
        match_line(db, (struct str){line, (size_t)n - (line[n - 1] == '\n')});
    free(line);
    return EXIT_CLEAN;
}
