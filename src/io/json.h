#ifndef IO_JSON_H
#define IO_JSON_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

#ifdef __cplusplus
extern "C" {
#endif

/* JSON, read by simdjson: strict, and fast enough for whole feeds. YAML is
 * read into the same form (io/yaml.h), so that a feed reader knows one face. */

/* Owns a parsed text and may be used for any number of texts, one after
 * another: memory is kept for the next. */
struct json_doc;

struct json_doc *json_doc_new(void);
void json_doc_free(struct json_doc *doc);

static inline void own_json_done(struct json_doc **doc)
{
    json_doc_free(*doc);
}
#define own_json __attribute__((cleanup(own_json_done))) struct json_doc *

enum { JSON_DEPTH_MAX = 128 };

enum json_kind {
    JSON_NONE,
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_LIST,
    JSON_MAP
};

/* A value inside a document: a small view, passed by value, good until the
 * document is used for another text or freed. A zeroed one is JSON_NONE, and
 * every question to it is answered with nothing, so lookups may be chained:
 *     json_str(json_get(json_get(v, S("package")), S("name"))) */
struct json {
    const void *doc;
    uint64_t at;
};

/* Parses text, which need not stay. A byte order mark in front is passed over.
 * Depth at most JSON_DEPTH_MAX, one that is empty not counted; size at most 4 GB
 * (ERR_LIMIT). The message says line, column and what is wrong there. Stricter than the
 * grammar in one thing: a whole number must fit 64 bits, signed or not, any other a double.
 * Of duplicate keys json_get sees the last, as most readers do. */
int json_parse(struct json_doc *doc, struct str text, struct json *root, struct err *err);

/* The same, and json_line then knows the line on which each value begins: of the text, or,
 * where that was written from another form, as its marks say (io/marks.h). */
struct marks;
int json_parse_lines(struct json_doc *doc, struct str text, struct json *root,
                     struct err *err);
int json_parse_marked(struct json_doc *doc, struct str text, const struct marks *marks,
                      struct json *root, struct err *err);

/* From 1; of a map's member it is that of its value. 0 when there are no lines. */
uint64_t json_line(struct json v);

enum json_kind json_kind(struct json v);

/* JSON_NONE when absent or v is no map. Looks at every key of the map. */
struct json json_get(struct json v, struct str key);

struct str json_str(struct json v); /* of a string; empty for any other kind */
struct str json_get_str(struct json v, struct str key);
bool json_true(struct json v);              /* of a boolean */
bool json_i64(struct json v, int64_t *out); /* of a whole number, "1.0" too */
double json_number(struct json v);          /* of a number, 0 for any other kind */
size_t json_len(struct json v);             /* items of a list or map */

/* Whether an object in it has a key twice, and which one; or, of the keys in words (lower
 * case, NULL at the end), two that only differ in the case of ASCII letters. */
enum json_twins { JSON_NO_TWINS, JSON_TWINS, JSON_TWINS_BY_CASE };
enum json_twins json_twins(struct json v, const char *const *words, struct str *key);

/* Walks a list or a map in the order of the text:
 *     struct json key_value; struct str key;
 *     for (struct json_each e = json_each(v); json_next(&e, &key, &value);) */
struct json_each {
    const void *doc;
    uint64_t at, end;
    bool map;
};
struct json_each json_each(struct json v);
bool json_next(struct json_each *e, struct str *key,
               struct json *value); /* key may be NULL */

#ifdef __cplusplus
}
#endif

#endif
