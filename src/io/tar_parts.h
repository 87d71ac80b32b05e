#ifndef IO_TAR_PARTS_H
#define IO_TAR_PARTS_H

#include "base/buf.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/stream.h"

struct err;

/* What the files of the tar walk share; nobody else needs it. */

enum { TAR_BLOCK = 512, TAR_EXTENTS_MAX = 64 * 1024 };

/* ---- tar_header.c: one block of 512 bytes ---- */

struct tar_header {
    char flag; /* the type, '0' to '7', or a letter */
    bool gnu;  /* by its magic */
    struct str name, prefix, link;
    uint64_t size, mode;
};

/* The views point into block. ERR_FORMAT when the checksum is wrong or the
 * size is no number below 2^63. */
int tar_header_read(struct str block, struct tar_header *h, struct err *err);
bool tar_header_sum(struct str block);
bool tar_zero_block(struct str block);

/* Octal digits between blanks or NULs, or base 256 where the first bit is set.
 * Nothing at all is zero. False for a negative one or one of 2^63 and more. */
bool tar_number(struct str field, uint64_t *out);

/* ---- tar_sparse.c: where the stored bytes of a sparse file belong ---- */

struct tar_extent {
    uint64_t at, n;
};

struct tar_map {
    struct tar_extent *at;
    size_t len, cap;
    uint64_t end;    /* of the last extent */
    uint64_t stored; /* the sum of their lengths */
};

/* Extents come in order, do not overlap, and end below 2^63. */
int tar_map_add(struct tar_map *m, uint64_t at, uint64_t n, struct err *err);

/* Adds the extents of a table of offsets and lengths, twelve bytes each, up to
 * the first empty one. */
int tar_map_table(struct tar_map *m, struct str table, struct err *err);

/* Adds those of "offset,length,offset,length" (GNU.sparse.map). */
int tar_map_list(struct tar_map *m, struct str list, struct err *err);

/* The map that stands in front of the data in decimal lines: how many, then
 * offset and length of each, padded to full blocks (GNU sparse 1.0). Fed block
 * by block while `more`. */
struct tar_map_text {
    uint64_t number, count;
    bool digits, counted, at_known, more;
    uint64_t at;
};
int tar_map_feed(struct tar_map *m, struct tar_map_text *t, struct str block,
                 struct err *err);

/* All of the map lies within size bytes and uses exactly the stored ones. */
int tar_map_check(const struct tar_map *m, uint64_t size, uint64_t stored, struct err *err);

/* ---- tar_pax.c: the records of an extended header ---- */

/* Where the map of a sparse file stands. */
enum tar_sparse { TAR_DENSE, TAR_SPARSE_PAX, TAR_SPARSE_DATA };

struct tar_pax {
    struct str path, link, sparse_name; /* empty when not given */
    bool has_size, has_real_size, has_blocks;
    uint64_t size, real_size, blocks;
    enum tar_sparse kind; /* the extents of TAR_SPARSE_PAX are in `extents` */
    struct str major, minor, map;
    struct tar_map extents;
    bool half; /* an offset still waits for its length */
    uint64_t half_at;
};

/* Reads the records of body, into which the views point. p->extents keeps its
 * memory from use to use. */
int tar_pax_read(struct str body, struct tar_pax *p, struct err *err);

#endif
