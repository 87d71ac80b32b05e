#ifndef IO_JSON_PLACE_H
#define IO_JSON_PLACE_H

#include "base/str.h"

/* Where a text first breaks the grammar of JSON (RFC 8259), for a message:
 * simdjson says what is wrong, and not where. */
struct json_place {
    size_t line, column; /* from 1; columns in characters */
    const char *what;    /* "a comma or '}' is missing" */
};

/* False when the text is JSON, as far as a simple scan can tell: one pass, no
 * memory, nesting over JSON_DEPTH_MAX is a fault of its own. */
bool json_place_find(struct str text, struct json_place *out);

#endif
