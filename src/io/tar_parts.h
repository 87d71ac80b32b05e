#ifndef IO_TAR_PARTS_H
#define IO_TAR_PARTS_H

#include "base/buf.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/stream.h"
#include "io/tar.h"

struct err;

/* What the files of the tar walk share; nobody else needs it. */

enum { TAR_BLOCK = 512 };

/* ---- tar_header.c: one block of 512 bytes ---- */

struct tar_header {
    char flag; /* the type, '0' to '7', or a letter */
    bool gnu;  /* by its magic */
    bool star; /* by its last bytes, which leave the prefix less room */
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
    size_t len, cap, most;
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
    bool emptied;    /* a name or size has no value */
    bool sparse_key; /* there was one */
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

/* ---- tar.c: the walk ---- */

struct tar_content {
    struct stream base;
    struct tar *tar;
};

struct tar {
    struct stream *from;
    struct budget budget;
    struct str run; /* what is left of the run at hand */
    uint64_t at;    /* offset of run in the stream */
    char block[TAR_BLOCK];

    /* The entry: what was gathered on the way to it, and how far it was read. */
    uint64_t index;
    struct buf path, link;           /* as handed out */
    struct buf long_path, long_link; /* of 'L' and 'K' */
    struct buf extended;             /* body of 'x' */
    struct tar_pax pax;              /* views into it */
    bool meta;                       /* one of these was seen */
    bool pax_seen;                   /* an 'x' was */
    uint64_t left, padding;          /* stored bytes not yet taken, zeros behind */

    bool sparse;
    struct tar_map *map;
    size_t extent;          /* where we are in the map */
    uint64_t pos, size;     /* where we are in the content */
    uint64_t holes;         /* bytes of holes handed out, of all entries */
    struct tar_map gnu_map; /* of a header */
    struct tar_content content;
    bool started, ended;
    bool whole; /* the end mark was there */
    char doubt[120];
};

/* Remembers that programs differ here; only the first time. */
void tar_doubt_here(struct tar *t, const char *why);

/* ---- tar_entry.c ---- */

/* Fills *entry from the header h in block, and sets t up to read its content.
 * 1 or a negative code. */
int tar_entry_make(struct tar *t, const struct tar_header *h, struct str block,
                   struct tar_entry *entry, struct err *err);

/* ---- tar_data.c: bytes ---- */

/* The next bytes in one piece, at most max of them: 1, 0 at the end of the
 * stream, or negative. */
int tar_take(struct tar *t, uint64_t max, struct str *piece, struct err *err);

/* One block, good until the next call: 1, 0 at a clean end, or negative. */
int tar_block(struct tar *t, struct str *block, struct err *err);
int tar_must_block(struct tar *t, struct str *block, struct err *err); /* no end */

int tar_pass(struct tar *t, uint64_t n, struct err *err);

/* Fails with "ends N bytes early". */
int tar_early(uint64_t n, struct err *err);

/* Puts "entry 17 (usr/bin/env)" in front of what went wrong. */
int tar_located(const struct tar *t, struct err *err);

/* The zeros behind size bytes, up to the next block. */
static inline uint64_t tar_padding(uint64_t size)
{
    return -size & (TAR_BLOCK - 1);
}

#endif
