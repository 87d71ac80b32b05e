#ifndef IO_TAR_H
#define IO_TAR_H

#include "base/str.h"
#include "io/budget.h"

struct err;
struct stream;

/* Our own streaming walk over tar: ustar, pre-POSIX, GNU (long names 'L' and
 * 'K', old sparse 'S', base-256 numbers) and PAX (path, linkpath, size, GNU
 * sparse 0.0, 0.1, 1.0; global headers are passed over, not applied).
 * libarchive is the oracle in tests. */

enum tar_type {
    TAR_FILE,
    TAR_DIR,
    TAR_SYMLINK,
    TAR_HARDLINK,
    TAR_OTHER, /* devices, fifos, and what we have no name for */
};

struct tar_entry {
    enum tar_type type;
    struct str path;    /* as written, not cleaned; valid until the next tar_next */
    struct str link;    /* of symbolic and hard links, as written */
    uint64_t size;      /* of the content a reader sees, holes included */
    uint64_t mode;      /* permission bits */
    uint64_t data_at;   /* offset of its first stored byte in the stream */
    uint64_t data_size; /* stored bytes; == size unless sparse */
    uint64_t index;     /* 0 for the first entry of the archive */
};

/* Walks `from`, which stays the caller's. A missing end-of-archive mark is
 * accepted where an entry has ended, as every tar does (so nothing at all is an
 * empty archive); an early end inside an entry, a wrong checksum or an
 * impossible size is ERR_FORMAT and says "entry 17 (usr/bin/env): ...". */
struct tar *tar_open(struct stream *from, const struct budget *budget);
void tar_close(struct tar *t);

static inline void own_tar_done(struct tar **t)
{
    tar_close(*t);
}
#define own_tar __attribute__((cleanup(own_tar_done))) struct tar *

/* 1 and the next entry, 0 at the end, or a negative code. What was not read of
 * the entry before is passed over. At the end `from` is read to its own end. */
int tar_next(struct tar *t, struct tar_entry *entry, struct err *err);

/* Where programs are known to differ in how they read this archive, so that what one of
 * them unpacks is not what another one sees: "entry 17: ...", the first such place so
 * far. Empty when there was none. The walk goes on as Go's archive/tar does. */
const char *tar_doubt(const struct tar *t);

/* Whether the walk came to the end mark. Where there is none nothing tells a whole
 * archive from one that was cut off between two entries; GNU tar and Go take it. */
bool tar_whole(const struct tar *t);

/* The next run of the current entry's content: 1, 0 at its end, or negative.
 * Holes of sparse files come as runs of zeros; past budget->bytes of them it is
 * ERR_LIMIT. */
int tar_data(struct tar *t, struct str *run, struct err *err);

/* The current entry's content as a stream of its own, good until tar_next.
 * Closing it does not close the tar. */
struct stream *tar_stream(struct tar *t);

/* Does this look like a tar? By the checksum of its first header. */
bool tar_sniff(struct str first512);

#endif
