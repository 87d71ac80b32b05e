#ifndef IO_JSON_WRITE_H
#define IO_JSON_WRITE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Writes JSON into a buf, two spaces a level, or on one line when `flat`.
 * Commas and line ends are its business:
 *     struct json_write w = {.out = &b};
 *     json_open(&w, '{');
 *     json_put_str(&w, "name", name);      members of a map have a key
 *     json_open_key(&w, "fixes", '[');
 *     json_put_str(&w, NULL, one);         items of a list have none
 *     json_close(&w, ']');
 *     json_close(&w, '}');
 * Strings that are not UTF-8 get U+FFFD for each bad byte; control
 * characters, DEL and U+2028/9 are escaped. */
struct json_write {
    struct buf *out;
    bool flat;
    unsigned depth;
    bool some; /* something was written at this level */
};

void json_open(struct json_write *w, char bracket);
void json_open_key(struct json_write *w, const char *key, char bracket);
void json_close(struct json_write *w, char bracket);
void json_put_str(struct json_write *w, const char *key, struct str value);
void json_put_some(struct json_write *w, const char *key,
                   struct str value); /* not when empty */
void json_put_i64(struct json_write *w, const char *key, int64_t value);
void json_put_bool(struct json_write *w, const char *key, bool value);
void json_put_null(struct json_write *w, const char *key);
void json_put_raw(struct json_write *w, const char *key,
                  struct str json); /* JSON already */

#endif
