#ifndef IO_INFLATE_H
#define IO_INFLATE_H

#include "base/buf.h"
#include "base/str.h"

struct err;

/* Bare deflate (RFC 1951) and what zlib puts around it (RFC 1950), from memory to memory:
 * members of zips, sections of programs. By zlib: such pieces are small. What it gives is
 * added to out. ERR_FORMAT when it is none or breaks off, ERR_LIMIT past `most` bytes. */
int inflate_raw(struct str packed, uint64_t most, struct buf *out, struct err *err);
int inflate_zlib(struct str packed, uint64_t most, struct buf *out, struct err *err);

/* CRC-32 as zip and gzip have it. */
uint32_t inflate_crc(struct str bytes);

#endif
