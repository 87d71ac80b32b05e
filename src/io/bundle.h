#ifndef IO_BUNDLE_H
#define IO_BUNDLE_H

#include "base/str.h"
#include "io/budget.h"

struct err;

/* A feed as it comes: one file, a directory of files, a zip, or a tar, packed
 * with gzip, zstd, xz, bzip2 or not at all (a single file may be packed, too).
 * Each is known by its first bytes, not by its name.
 *
 * Calls `each` with every regular file: `name` is its path inside the bundle,
 * bytes are good during the call and padded with 64 zero bytes. A single file
 * has its file name, without ".gz" and the like. Directories are walked in byte
 * order of the names, so that the same files always come in the same order;
 * archives in them are opened ("dir/x.zip/member"), archives in archives are
 * not. Hidden files (".git") are left out.
 *
 * A member that cannot be read is told through `bad` (which may be NULL) and
 * passed over: a broken or encrypted one, one over its budget, and in
 * directories a symbolic link, which is never followed, or what is nested more
 * than 32 deep. The return value is negative only when the bundle itself cannot
 * be read, or what `each` returned when that is negative (it ends the walk). */
struct bundle_visit {
    int (*each)(void *ctx, struct str name, struct str bytes, struct err *err);
    void (*bad)(void *ctx, struct str name, const struct err *err);
    void *ctx;
};

int bundle_each(const char *path, const struct budget *budget,
                const struct bundle_visit *visit, struct err *err);

#endif
