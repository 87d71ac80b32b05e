/* Up to four pom.xml with NULs between, which may be each other's parents. */
#include "reader.h"

enum { FILES = 4 };

static void read_one(struct arena *a, struct str path, struct str bytes,
                     struct pom_source_list *sources)
{
    struct read read = {.path = path, .bytes = bytes, .a = a};

    reader_run(&pkg_pom, &read);
    if (read.keep)
        *arena_push(a, sources) = (struct pom_source){path, read.bytes, 0};
}

FUZZ(4096)
{
    static const struct str paths[FILES] = {S("pom.xml"), S("b/pom.xml"), S("a/pom.xml"),
                                            S("a/b/pom.xml")};
    struct pom_source_list sources = {0};
    struct read all = {.a = a};

    for (size_t i = 0; i < FILES && in.n; i++) {
        struct str one;

        str_cut(in, '\0', &one, &in);
        read_one(a, paths[i], str_copy(a, one), &sources);
    }
    pom_packages(a, &sources, &all.packages, &all.notes);
    reader_found(&all);
}
