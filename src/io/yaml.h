#ifndef IO_YAML_H
#define IO_YAML_H

#include "base/buf.h"
#include "base/str.h"

struct err;
struct marks;

/* YAML, read by libfyaml's events and written as JSON text, one document a
 * line, for io/json.h to parse. Plain scalars mean what the core schema of YAML
 * 1.2 says (the exceptions: io/yaml_scalar.h), so unquoted dates are text; all
 * others are text. Tags never act. "<<" merges a map, or a list of them.
 *
 * ERR_FORMAT with line and column: no YAML, a key twice, a key that is not a
 * scalar, an alias inside what it stands for. ERR_LIMIT: depth over 128, more
 * than 1,000 aliases, more than 16 MiB of text under anchors and aliases. What
 * went before stays: `out` then has the documents before the broken one. */
int yaml_to_json(struct str text, struct buf *out, struct err *err);

/* The same, with a mark for each value (io/marks.h); of a merged map the lines are those of
 * what stands in front of it. */
int yaml_to_json_marked(struct str text, struct buf *out, struct marks *marks,
                        struct err *err);

#endif
