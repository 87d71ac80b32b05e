#include "io/yaml.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/own.h"
#include "io/json.h"
#include "io/json_write.h"
#include "io/marks.h"
#include "io/yaml_check.h"
#include "io/yaml_merge.h"
#include "io/yaml_scalar.h"
#include "io/yaml_text.h"

#include <libfyaml.h>

enum { DEPTH_MAX = JSON_DEPTH_MAX, ALIASES_MAX = 1000, COPIED_MAX = 16 << 20 };

/* A node that has a name. */
struct anchor {
    size_t from;     /* where its JSON text begins in the output */
    bool open;       /* and is still being written */
    struct str json; /* a copy, for a merged map leaves the output again */
};

/* A map or list that is being written. */
struct level {
    bool map, some;
    bool want_value;   /* a key was written */
    bool merge;        /* the key was "<<": its value is poured in at the end */
    size_t merge_from; /* where that value begins in the output */
    struct yaml_merge merges;
    struct anchor *anchor;
    int column; /* where its keys or items begin */
};

struct yaml {
    struct arena a; /* of one document */
    struct str text;
    struct buf room; /* for one scalar */
    struct buf *out;
    struct marks *marks; /* NULL: nobody asks for lines */
    size_t finished;     /* the output up to here is whole documents */
    struct err *err;
    struct map anchors;
    struct level levels[DEPTH_MAX + 1]; /* the first is the document itself */
    unsigned depth;
    unsigned aliases;
    size_t copied;
    struct fy_mark at; /* of the event, or the one before */
};

static int fail(struct yaml *y, enum err_code code, const char *what)
{
    return err_set(y->err, code, "line %d, column %d: %s", y->at.line + 1, y->at.column + 1,
                   what);
}

/* Of an anchor or an alias. */
static struct str name_of(struct fy_token *token)
{
    size_t n = 0;
    const char *p = token ? fy_token_get_text(token, &n) : NULL;

    return (struct str){p ? p : "", p ? n : 0};
}

/* ---- structure ---- */

/* A value begins here. */
static void mark(struct yaml *y)
{
    marks_add(y->marks, y->out->len, (uint64_t)y->at.line + 1);
}

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

static bool wants_key(struct yaml *y)
{
    struct level *l = top(y);

    return l->map && !l->want_value && !l->merge;
}

/* Behind each value. That of a "<<" is taken out of the output again. */
static int value_done(struct yaml *y)
{
    struct level *l = top(y);

    if (l->merge) {
        struct str json = str_from(buf_view(y->out), l->merge_from);

        y->out->len = l->merge_from;
        marks_cut(y->marks, l->merge_from);
        if (!yaml_merge_add(&y->a, &l->merges, str_copy(&y->a, json)))
            return fail(y, ERR_FORMAT, "only maps can be merged");
    }
    l->want_value = l->merge = false;
    return 0;
}

/* ---- anchors ---- */

static struct anchor *add_anchor(struct yaml *y, struct fy_token *token)
{
    struct str name = name_of(token);
    struct anchor *anchor;

    if (!name.n)
        return NULL;
    anchor = arena_new(&y->a, struct anchor);
    anchor->from = y->out->len;
    anchor->open = true;
    *map_at_copy(&y->a, &y->anchors, name) = anchor;
    return anchor;
}

static int copied(struct yaml *y, size_t n)
{
    y->copied += n;
    return y->copied > COPIED_MAX ? fail(y, ERR_LIMIT, "anchors stand for too much") : 0;
}

static int end_anchor(struct yaml *y, struct anchor *anchor)
{
    struct str json;

    if (!anchor)
        return 0;
    json = str_from(buf_view(y->out), anchor->from);
    if (copied(y, json.n) < 0)
        return ERR_LIMIT;
    anchor->json = str_copy(&y->a, json);
    anchor->open = false;
    return 0;
}

/* Copies the text of the named node. */
static int take_alias(struct yaml *y, struct fy_event *e)
{
    const struct anchor *anchor = map_get(&y->anchors, name_of(e->alias.anchor));

    if (!anchor)
        return fail(y, ERR_FORMAT, "an alias of nothing");
    if (anchor->open)
        return fail(y, ERR_FORMAT, "an alias inside what it stands for");
    if (wants_key(y))
        return fail(y, ERR_FORMAT, "an alias as a key");
    if (++y->aliases > ALIASES_MAX)
        return fail(y, ERR_LIMIT, "too many aliases");
    if (copied(y, anchor->json.n) < 0)
        return ERR_LIMIT;
    separate(y);
    mark(y);
    buf_str(y->out, anchor->json);
    return value_done(y);
}

/* ---- nodes ---- */

static int take_key(struct yaml *y, struct str key, bool plain, struct anchor *anchor)
{
    struct json_write w = {.out = y->out, .flat = true};
    struct level *l = top(y);
    size_t from;

    if (plain && str_equal(key, S("<<"))) {
        l->merge = true;
        l->merge_from = y->out->len;
        return 0;
    }
    separate(y);
    mark(y);
    from = y->out->len;
    json_put_str(&w, NULL, key);
    l->want_value = true;
    if (!yaml_merge_key(&y->a, &l->merges, str_from(buf_view(y->out), from)))
        return fail(y, ERR_FORMAT, "the same key twice");
    if (anchor)
        anchor->from = from;
    return end_anchor(y, anchor);
}

/* In a map or list that is itself further in, libfyaml 0.7.12 takes what follows an
 * empty block scalar for its text:
 *     list:
 *       - details: |
 *         fixed: 1.2
 */
static int check_block(struct yaml *y, struct fy_event *e)
{
    struct fy_token *token = e->scalar.value;
    int indent = token ? yaml_block_indent(y->text, token) : -1;

    if (indent < 0 || indent > top(y)->column)
        return 0;
    return fail(y, ERR_FORMAT, "an empty block scalar, and something behind it");
}

static int take_scalar(struct yaml *y, struct fy_event *e)
{
    struct str text = yaml_text(y->text, e->scalar.value, &y->room);
    bool plain = !e->scalar.value || fy_token_scalar_style(e->scalar.value) == FYSS_PLAIN;
    struct json_write w = {.out = y->out, .flat = true};
    struct anchor *anchor;

    if (check_block(y, e) < 0)
        return ERR_FORMAT;
    if (wants_key(y))
        return take_key(y, text, plain, add_anchor(y, e->scalar.anchor));
    separate(y);
    mark(y);
    anchor = add_anchor(y, e->scalar.anchor);
    if (plain)
        yaml_put_plain(&w, text);
    else
        json_put_str(&w, NULL, text);
    if (end_anchor(y, anchor) < 0)
        return ERR_LIMIT;
    return value_done(y);
}

/* `start` is NULL for a list no further in than its key. */
static int open_level(struct yaml *y, bool map, struct fy_token *anchor,
                      struct fy_token *start)
{
    int column = start ? fy_token_start_mark(start)->column : top(y)->column;

    if (wants_key(y))
        return fail(y, ERR_FORMAT, "a key that is a map or list");
    if (y->depth == DEPTH_MAX)
        return fail(y, ERR_LIMIT, "nested more than 128 deep");
    separate(y);
    mark(y);
    y->levels[++y->depth] =
        (struct level){.map = map, .anchor = add_anchor(y, anchor), .column = column};
    buf_char(y->out, map ? '{' : '[');
    return 0;
}

static int close_level(struct yaml *y)
{
    struct level *l = top(y);

    yaml_merge_pour(&y->a, &l->merges, l->some, y->out);
    buf_char(y->out, l->map ? '}' : ']');
    y->depth--;
    if (end_anchor(y, l->anchor) < 0)
        return ERR_LIMIT;
    return value_done(y);
}

/* Without "..." a document is whole only when something that may follow does:
 * "[a] b" is not the list and then an error. */
static void end_document(struct yaml *y, bool marked)
{
    buf_char(y->out, '\n');
    if (marked)
        y->finished = y->out->len;
    y->depth = 0;
    y->levels[0] = (struct level){.column = -1};
    y->anchors = (struct map){0};
    arena_reset(&y->a);
}

static int take_event(struct yaml *y, struct fy_event *e)
{
    const struct fy_mark *at = fy_event_start_mark(e);

    if (at)
        y->at = *at;
    switch (e->type) {
    case FYET_SCALAR:
        return take_scalar(y, e);
    case FYET_ALIAS:
        return take_alias(y, e);
    case FYET_MAPPING_START:
        return open_level(y, true, e->mapping_start.anchor, e->mapping_start.mapping_start);
    case FYET_SEQUENCE_START:
        return open_level(y, false, e->sequence_start.anchor,
                          e->sequence_start.sequence_start);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        return close_level(y);
    case FYET_DOCUMENT_END:
        end_document(y, !e->document_end.implicit);
        return 0;
    case FYET_DOCUMENT_START:
    case FYET_STREAM_END:
        y->finished = y->out->len;
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
        mem_out(0);
    fy_diag_set_collect_errors(diag, true);
    return diag;
}

/* The first complaint of the library, with its place. */
static int syntax_error(struct fy_diag *diag, struct err *err)
{
    void *iter = NULL;
    const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &iter);

    if (e)
        return err_set(err, ERR_FORMAT, "line %d, column %d: %s", e->line, e->column,
                       e->msg);
    return err_set(err, ERR_FORMAT, "not YAML");
}

static int parse(struct yaml *y, struct fy_diag *diag)
{
    struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_SLOPPY_FLOW_INDENTATION, /* as PyYAML */
        .diag = diag,
    };
    struct fy_parser *parser = fy_parser_create(&config);
    struct fy_event *e;
    int r = 0;

    if (!parser || fy_parser_set_string(parser, y->text.n ? y->text.p : "", y->text.n) < 0)
        mem_out(0);
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
    return yaml_to_json_marked(text, out, NULL, err);
}

int yaml_to_json_marked(struct str text, struct buf *out, struct marks *marks,
                        struct err *err)
{
    struct yaml y = {.text = text,
                     .marks = marks,
                     .out = out,
                     .err = err,
                     .finished = out->len,
                     .levels = {{.column = -1}}};
    struct fy_diag *diag;
    int r = yaml_check(text, err);

    if (r < 0)
        return r;
    diag = quiet_diag();
    r = parse(&y, diag);
    out->len = y.finished;
    fy_diag_destroy(diag);
    buf_done(&y.room);
    arena_done(&y.a);
    return r;
}
