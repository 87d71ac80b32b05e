#ifndef PKG_POM_H
#define PKG_POM_H

#include "model/note.h"
#include "model/package.h"

/* Maven's pom.xml. One alone does not tell which versions it asks for: parents and imported
 * lists (BOMs) have them. So the reader keeps the files as they are, and here, once all of
 * them are there, they tell. */
struct pom_source {
    struct str path, bytes;
    int layer;
};

struct pom_source_list {
    struct pom_source *at;
    size_t len, cap;
};

bool pom_is(struct str path);

/* Adds the dependencies of all of them. What they are without an exact version, as a parent
 * is not there, becomes a note. Strings point into the sources or are made in a. */
void pom_packages(struct arena *a, const struct pom_source_list *sources,
                  struct package_list *out, struct note_list *notes);

#endif
