#ifndef IO_UNPACK_H
#define IO_UNPACK_H

#include "io/stream.h"

#include <inttypes.h>

/* What the decoders behind stream_unpack share; nobody else needs it. */
struct unpacker {
    struct stream base;
    struct stream *from;
    const struct budget *budget;
    enum packing packing;
    const struct decoder *decoder; /* NULL: not packed */
    void *state;                   /* of the decoder */
    struct str in;                 /* packed bytes not yet consumed */
    bool started, ended;
    uint64_t packed, unpacked;
    char *joined; /* the first runs, when they were too short to tell */
    char *out;
};

enum { UNPACK_RUN = 256 * 1024 };

/* One format. */
struct decoder {
    void *(*start)(const struct budget *budget);

    /* Decodes from u->in into u->out (UNPACK_RUN bytes). 1 and the bytes made in
     * *n, which may be 0 when more input is needed; 0 when the whole content has
     * ended and u->in is used up; negative. `last`: no more input follows. */
    int (*step)(struct unpacker *u, bool last, size_t *n, struct err *err);
    void (*stop)(void *state);
};

extern const struct decoder decoder_gzip, decoder_zstd, decoder_xz, decoder_bzip2;

/* Between members: true when what follows is only zeros, which are consumed. */
bool unpack_zeros(struct unpacker *u);

#endif
