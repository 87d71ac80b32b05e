#ifndef MODEL_PACKAGE_H
#define MODEL_PACKAGE_H

#include "base/buf.h"
#include "base/pack.h"
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
    struct str files;          /* what it owns, packed: see package_file below */
    int layer;                 /* index of the layer that brought it, -1 unknown */
};

struct package_list {
    struct package *at;
    size_t len, cap;
};

/* A file that a package owns. Packed one after another in package.files, so
 * that a hundred thousand of them are one run of bytes:
 *     own(buf) b = {0};
 *     package_file_pack(&b, &file);
 *     package->files = buf_keep(a, &b); */
struct package_file {
    struct str path;      /* without a leading slash */
    struct str algorithm; /* "md5", "sha1", "sha256"; empty when no digest is known */
    struct str digest;    /* lower-case hex, or as the database writes it */
    bool config;          /* may be changed by the administrator */
};

void package_file_pack(struct buf *b, const struct package_file *file);

/* The next one: for (struct unpack u = unpack_of(p->files); package_file_next(&u, &f);) */
bool package_file_next(struct unpack *u, struct package_file *file);

/* What advisories call it: source and its version, or its own. */
struct str package_source(const struct package *p);
struct str package_source_version(const struct package *p);

#endif
