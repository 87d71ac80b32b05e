#ifndef IO_ZLIB_H
#define IO_ZLIB_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct err;

/* What is packed by zlib (RFC 1950), whole, its checksum verified; bytes behind it are not
 * looked at. ERR_FORMAT when it is none or breaks off, ERR_LIMIT past `limit` bytes.
 * Padded with 64 zero bytes behind the end, as the JSON reader likes it. */
int zlib_load(struct arena *a, struct str packed, size_t limit, struct str *out,
              struct err *err);

#endif
