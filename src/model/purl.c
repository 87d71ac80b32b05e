/* Package URLs taken apart and put together; what single types ask for is in
 * purl_type.c. Oracle: packageurl-js 2.0.1, except where it keeps to an older
 * edition of the specification (see tests/data/purl.data). */
#include "model/purl.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "model/purl_type.h"

#include <stdlib.h>

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- writing ---- */

static void encode(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~' ||
            c == ':')
            buf_char(b, c);
        else
            buf_printf(b, "%%%02X", (unsigned char)c);
    }
}

static bool is_dots(struct str s)
{
    return str_equal(s, S(".")) || str_equal(s, S(".."));
}

/* Segments joined with '/', empty ones left out; true when any was written. */
static bool encode_path(struct buf *b, struct str path, bool without_dots,
                        const char *before)
{
    struct str segment;
    bool any = false;

    while (path.n) {
        str_cut(path, '/', &segment, &path);
        if (!segment.n || (without_dots && is_dots(segment)))
            continue;
        buf_str(b, any ? S("/") : str_of(before));
        encode(b, segment);
        any = true;
    }
    return any;
}

static int by_key(const void *a, const void *b)
{
    const struct purl_qualifier *x = a, *y = b;

    return str_compare(x->key, y->key);
}

static void encode_qualifiers(struct arena *a, struct buf *b,
                              const struct purl_qualifier_list *list)
{
    struct purl_qualifier_list sorted = {0};
    char sep = '?';

    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].value.n)
            *arena_push(a, &sorted) = list->at[i];
    if (sorted.len)
        qsort(sorted.at, sorted.len, sizeof *sorted.at, by_key);
    for (size_t i = 0; i < sorted.len; i++) {
        buf_char(b, sep);
        buf_str(b, sorted.at[i].key);
        buf_char(b, '=');
        encode(b, sorted.at[i].value);
        sep = '&';
    }
}

static struct str trim_slashes(struct str s)
{
    while (s.n && s.p[0] == '/')
        s = str_from(s, 1);
    while (s.n && s.p[s.n - 1] == '/')
        s.n--;
    return s;
}

struct str purl_write(struct arena *a, const struct purl *purl)
{
    own(buf) b = {0};
    struct purl p = *purl;

    purl_normalize(a, &p);
    buf_str(&b, S("pkg:"));
    buf_str(&b, p.type);
    encode_path(&b, p.namespace, false, "/");
    buf_char(&b, '/');
    encode(&b, trim_slashes(p.name));
    if (p.version.n) {
        buf_char(&b, '@');
        encode(&b, p.version);
    }
    encode_qualifiers(a, &b, &p.qualifiers);
    encode_path(&b, p.subpath, true, "#");
    return str_copy(a, buf_view(&b));
}

void purl_add(struct arena *a, struct purl *purl, struct str key, struct str value)
{
    *arena_push(a, &purl->qualifiers) = (struct purl_qualifier){key, value};
}

/* ---- parsing ---- */

static int hex(char c)
{
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int decode(struct arena *a, struct str s, struct str *out, struct err *err)
{
    char *copy = arena_alloc(a, s.n + 1, 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '%') {
            int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
            int low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;

            if (high < 0 || low < 0)
                return err_set(err, ERR_FORMAT, "'%%' without two hex digits");
            c = (char)(high << 4 | low);
            i += 2;
        }
        if (c == '\0')
            return err_set(err, ERR_FORMAT, "a NUL byte");
        copy[n++] = c;
    }
    *out = (struct str){copy, n};
    return 0;
}

/* Decodes segment by segment: a '/' that was encoded must not become one that
 * parts segments. */
static int decode_path(struct arena *a, struct str path, bool without_dots, struct str *out,
                       struct err *err)
{
    own(buf) b = {0};
    struct str segment;

    while (path.n) {
        int r;

        str_cut(path, '/', &segment, &path);
        r = decode(a, segment, &segment, err);
        if (r < 0)
            return r;
        if (!segment.n || (without_dots && is_dots(segment)))
            continue;
        if (str_find(segment, S("/")) >= 0)
            return err_set(err, ERR_FORMAT, "'/' inside a segment");
        if (b.len)
            buf_char(&b, '/');
        buf_str(&b, segment);
    }
    *out = str_copy(a, buf_view(&b));
    return 0;
}

static bool key_valid(struct str key)
{
    for (size_t i = 0; i < key.n; i++)
        if (!is_alpha(key.p[i]) && !(i && (is_digit(key.p[i]) || key.p[i] == '.' ||
                                           key.p[i] == '-' || key.p[i] == '_')))
            return false;
    return key.n > 0;
}

static struct str lower(struct arena *a, struct str s)
{
    struct str copy = str_copy(a, s);

    for (size_t i = 0; i < copy.n; i++)
        if (is_alpha(copy.p[i]))
            ((char *)copy.p)[i] |= 0x20;
    return copy;
}

static int parse_qualifiers(struct arena *a, struct str rest, struct purl *out,
                            struct err *err)
{
    while (rest.n) {
        struct str pair, key, value;
        int r;

        str_cut(rest, '&', &pair, &rest);
        str_cut(pair, '=', &key, &value);
        if (!pair.n || (!value.n && key_valid(key)))
            continue;
        if (!key_valid(key))
            return err_set(err, ERR_FORMAT, "bad qualifier \"" STR_FMT "\"",
                           (int)(pair.n < 40 ? pair.n : 40), pair.p);
        key = lower(a, key);
        for (size_t i = 0; i < out->qualifiers.len; i++)
            if (str_equal(out->qualifiers.at[i].key, key))
                return err_set(err, ERR_FORMAT, "qualifier " STR_FMT " twice",
                               (int)(key.n < 40 ? key.n : 40), key.p);
        r = decode(a, value, &value, err);
        if (r < 0)
            return r;
        purl_add(a, out, key, value);
    }
    return 0;
}

static bool type_valid(struct str type)
{
    for (size_t i = 0; i < type.n; i++)
        if (!is_alpha(type.p[i]) &&
            !(i && (is_digit(type.p[i]) || type.p[i] == '.' || type.p[i] == '-')))
            return false;
    return type.n > 0;
}

/* "namespace/name@version". An '@' at the start of a segment is a scope that
 * somebody forgot to encode. */
static int parse_middle(struct arena *a, struct str rest, struct purl *out, struct err *err)
{
    struct str head, tail, namespace;
    int r = 0;

    if (str_cut_last(rest, '@', &head, &tail) && head.n && head.p[head.n - 1] != '/') {
        rest = head;
        r = decode(a, tail, &out->version, err);
    }
    rest = trim_slashes(rest);
    str_cut_last(rest, '/', &namespace, &rest);
    if (r == 0)
        r = decode(a, rest, &out->name, err);
    if (r == 0)
        r = decode_path(a, namespace, false, &out->namespace, err);
    out->name = trim_slashes(out->name);
    if (r == 0 && !out->name.n)
        r = err_set(err, ERR_FORMAT, "no name");
    return r;
}

int purl_parse(struct arena *a, struct str text, struct purl *out, struct err *err)
{
    struct str rest, head, tail, subpath = {0}, qualifiers = {0};
    int r;

    *out = (struct purl){0};
    text = str_trim(text);
    if (!str_cut(text, ':', &head, &rest) || !str_equal(lower(a, head), S("pkg")))
        return err_set(err, ERR_FORMAT, "a package URL begins with \"pkg:\"");
    if (str_cut_last(rest, '#', &head, &tail))
        rest = head, subpath = tail;
    if (str_cut_last(rest, '?', &head, &tail))
        rest = head, qualifiers = tail;
    while (str_starts(rest, S("/"))) /* "pkg://" */
        rest = str_from(rest, 1);
    if (!str_cut(rest, '/', &out->type, &rest) || !type_valid(out->type))
        return err_set(err, ERR_FORMAT, "no type, or a bad one");
    r = parse_middle(a, rest, out, err);
    if (r == 0)
        r = parse_qualifiers(a, qualifiers, out, err);
    if (r == 0)
        r = decode_path(a, subpath, true, &out->subpath, err);
    if (r < 0)
        return r;
    purl_normalize(a, out);
    return purl_check_type(out, err);
}
