#ifndef IMAGE_STORE_H
#define IMAGE_STORE_H

#include "base/arena.h"
#include "io/stream.h"

struct err;

/* The files of an image archive by name, wherever they lie: in a folder, in a
 * tar that is read in place, or in a packed tar that can only be read from its
 * beginning. Names are clean paths ("blobs/sha256/..."). */
struct store;

enum store_kind {
    STORE_FOLDER,
    STORE_TAR,
    STORE_PACKED, /* tar.gz, tar.zst, ...: documents are kept, others pass by in order */
    STORE_ROOT,   /* a tar that is no image archive but a root file system */
};

/* Opens a folder, or a tar that may be packed. ERR_FORMAT when it is neither. */
int store_open(struct arena *a, const char *path, struct store **out, struct err *err);
void store_close(struct store *s);

enum store_kind store_kind(const struct store *s);

/* Why names after some point could not be read, NULL when all could. */
const char *store_broken(const struct store *s);

/* Why programs differ in which files they see in it, NULL when they do not. */
const char *store_doubt(const struct store *s);

bool store_has(const struct store *s, struct str name);
uint64_t store_size(const struct store *s, struct str name);
uint64_t store_bytes(const struct store *s); /* of the archive file itself */

/* The name of the file itself, where `name` leads there through links. */
struct str store_real(const struct store *s, struct str name);

/* A manifest, index or config whole: ERR_NOTFOUND, ERR_LIMIT past the limits "manifest"
 * and, all together in a packed store, "kept". */
int store_load(struct store *s, struct arena *a, struct str name, struct str *out,
               struct err *err);

/* Where the bytes of a file are: [at, at + size) of a descriptor, size UINT64_MAX
 * meaning up to its end. Start with `own(section) s = {.fd = -1};`. */
struct section {
    int fd;
    uint64_t at, size;
    bool owned; /* the descriptor is closed with it */
};

/* Of a file in a folder or a tar; not of a packed store. Any number at once. */
int store_find(struct store *s, struct str name, struct section *out, struct err *err);

/* Of the archive file itself: for STORE_ROOT, and what must be read in order. */
struct section store_whole(const struct store *s);

struct stream *section_stream(const struct section *s); /* s must stay */
struct stream *section_mapped(const struct section *s); /* in a child: stream_mapped */
void section_done(struct section *s);

/* Every file of a packed store that counts, once, in the archive's order. For a child. */
int store_each(const struct store *s,
               void (*each)(void *ctx, struct str name, struct stream *content), void *ctx,
               struct err *err);

#endif
