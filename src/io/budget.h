#ifndef IO_BUDGET_H
#define IO_BUDGET_H

#include <stdint.h>

/* How much one input may ask for. Every reader works within the budget it is
 * handed; what goes over it fails with ERR_LIMIT and a message that names the
 * limit, it is never cut short in silence. */
struct budget {
    uint64_t bytes;       /* unpacked bytes of one layer or feed file */
    uint64_t entries;     /* tar entries of one layer */
    uint64_t file;        /* one file that is held in memory whole */
    uint64_t name;        /* one path, link target or PAX record */
    uint64_t ratio;       /* unpacked to packed bytes, looked at past the first 64 MiB */
    unsigned zstd_window; /* log2 of the largest zstd window */
    uint64_t xz_memory;   /* what liblzma may take */
    uint64_t memory;      /* of the process that reads a layer */
    uint64_t facts;       /* bytes of the facts of a layer */
    unsigned seconds;     /* in which nothing moves, until reading a layer is given up */
};

/* 64 GiB, 32 Mi entries, 256 MiB a file, 64 KiB a name, 1000:1, 8 MiB windows,
 * 64 MiB for xz. */
extern const struct budget budget_layer;

/* The same with 128 MiB windows and 256 MiB for xz: for advisory feeds, which
 * the person running lotse chose, and which are packed harder. */
extern const struct budget budget_feed;

#endif
