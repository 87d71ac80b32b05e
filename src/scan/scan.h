#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "base/arena.h"
#include "io/budget.h"
#include "model/result.h"

struct err;
struct db;
struct cache;

/* The steps joined: the only place that knows their order. */

struct scan_options {
    struct str platform; /* "linux/arm64"; empty: this machine's */

    /* Gives the database, NULL to have packages listed and nothing judged; negative fails
     * the scan. Called while the image is being opened; may be NULL. */
    int (*db)(void *ctx, struct db **db, struct err *err);
    void *db_ctx;
    const struct budget *budget; /* NULL: budget_layer */
    struct cache *cache;         /* of facts of layers (image/cache.h); may be NULL */
    struct str jar_hashes;       /* a file, see scan/jar_hashes.h; may be empty */
    bool checkout;               /* the source is a folder of source code */
    bool include_dev;            /* what only developing and testing need, too */
    bool selftest;               /* with the reader that misbehaves */
    bool files;                  /* the files of each package are wanted, too */
    void (*progress)(void *ctx, uint64_t done,
                     uint64_t whole); /* stored bytes; may be NULL */
    void *ctx;
};

/* What this machine lacks to keep hostile input at a distance, for a line of debug
 * output; empty when it has everything. */
struct str scan_sandbox_lacks(void);

/* Scans an image archive, layout, root file system or directory (SOURCE as
 * image_open takes it). Negative when the source cannot be opened at all;
 * everything less is in the notes of the result, which lives in the arena. */
int scan_image(struct arena *a, struct str source, const struct scan_options *options,
               struct result *out, struct err *err);

/* Package databases and the like in a single file ("rpmdb.sqlite", "package-lock.json", a
 * program), by the readers that it fits; for debugging. ERR_UNSUPPORTED when none does. */
int scan_file(struct arena *a, struct str path, struct result *out, struct err *err);

/* The findings on one package of one ecosystem ("debian:12"), without a scan; for
 * debugging. type is its purl type. */
void scan_package(struct arena *a, struct db *db, struct str ecosystem,
                  const struct package *package, struct result *out);

/* How the command should end: 0, 1, 2 or 3, see docs/exit-codes.md. */
enum scan_exit {
    SCAN_CLEAN = 0,
    SCAN_FINDINGS = 1,
    SCAN_INCOMPLETE = 2,
    SCAN_UNJUDGED = 3
};

struct gate {
    bool none;              /* never SCAN_FINDINGS */
    enum severity severity; /* findings of at least this count; SEVERITY_UNKNOWN: all */
    bool only_fixed;        /* only those with a fix count */
    bool strict;            /* a part that could not be judged is SCAN_INCOMPLETE */
};

enum scan_exit scan_verdict(const struct result *r, const struct gate *gate);

#endif
