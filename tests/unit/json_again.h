#ifndef JSON_AGAIN_H
#define JSON_AGAIN_H

/* Writes a value that was read again: the reader and the writer in one test. */
#include "base/buf.h"
#include "base/own.h"
#include "io/json.h"
#include "io/json_write.h"

#include <stdlib.h>
#include <string.h>

static void json_again(struct json_write *w, const char *key, struct json v);

static void members_again(struct json_write *w, const char *key, struct json v)
{
    bool map = json_kind(v) == JSON_MAP;
    struct json_each e = json_each(v);
    struct json item;
    struct str name;

    json_open_key(w, key, map ? '{' : '[');
    while (json_next(&e, &name, &item)) {
        char *text = map ? strndup(name.p, name.n) : NULL;

        json_again(w, text, item);
        free(text);
    }
    json_close(w, map ? '}' : ']');
}

static void number_again(struct json_write *w, const char *key, struct json v)
{
    own(buf) b = {0};
    int64_t n;

    if (json_i64(v, &n)) {
        json_put_i64(w, key, n);
        return;
    }
    buf_printf(&b, "%.17g", json_number(v));
    json_put_raw(w, key, buf_view(&b));
}

static void json_again(struct json_write *w, const char *key, struct json v)
{
    switch (json_kind(v)) {
    case JSON_STRING:
        json_put_str(w, key, json_str(v));
        break;
    case JSON_NUMBER:
        number_again(w, key, v);
        break;
    case JSON_BOOL:
        json_put_bool(w, key, json_true(v));
        break;
    case JSON_LIST:
    case JSON_MAP:
        members_again(w, key, v);
        break;
    default:
        json_put_null(w, key);
    }
}

#endif
