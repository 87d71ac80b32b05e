#ifndef MODEL_FILES_H
#define MODEL_FILES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/pack.h"
#include "base/str.h"

/* The files that a package owns, packed one after another: a hundred thousand of them
 * are one run of bytes. First how many there are, and the hash of each path (str_hash, 8
 * bytes, lowest first), so that a path can be looked for without unpacking. Then, since
 * of a path only what differs from the one before it is kept, and digests as bytes:
 *
 *     flags     number: 1 configuration file, 2 digest as bytes; above them the algorithm
 *     shared    number: bytes that the path has in common with the one before
 *     rest      string: the path's others
 *     digest    string, when there is an algorithm */
struct package_file {
    struct str path;      /* without a leading slash */
    struct str algorithm; /* "md5", "sha1", ...; empty when no digest is known */
    struct str digest;    /* lower-case hex, or as the database writes it */
    bool config;          /* may be changed by the administrator */
};

/* Packs: own(files) f = {0}; files_add(&f, &file) ...; package->files = files_keep(a, &f).
 * An algorithm that is not known is as none. */
struct files {
    struct buf packed, last, hashes;
};
void files_add(struct files *f, const struct package_file *file);
struct str files_keep(struct arena *a, struct files *f); /* f is empty then */
void files_done(struct files *f);

/* Reads: own(files_read) r = files_of(bytes); while (files_next(&r, &file)) ...
 * Path and digest of a file are good until the next one. bad: it broke off, since the
 * bytes are no files. */
struct files_read {
    struct unpack in;
    struct buf path;
    char digest[128];
};
struct files_read files_of(struct str packed);
bool files_next(struct files_read *r, struct package_file *file);
/* The hashes of the paths in packed: 8 bytes each. */
struct str files_hashes(struct str packed);
uint64_t files_hash_at(struct str hashes, size_t i);

void files_read_done(struct files_read *r);

#endif
