#include "io/yaml.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "io/json_write.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 128, ALIASES_MAX = 1000, COPIED_MAX = 16 << 20 };

/* A node that has a name: where its JSON text stands in the output. */
struct anchor {
    size_t from, to; /* to is 0 while it is still being written */
};

/* A map or list that is being written. */
struct level {
    bool map, some;
    bool want_value;  /* a key was written */
    bool merge;       /* the key was "<<": its map is poured into this one */
    struct map *keys; /* already there, to find the second one */
    struct anchor *anchor;
};

struct yaml {
    struct arena a;
    struct buf *out;
    struct err *err;
    struct map anchors;
    struct level levels[DEPTH_MAX + 1]; /* the first is the document itself */
    unsigned depth;
    unsigned aliases;
    size_t copied;
    const struct fy_mark *at;
};

static int fail(struct yaml *y, const char *what)
{
    int line = y->at ? y->at->line + 1 : 0, column = y->at ? y->at->column + 1 : 0;

    return err_set(y->err, ERR_FORMAT, "line %d, column %d: %s", line, column, what);
}

/* ---- scalars ---- */

static bool is_number(struct str s)
{
    size_t i = 0, digits = 0;

    if (i < s.n && s.p[i] == '-')
        i++;
    if (i + 1 < s.n && s.p[i] == '0' && s.p[i + 1] >= '0' && s.p[i + 1] <= '9')
        return false; /* "0123" is text to some and octal to others */
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        digits++;
    if (!digits || digits > 18)
        return false;
    if (i < s.n && s.p[i] == '.') {
        size_t from = ++i;

        while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
            i++;
        if (i == from)
            return false;
    }
    return i == s.n;
}

static bool is_one_of(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_equal(s, str_of(*words)))
            return true;
    return false;
}

/* A plain scalar by YAML 1.2's core schema. Numbers in forms that JSON does not
 * have (0x, 0o, .inf, exponents) stay text. */
static void put_plain(struct json_write *w, struct str s)
{
    static const char *const null[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};

    if (is_one_of(s, null))
        json_put_null(w, NULL);
    else if (is_one_of(s, yes) || is_one_of(s, no))
        json_put_bool(w, NULL, is_one_of(s, yes));
    else if (is_number(s))
        json_put_raw(w, NULL, s);
    else
        json_put_str(w, NULL, s);
}

static struct str text_of(struct fy_token *token)
{
    size_t n = 0;
    const char *p = token ? fy_token_get_text(token, &n) : NULL;

    return (struct str){p ? p : "", p ? n : 0};
}

/* ---- structure ---- */

static struct level *top(struct yaml *y)
{
    return &y->levels[y->depth];
}

/* The comma or colon in front of what comes next in the current level. */
static void separate(struct yaml *y)
{
    struct level *l = top(y);

    if (l->merge)
        return;
    if (l->want_value)
        buf_char(y->out, ':');
    else if (l->some)
        buf_char(y->out, ',');
    l->some = true;
}

static int put_key(struct yaml *y, struct str key)
{
    struct level *l = top(y);
    struct json_write w = {.out = y->out, .flat = true};
    void **seen = map_at_copy(&y->a, l->keys, key);

    if (*seen)
        return fail(y, "the same key twice");
    *seen = y;
    separate(y);
    json_put_str(&w, NULL, key);
    l->want_value = true;
    return 0;
}

static bool wants_key(struct yaml *y)
{
    struct level *l = top(y);

    return l->map && !l->want_value && !l->merge;
}

static void value_done(struct yaml *y)
{
    top(y)->want_value = top(y)->merge = false;
}

static struct anchor *add_anchor(struct yaml *y, struct fy_token *token)
{
    struct str name = text_of(token);
    struct anchor *anchor;

    if (!name.n)
        return NULL;
    anchor = arena_new(&y->a, struct anchor);
    anchor->from = y->out->len;
    *map_at_copy(&y->a, &y->anchors, name) = anchor;
    return anchor;
}

static int take_scalar(struct yaml *y, struct fy_event *e)
{
    struct str text = text_of(e->scalar.value);
    bool plain = !e->scalar.value || fy_token_scalar_style(e->scalar.value) == FYSS_PLAIN;
    struct json_write w = {.out = y->out, .flat = true};
    struct anchor *anchor;

    if (wants_key(y)) {
        if (plain && str_equal(text, S("<<"))) {
            top(y)->merge = true;
            return 0;
        }
        return put_key(y, text);
    }
    if (top(y)->merge)
        return fail(y, "only a map can be merged");
    separate(y);
    anchor = add_anchor(y, e->scalar.anchor);
    if (plain)
        put_plain(&w, text);
    else
        json_put_str(&w, NULL, text);
    if (anchor)
        anchor->to = y->out->len;
    value_done(y);
    return 0;
}

static int open_level(struct yaml *y, bool map, struct fy_token *anchor)
{
    struct level *l;

    if (wants_key(y))
        return fail(y, "a key that is a map or list");
    if (y->depth == DEPTH_MAX)
        return fail(y, "nested too deeply");
    if (top(y)->merge)
        return fail(y, "a map to merge must be an alias");
    separate(y);
    l = &y->levels[++y->depth];
    *l = (struct level){.map = map, .anchor = add_anchor(y, anchor)};
    if (map)
        l->keys = arena_new(&y->a, struct map);
    buf_char(y->out, map ? '{' : '[');
    return 0;
}

static int close_level(struct yaml *y)
{
    struct level *l = top(y);

    buf_char(y->out, l->map ? '}' : ']');
    if (l->anchor)
        l->anchor->to = y->out->len;
    y->depth--;
    value_done(y);
    return 0;
}

/* Copies the text of the named node; merged, without its braces. (Keys that
 * both have are then there twice, and the last one, the map's own when it comes
 * behind the merge, is the one json_get sees.) */
static int take_alias(struct yaml *y, struct fy_event *e)
{
    const struct anchor *anchor = map_get(&y->anchors, text_of(e->alias.anchor));
    struct level *l = top(y);
    size_t from, n;

    if (!anchor || !anchor->to)
        return fail(y,
                    anchor ? "an alias inside what it stands for" : "an alias of nothing");
    from = anchor->from;
    n = anchor->to - anchor->from;
    y->copied += n;
    if (++y->aliases > ALIASES_MAX || y->copied > COPIED_MAX)
        return err_set(y->err, ERR_LIMIT, "line %d: too many aliases",
                       y->at ? y->at->line + 1 : 0);
    if (wants_key(y))
        return fail(y, "an alias as a key");
    if (l->merge) {
        if (y->out->at[from] != '{')
            return fail(y, "only a map can be merged");
        l->merge = false;
        if (n == 2)
            return 0;
        separate(y);
        from++;
        n -= 2;
    } else {
        separate(y);
        value_done(y);
    }
    buf_reserve(y->out, n);
    buf_add(y->out, y->out->at + from, n);
    return 0;
}

static void end_document(struct yaml *y)
{
    buf_char(y->out, '\n');
    y->depth = 0;
    y->levels[0] = (struct level){0};
    y->anchors = (struct map){0};
    arena_reset(&y->a);
}

static int take_event(struct yaml *y, struct fy_event *e)
{
    y->at = fy_event_start_mark(e);
    switch (e->type) {
    case FYET_SCALAR:
        return take_scalar(y, e);
    case FYET_ALIAS:
        return take_alias(y, e);
    case FYET_MAPPING_START:
        return open_level(y, true, e->mapping_start.anchor);
    case FYET_SEQUENCE_START:
        return open_level(y, false, e->sequence_start.anchor);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        return close_level(y);
    case FYET_DOCUMENT_END:
        end_document(y);
        return 0;
    default:
        return 0;
    }
}

/* ---- the whole ---- */

/* Errors are collected, none is printed. */
static struct fy_diag *quiet_diag(void)
{
    struct fy_diag_cfg config;
    struct fy_diag *diag;

    fy_diag_cfg_default(&config);
    config.fp = NULL;
    config.level = FYET_ERROR;
    diag = fy_diag_create(&config);
    if (!diag)
        abort();
    fy_diag_set_collect_errors(diag, true);
    return diag;
}

/* The first complaint of the library, with its place. */
static int syntax_error(struct fy_diag *diag, struct err *err)
{
    void *iter = NULL;
    const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &iter);

    if (e)
        return err_set(err, ERR_FORMAT, "line %d, column %d: %s", e->line + 1,
                       e->column + 1, e->msg);
    return err_set(err, ERR_FORMAT, "not YAML");
}

static int parse(struct yaml *y, struct str text, struct fy_diag *diag)
{
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET, .diag = diag};
    struct fy_parser *parser = fy_parser_create(&config);
    struct fy_event *e;
    int r = 0;

    if (!parser || fy_parser_set_string(parser, text.n ? text.p : "", text.n) < 0)
        abort();
    while (r == 0 && (e = fy_parser_parse(parser))) {
        r = take_event(y, e);
        fy_parser_event_free(parser, e);
    }
    if (r == 0 && fy_parser_get_stream_error(parser))
        r = syntax_error(diag, y->err);
    fy_parser_destroy(parser);
    return r;
}

int yaml_to_json(struct str text, struct buf *out, struct err *err)
{
    struct yaml y = {.out = out, .err = err};
    struct fy_diag *diag = quiet_diag();
    int r = parse(&y, text, diag);

    fy_diag_destroy(diag);
    arena_done(&y.a);
    return r;
}
