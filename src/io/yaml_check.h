#ifndef IO_YAML_CHECK_H
#define IO_YAML_CHECK_H

#include "base/str.h"

struct err;

/* Looks over a text before libfyaml reads it, for what that does badly:
 * - a NUL byte ends its reading in silence, other control characters pass, a plain
 *   scalar with bytes that are not UTF-8 is nothing to it, UTF-16 gives no document at
 *   all: ERR_FORMAT;
 * - long runs of blanks and blank lines, tags and directives take time by the
 *   square of their length: past about half a second of that, ERR_LIMIT. */
int yaml_check(struct str text, struct err *err);

#endif
