#ifndef IMAGE_SECTION_H
#define IMAGE_SECTION_H

#include "base/str.h"

#include <stdint.h>

struct err;
struct stream;

/* Where the bytes of a file are: [at, at + size) of a descriptor, size UINT64_MAX
 * meaning up to its end. Start with `own(section) s = {.fd = -1};`. */
struct section {
    int fd;
    uint64_t at, size;
    bool owned; /* the descriptor is closed with it */
};

/* All of a file below a folder, by a clean path. */
int section_below(int folder, struct str name, struct section *out, struct err *err);

struct stream *section_stream(const struct section *s); /* s must stay */
struct stream *section_mapped(const struct section *s); /* in a child: stream_mapped */
void section_done(struct section *s);

#endif
