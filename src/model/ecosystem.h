#ifndef MODEL_ECOSYSTEM_H
#define MODEL_ECOSYSTEM_H

#include "base/arena.h"
#include "model/package.h"

/* Where the packages of a language come from: how advisories call that place, and how it
 * tells names and versions apart. To add one: a line in ecosystem.def. Distributions are
 * in distro.def. */
enum ecosystem_names {
    NAMES_AS_THEY_ARE,
    NAMES_LOWER,  /* case makes no difference: NuGet, Composer */
    NAMES_PEP503, /* nor do "-", "_" and "." (PyPI) */
    NAMES_MAVEN,  /* group:artifact */
    NAMES_PLACE,  /* where the repository is: "github.com/apple/swift-nio" */
};

struct ecosystem {
    const char *type;   /* of the package URLs: "golang" */
    const char *key;    /* under which statements are kept: "go" */
    const char *scheme; /* of its versions (src/version) */
    const char *title;  /* "Go modules" */
    enum ecosystem_names names;
};

/* A NULL type at the end. */
extern const struct ecosystem ecosystems[];

/* NULL when there is none. */
const struct ecosystem *ecosystem_of_type(struct str type);
const struct ecosystem *ecosystem_of_key(struct str key);

/* The one form of a name that all its spellings have, as advisories are kept under it;
 * in a, or the name itself. */
struct str ecosystem_name(struct arena *a, const struct ecosystem *e, struct str name);

/* The same for a package, its group included. */
struct str ecosystem_package(struct arena *a, const struct ecosystem *e,
                             const struct package *p);

/* Of a repository "https://github.com/apple/swift-nio.git" or
 * "git@github.com:apple/swift-nio": github.com/apple/swift-nio */
struct str ecosystem_place(struct arena *a, struct str url);

#endif
