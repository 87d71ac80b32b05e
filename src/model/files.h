#ifndef MODEL_FILES_H
#define MODEL_FILES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/pack.h"
#include "base/str.h"

/* The files that a package owns, packed one after another: a hundred thousand of them
 * are one run of bytes. First how many hashes there are, and those of all paths (the low
 * 48 bits of str_hash, lowest first), so that a path can be looked for without unpacking;
 * or none. Then, since of a path only what differs from the one before it is kept, and
 * digests as bytes:
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
    bool unhashed; /* nobody will look for paths in it: they are in another list, too */
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
/* The hashes of the paths in packed. Whoever writes a list need not search for two paths of
 * one hash to claim a file: it may just name it. */
enum { FILES_HASH = 6 }; /* bytes */
struct str files_hashes(struct str packed);
static inline uint64_t files_hash_at(struct str hashes, size_t i)
{
    const unsigned char *at = (const unsigned char *)hashes.p + i * FILES_HASH;

    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
           (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40;
}
static inline uint64_t files_hash(struct str path)
{
    return str_hash(path) & 0xffffffffffff;
}

void files_read_done(struct files_read *r);

#endif
