#ifndef IMAGE_STORE_H
#define IMAGE_STORE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct err;
struct sandbox_place;

/* The files of an image archive by name, wherever they lie: in a folder, in a
 * tar that is read in place, or in a packed tar that can only be read from its
 * beginning. Names are clean paths ("blobs/sha256/..."). For a child process. */
struct store;

enum store_kind {
    STORE_FOLDER,
    STORE_TAR,
    STORE_PACKED, /* tar.gz, tar.zst, ...: documents are kept, others pass by in order */
    STORE_ROOT,   /* a tar that is no image archive but a root file system */
};

/* Of a folder, or a tar that may be packed: ERR_FORMAT when it is neither. The
 * descriptor stays the caller's; the place, which may be NULL, is told how far it is. */
int store_open(struct arena *a, int fd, struct sandbox_place *place, struct store **out,
               struct err *err);

enum store_kind store_kind(const struct store *s);

/* Why names after some point could not be read, NULL when all could. */
const char *store_broken(const struct store *s);

/* Why programs differ in which files they see in it, NULL when they do not. */
const char *store_doubt(const struct store *s);

/* Whether there is such a file, through links; and where in the (unpacked) tar its bytes
 * begin and how many they are. */
bool store_has(const struct store *s, struct str name);
bool store_place(const struct store *s, struct str name, uint64_t *at, uint64_t *size);

/* The name of the file itself, where `name` leads there through links. */
struct str store_real(const struct store *s, struct str name);

/* A manifest, index or config whole: ERR_NOTFOUND, ERR_LIMIT past the limits "manifest"
 * and, all together in a packed store, "kept". */
int store_load(struct store *s, struct arena *a, struct str name, struct str *out,
               struct err *err);

#endif
