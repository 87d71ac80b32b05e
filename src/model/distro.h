#ifndef MODEL_DISTRO_H
#define MODEL_DISTRO_H

#include "base/str.h"

struct arena;

/* A file of the root that tells which distribution it is. */
struct distro_file {
    struct str path, bytes;
};

/* Which distribution a root is, and what is known of that release
 * (model/distro.def). Everything but id may be empty. */
struct distro {
    struct str id;        /* "debian"; as os-release has it, but "centos-stream" */
    struct str like;      /* what it says it is derived from: "ubuntu debian" */
    struct str title;     /* "Debian GNU/Linux 12 (bookworm)" */
    struct str version;   /* "12", "3.20.3", "8.8" */
    struct str release;   /* advisories are kept by this: "12", "3.20", "8"; empty for
                           * rolling ones. Debian testing and unstable are both "sid",
                           * since nothing in the root tells them apart */
    struct str codename;  /* "bookworm" */
    struct str eol;       /* end of security support, YYYY-MM-DD; empty when unknown */
    struct str packages;  /* purl type of its packages: "deb", "apk", "rpm", "alpm" */
    struct str vendor;    /* namespace of its package URLs: "debian", "redhat" */
    struct str ecosystem; /* key of its advisories: "debian:12", "alpine:3.20", "wolfi".
                           * Always its own, never that of what it is like; empty when
                           * the release is not known */
};

/* Judges by os-release, then by older files, at last by a busybox. `at` holds
 * what is there of distro_paths; of a busybox its banner will do. False when
 * nothing tells. Strings point into the table or a, and are fit to be shown
 * whatever the files hold. */
bool distro_detect(struct arena *a, const struct distro_file *at, size_t n,
                   struct distro *out);

/* The paths worth looking at, NULL at the end. */
extern const char *const distro_paths[];

#endif
