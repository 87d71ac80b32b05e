#ifndef MODEL_DISTRO_H
#define MODEL_DISTRO_H

#include "base/str.h"

struct arena;

/* A file of the root that tells which distribution it is. */
struct distro_file {
    struct str path, bytes;
};

/* Which distribution a root is, and what is known of that release. */
struct distro {
    struct str id;      /* "debian"; empty when unknown */
    struct str title;   /* "Debian GNU/Linux 12 (bookworm)" */
    struct str version; /* "12.8", "3.20.3" */
    struct str
        release; /* advisories are kept by this: "12", "3.20", "8"; "" for rolling ones */
    struct str codename; /* "bookworm" */
    struct str eol;      /* end of security support, YYYY-MM-DD; empty when unknown */
    struct str
        packages; /* purl type of its packages: "deb", "apk", "rpm", "alpm"; may be empty */
    struct str vendor;    /* namespace of its package URLs: "debian", "redhat" */
    struct str ecosystem; /* key of its advisories: "debian:12", "alpine:3.20" */
};

/* False when nothing tells. Strings point into the files, the table or a. */
bool distro_detect(struct arena *a, const struct distro_file *at, size_t n,
                   struct distro *out);

/* The paths worth looking at, NULL at the end. */
extern const char *const distro_paths[];

#endif
