#ifndef IO_TOML_H
#define IO_TOML_H

#include "base/buf.h"
#include "base/str.h"

struct err;
struct marks;

/* TOML 1.0, read by toml++ and written as JSON text for io/json.h. Dates and times, and
 * the numbers JSON does not have (inf, nan), become text. marks: see io/marks.h; may be
 * NULL. ERR_FORMAT with line and column; ERR_LIMIT: text over 64 MiB, depth over 128. */
int toml_to_json(struct str text, struct buf *out, struct marks *marks, struct err *err);

#endif
