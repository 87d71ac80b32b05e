#ifndef PKG_POM_MODEL_H
#define PKG_POM_MODEL_H

#include "base/arena.h"
#include "base/map.h"
#include "pkg/pom.h"

/* The pom.xml files of a checkout, with their parents found: between pom.c, which packs
 * each, and pom_project.c, which asks them for versions. */

enum { POM_DEPTH_MAX = 32 }; /* parents above each other, imports, names in names */

struct pom_dependency {
    struct str group, artifact, version, type, classifier, scope, optional;
    uint64_t line;
    struct str key;        /* of one of its own: as written */
    bool settled;          /* some project knows its version, or it is one of them */
    struct pom_told *told; /* what it became: pom_project.c */
};

struct pom_dependency_list {
    struct pom_dependency *at;
    size_t len, cap;
};

struct pom_list {
    struct pom **at;
    size_t len, cap;
};

struct pom {
    const struct pom_source *source;
    struct str group, artifact, version; /* as written, its own or the parent's */
    struct pom_dependency parent;
    struct str relative;                     /* path to it, empty: it is not here */
    struct pom *up;                          /* NULL: there is none, or it is not here */
    struct map properties;                   /* name -> struct str */
    struct pom_dependency_list own, imports; /* as written */
    struct pom_dependency_list managed;      /* all that are no imports */
    struct map own_by_key, managed_by_key;   /* the last of each key counts */
    struct pom_dependency_list varied; /* managed ones with "${" in their key: what it is */
    struct map varied_by_key;          /* depends on who asks; here as this one knows it */
    uint64_t profiles;
    struct pom_list lists;      /* those that it and those above it import */
    bool has_lists, has_varied; /* have been looked for */
    uint64_t asked;             /* the last question that came by */
};

struct pom_project {
    struct arena *a;
    struct arena scratch; /* emptied between two files */
    struct pom_list poms;
    struct map by_path; /* -> struct pom */
    struct map by_name; /* "group:artifact:version" -> struct pom */
    uint64_t questions, steps;
};

/* All of them, with their parents: pom_parents.c. */
void pom_project_load(struct pom_project *p, const struct pom_source_list *sources);

struct pom *pom_unpack(struct pom_project *p, const struct pom_source *source);

/* With "${name}" replaced as pom and those above it know it; what nobody knows stays as it
 * is. In a, or text itself. */
struct str pom_expand(struct arena *a, const struct pom *pom, struct str text);
struct pom_dependency pom_expand_all(struct arena *a, const struct pom *pom,
                                     const struct pom_dependency *d);

/* By group, artifact, type and classifier Maven tells dependencies apart. In a. */
struct str pom_key(struct arena *a, const struct pom_dependency *d);

/* The project of that group, artifact and version, NULL when it is not here. */
struct pom *pom_named(struct pom_project *p, const struct pom_dependency *d);

#endif
