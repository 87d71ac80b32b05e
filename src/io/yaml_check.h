#ifndef IO_YAML_CHECK_H
#define IO_YAML_CHECK_H

#include "base/str.h"

struct err;

/* Looks over a text before libfyaml reads it, for what that does badly:
 * - a NUL byte ends its reading in silence, other control characters pass, a plain
 *   scalar with bytes that are not UTF-8 is nothing to it, UTF-16 gives no document at
 *   all, and a byte order mark before a later document becomes part of its text:
 *   ERR_FORMAT;
 * - with a "?" before it, a tab between ':' and '|', '>', '-', '?' or ':' makes it free
 *   something twice (its issue 57): ERR_FORMAT, even where that is text of a scalar;
 * - long runs of blanks and blank lines, tags and directives take time by the
 *   square of their length: past about half a second of that, ERR_LIMIT. */
int yaml_check(struct str text, struct err *err);

#endif
