#ifndef MODEL_PACKAGE_H
#define MODEL_PACKAGE_H

#include "base/str.h"

#include <stdbool.h>
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
    struct str cpe;            /* "openbsd:openssh": vendor and product, where known */
    struct str path;           /* of the database or manifest that says so */
    uint64_t line;             /* in it, 0 when it has no lines */
    struct str files;          /* what it owns, packed: see model/files.h */
    struct str realm;    /* those who may need it: of the same realm; path when empty */
    struct str key;      /* what those call it; name when empty */
    struct str provides; /* further names for it, packed as `needs` is */
    struct str needs;    /* keys of what it depends on, packed: see model/graph.h */
    bool direct;         /* the project itself asks for it */
    bool dev;            /* only developing or testing it does */
    bool optional;       /* may be absent */
    bool declared;       /* by a lock file or manifest, and not seen to be there */
    int layer;           /* index of the layer that brought it, -1 unknown */
};

struct package_list {
    struct package *at;
    size_t len, cap;
};

/* Where it is looked for by those that need it, and under which key. */
struct str package_realm(const struct package *p);
struct str package_key(const struct package *p);

/* What advisories call it: source and its version, or its own. */
struct str package_source(const struct package *p);
struct str package_source_version(const struct package *p);

/* Whether a distribution packaged it, and not a language or its author. */
bool package_of_distro(const struct package *p);

#endif
