#ifndef IO_UNPACK_H
#define IO_UNPACK_H

#include "base/str.h"
#include "io/budget.h"

struct err;

/* What stream_unpack and the formats it unpacks share; nobody else needs it. */

enum { STREAM_RUN = 256 * 1024 };

/* One format being unpacked. */
struct unpacker {
    /* Takes bytes off the front of *in, writes up to `room` bytes to out, or to
     * memory of its own that `at` points to, and says in *made how many. `last`: nothing follows behind *in. It may do
     * nothing at all only when *in is empty. 0, or a negative code. */
    int (*step)(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err);
    void (*close)(struct unpacker *u);
    const char *at; /* NULL: to out; else good until the next step */
    bool whole;     /* the input may end here */
    bool zeros; /* see unpack_behind */
};

struct unpacker *unpack_gzip(const struct budget *budget);
struct unpacker *unpack_zstd(const struct budget *budget);
struct unpacker *unpack_xz(const struct budget *budget);
struct unpacker *unpack_bzip2(const struct budget *budget);

/* Behind a complete member comes a further one, which begins with `first`, or
 * zeros that pad the file (tapes, and some registries' blobs). Takes the zeros.
 * 1 when a member begins at *in, 0 when *in is used up, negative otherwise. */
int unpack_behind(struct unpacker *u, struct str *in, char first, struct err *err);

#endif
