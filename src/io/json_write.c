#include "io/json_write.h"

#include "io/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* ---- strings ---- */

static bool is_line_separator(struct str s, size_t n)
{
    return n == 3 &&
           (memcmp(s.p, "\xe2\x80\xa8", 3) == 0 || memcmp(s.p, "\xe2\x80\xa9", 3) == 0);
}

/* U+0080 to U+009F, which some terminals act upon as they do on ESC sequences. */
static bool is_c1(struct str s, size_t n)
{
    return n == 2 && s.p[0] == '\xc2' && (unsigned char)s.p[1] < 0xa0;
}

static void put_char(struct buf *b, struct str rest, size_t n)
{
    unsigned char c = (unsigned char)rest.p[0];

    if (n == 0)
        buf_str(b, S("\\ufffd"));
    else if (c == '"' || c == '\\')
        buf_printf(b, "\\%c", c);
    else if (c == '\n')
        buf_str(b, S("\\n"));
    else if (c == '\t')
        buf_str(b, S("\\t"));
    else if (c < 0x20 || c == 0x7f)
        buf_printf(b, "\\u%04x", c);
    else if (is_c1(rest, n))
        buf_printf(b, "\\u%04x", (unsigned char)rest.p[1]);
    else if (is_line_separator(rest, n))
        buf_printf(b, "\\u202%c", rest.p[2] == '\xa8' ? '8' : '9');
    else
        buf_add(b, rest.p, n);
}

static void put_string(struct buf *b, struct str s)
{
    buf_char(b, '"');
    while (s.n) {
        size_t plain = 0, n;

        while (plain < s.n && (unsigned char)s.p[plain] >= 0x20 &&
               (unsigned char)s.p[plain] < 0x7f && s.p[plain] != '"' && s.p[plain] != '\\')
            plain++;
        buf_add(b, s.p, plain);
        s = str_from(s, plain);
        if (!s.n)
            break;
        n = utf8_length(s);
        put_char(b, s, n);
        s = str_from(s, n ? n : 1);
    }
    buf_char(b, '"');
}

/* ---- structure ---- */

static void line(struct json_write *w)
{
    if (w->flat)
        return;
    buf_char(w->out, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        buf_str(w->out, S("  "));
}

/* Whatever comes before a value: comma, line, key. */
static void lead(struct json_write *w, const char *key)
{
    if (w->some)
        buf_char(w->out, ',');
    if (w->depth)
        line(w);
    if (key) {
        put_string(w->out, str_of(key));
        buf_str(w->out, w->flat ? S(":") : S(": "));
    }
    w->some = true;
}

void json_open_key(struct json_write *w, const char *key, char bracket)
{
    lead(w, key);
    buf_char(w->out, bracket);
    w->depth++;
    w->some = false;
}

void json_open(struct json_write *w, char bracket)
{
    json_open_key(w, NULL, bracket);
}

void json_close(struct json_write *w, char bracket)
{
    assert(w->depth > 0);
    w->depth--;
    if (w->some)
        line(w);
    buf_char(w->out, bracket);
    w->some = true;
    if (w->depth == 0)
        buf_char(w->out, '\n');
}

void json_put_str(struct json_write *w, const char *key, struct str value)
{
    lead(w, key);
    put_string(w->out, value);
}

void json_put_some(struct json_write *w, const char *key, struct str value)
{
    if (value.n)
        json_put_str(w, key, value);
}

void json_put_i64(struct json_write *w, const char *key, int64_t value)
{
    lead(w, key);
    buf_printf(w->out, "%" PRId64, value);
}

void json_put_bool(struct json_write *w, const char *key, bool value)
{
    lead(w, key);
    buf_str(w->out, value ? S("true") : S("false"));
}

void json_put_null(struct json_write *w, const char *key)
{
    lead(w, key);
    buf_str(w->out, S("null"));
}

void json_put_raw(struct json_write *w, const char *key, struct str json)
{
    lead(w, key);
    buf_str(w->out, json);
}
