#ifndef IO_BUNDLE_H
#define IO_BUNDLE_H

#include "base/str.h"
#include "io/budget.h"

struct err;

/* A feed as it comes: one file, a directory of files, a zip, or a tar, packed
 * with gzip, zstd, xz, bzip2 or not at all (a single file may be packed, too).
 *
 * Calls `each` with every regular file: `name` is its path inside the bundle
 * (the file name for a single file), bytes are good during the call and padded
 * with 64 zero bytes. Directories are walked in byte order of the names, so
 * that the same files always come in the same order; hidden files (".git") are
 * left out. Symbolic links are not followed out of the directory.
 * A member that cannot be read is told through `bad` and passed over; the
 * return value is negative only when the bundle itself cannot be read, or what
 * `each` returned when that is negative (it ends the walk). */
struct bundle_visit {
    int (*each)(void *ctx, struct str name, struct str bytes, struct err *err);
    void (*bad)(void *ctx, struct str name, const struct err *err);
    void *ctx;
};

int bundle_each(const char *path, const struct budget *budget,
                const struct bundle_visit *visit, struct err *err);

#endif
