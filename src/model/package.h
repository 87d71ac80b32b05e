#ifndef MODEL_PACKAGE_H
#define MODEL_PACKAGE_H

#include "base/str.h"

#include <stdint.h>

/* One installed package, as its own database tells it. Everything but type,
 * name and version may be empty. */
struct package {
    struct str type;  /* purl type: "deb", "apk", "rpm", "npm" */
    struct str group; /* npm scope, Maven group; empty for packages of a distribution */
    struct str name;
    struct str version; /* as written there; rpm as [epoch:]version-release */
    struct str arch;
    struct str source; /* what it was built from and advisories call it: name when empty */
    struct str source_version; /* version when empty */
    struct str module;         /* rpm module label, "nodejs:16:8060020220315:ad008a3a" */
    struct str vendor;         /* who packaged it */
    struct str licence;        /* as declared */
    struct str path;           /* of the database or manifest that says so */
    uint64_t line;             /* in it, 0 when it has no lines */
    struct str files;          /* what it owns, packed: see model/files.h */
    int layer;                 /* index of the layer that brought it, -1 unknown */
};

struct package_list {
    struct package *at;
    size_t len, cap;
};

/* What advisories call it: source and its version, or its own. */
struct str package_source(const struct package *p);
struct str package_source_version(const struct package *p);

#endif
