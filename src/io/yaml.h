#ifndef IO_YAML_H
#define IO_YAML_H

#include "base/buf.h"
#include "base/str.h"

struct err;

/* YAML, read by libfyaml's events and written as JSON text, one document a
 * line, for io/json.h to parse. Scalars resolve as in YAML 1.2's core schema,
 * plus what the feeds' own writers (PyYAML) mean by unquoted dates: text.
 * Aliases are expanded within a budget (1,000 aliases, 100,000 copied nodes);
 * depth at most 128; `<<` merges into maps; tags never act; a duplicate key or
 * a key that is not a scalar is ERR_FORMAT with line and column. */
int yaml_to_json(struct str text, struct buf *out, struct err *err);

#endif
