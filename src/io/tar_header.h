#ifndef IO_TAR_HEADER_H
#define IO_TAR_HEADER_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

/* The pieces tar.c is made of; nobody else needs them. */

enum { TAR_BLOCK = 512, TAR_EXTENTS_MAX = 64 * 1024 };

/* One 512-byte header, fields as written. */
struct tar_header {
    struct str name, prefix, link; /* views into the block, cut at NUL */
    uint64_t size, mode;
    char type;
    bool gnu; /* magic "ustar  ": no prefix, old sparse maps */
};

/* ERR_FORMAT: the checksum is wrong, or a number is none. */
int tar_header_read(const char *block, struct tar_header *out, struct err *err);
bool tar_is_zero(const char *block);

/* Octal digits, or base 256 when the first bit is set; blanks and NUL around. */
bool tar_number(const char *field, size_t n, uint64_t *out);

/* A run of stored bytes in a sparse file. */
struct extent {
    uint64_t at, len;
};

struct extent_list {
    struct extent *at;
    size_t len, cap;
};

/* What PAX records say of the next entry; has_ tells which were there. */
struct pax {
    struct str path, link, sparse_name;
    uint64_t size, sparse_size;
    bool has_path, has_link, has_size, has_sparse, has_sparse_name;
    uint64_t sparse_major, sparse_minor;
    struct extent_list map; /* versions 0.0 and 0.1 */
};

/* Adds the records of one header ("27 path=usr/share/x\n") to what is there:
 * later ones win, an empty value takes back. Values are copied into a. */
int tar_pax_read(struct arena *a, struct str records, struct pax *pax, struct err *err);

/* Extents in order, apart, and inside size. */
bool tar_map_valid(const struct extent_list *map, uint64_t size);

/* Old GNU: n pairs of 12-byte numbers; those of length 0 end nothing and add
 * nothing. */
int tar_map_old(struct arena *a, const char *at, size_t n, struct extent_list *map,
                struct err *err);

#endif
