#ifndef IMAGE_PROGRAM_H
#define IMAGE_PROGRAM_H

#include "base/buf.h"
#include "image/collect.h"

/* Large programs are for the most part code, which no reader looks at: those bytes become
 * zeros in memory that is not there. Code is what a segment of its own says it is, which
 * may be run and may not be written. In the first segment programs that were linked in the
 * old way keep their constants, too: there those blocks of it are code that have no text in
 * them. */
enum { PROGRAM_LARGE = 4 << 20 };

/* The content of an entry of `size` bytes, at least PROGRAM_LARGE, of which `run` is the
 * first piece, into out, which takes new memory for it. A negative code when the layer
 * cannot be read further. */
int program_load(uint64_t size, struct str run, const struct content *content,
                 struct buf *out, struct err *err);

#endif
