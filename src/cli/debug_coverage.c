/* lotse debug coverage: docs/coverage.md, out of the tables themselves. */
#include "advisory/advisory.h"
#include "base/own.h"
#include "cli/debug.h"
#include "model/ecosystem.h"
#include "pkg/pkg.h"
#include "version/version.h"

#include <stdio.h>
#include <string.h>

/* As people write patterns: a path, a name or an ending. */
static void put_want(const struct want *w)
{
    switch (w->how) {
    case WANT_PATH:
        printf("`/%s`", w->path);
        break;
    case WANT_UNDER:
        printf("`/%s/*%s`", w->path, w->suffix);
        break;
    case WANT_IN:
        printf("`/%s/*/%s`", w->path, w->suffix);
        break;
    case WANT_NAME:
        printf("`%s`", w->path);
        break;
    case WANT_TAIL:
        printf("`*%s`", w->path);
        break;
    case WANT_MAGIC:
        fputs("programs", stdout);
        break;
    case WANT_FOLDER:
        printf("`/%s/*/`", w->path);
        break;
    case WANT_END:
        break;
    }
}

static void put_readers(bool source)
{
    puts("| reader | what it reads | files | checked with |\n|---|---|---|---|");
    for (const struct reader *const *r = pkg_readers; *r; r++) {
        if ((*r)->source != source)
            continue;
        printf("| %s | %s | ", (*r)->name, (*r)->title);
        for (const struct want *w = (*r)->wants; w->how != WANT_END; w++) {
            fputs(w == (*r)->wants ? "" : ", ", stdout);
            put_want(w);
        }
        printf(" | %s |\n", (*r)->checked ? (*r)->checked : "the documented format");
    }
}

static void put_schemes(void)
{
    puts("| scheme | versions of | ranges | compared with |\n|---|---|---|---|");
    for (const struct version_scheme *const *s = version_schemes; *s; s++) {
        printf("| %s | %s | %s | %s |\n", (*s)->name, (*s)->title,
               (*s)->in_range ? "its own" : "conditions",
               (*s)->checked ? (*s)->checked : "the documented rules");
    }
}

static void put_ecosystems(void)
{
    puts("| packages | package URL | advisories | versions |\n|---|---|---|---|");
    for (const struct ecosystem *e = ecosystems; e->type; e++)
        printf("| %s | `pkg:%s/` | %s | %s |\n", e->title, e->type, e->key, e->scheme);
}

static void put_feeds(void)
{
    const char *name, *title;

    puts("| feed | what it is |\n|---|---|");
    for (size_t i = 0; db_form(i, &name, &title); i++)
        printf("| %s | %s |\n", name, title);
}

/* Each name once: the rules of one stand together. */
static void put_programs(void)
{
    const char *last = "";
    size_t n = 0;

    for (size_t i = 0; program_name(i); i++) {
        const char *name = program_name(i);

        if (strcmp(name, last) != 0)
            printf("%s%s", n++ ? ", " : "", name);
        last = name;
    }
    puts(".");
}

int debug_coverage(const struct call *call)
{
    (void)call;
    puts("# What is read, and how it was checked\n\n"
         "Made by `lotse debug coverage` out of the tables in the program; a test "
         "compares.\n\n"
         "## What is installed\n");
    put_readers(false);
    puts("\n## Lock files and manifests\n");
    put_readers(true);
    puts("\n## Programs and libraries that no package tells of\n\n"
         "Known by the bytes around their version (`src/pkg/programs.def`), in any ELF "
         "file of up to 256 MiB:\n");
    put_programs();
    puts("\n## Versions\n");
    put_schemes();
    puts("\n## Languages\n");
    put_ecosystems();
    puts("\n## Advisories\n");
    put_feeds();
    return EXIT_CLEAN;
}
