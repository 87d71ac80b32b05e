#include "advisory/gather.h"

#include "advisory/codec.h"
#include "advisory/feed.h"
#include "advisory/manifest.h"
#include "base/err.h"
#include "base/own.h"
#include "io/bundle.h"
#include "io/toml.h"
#include "io/yaml.h"

#include <inttypes.h>
#include <stdlib.h>

enum { NAME_LENGTH_MAX = 1024 };

/* One source being read. */
struct source {
    struct gather *g;
    struct db_built *built;
    struct map reasons; /* why -> struct reason */
    struct json_doc *doc;
    struct arena scratch; /* of one document */
    struct buf packed;
};

struct reason {
    uint64_t n;
    struct str why, example;
};

static void dropped(void *ctx, struct str what, const char *why)
{
    struct source *s = ctx;
    struct arena *a = s->g->a;
    void **at = map_at_copy(a, &s->reasons, str_of(why));
    struct reason *r = *at;

    s->built->dropped++;
    if (!r) {
        *at = r = arena_new(a, struct reason);
        r->why = str_copy(a, str_of(why));
        r->example = str_copy(a, (struct str){what.p, what.n < 80 ? what.n : 80});
    }
    r->n++;
}

static void add(struct source *s, struct said_list *list, struct str key)
{
    struct said *one = arena_push(s->g->a, list);

    one->key = str_copy(s->g->a, key);
    one->bytes = buf_keep(s->g->a, &s->packed);
}

static void add_place(struct source *s, struct str id, struct str place)
{
    *arena_push(s->g->a, &s->g->places) = (struct said){str_copy(s->g->a, id), place};
}

/* Fit to be shown in one line, and no longer than a name is. */
static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return s.n > 0 && s.n <= NAME_LENGTH_MAX;
}

/* The names of shards that are about no ecosystem are not for feeds to take. */
static bool is_ecosystem(struct str key)
{
    return is_name(key) && !str_equal(key, S(SHARD_DETAILS)) &&
           !str_equal(key, S(SHARD_IDS));
}

static void put_statement(void *ctx, const struct statement *st)
{
    struct source *s = ctx;
    struct arena *a = s->g->a;
    struct str place;
    void **at;

    if (!is_ecosystem(st->ecosystem) || !is_name(st->package)) {
        dropped(s, st->advisory, "an ecosystem or package of no possible name");
        return;
    }
    at = map_at_copy(a, &s->g->ecosystems, st->ecosystem);
    place =
        str_printf(a, STR_FMT "\t" STR_FMT, STR_ARG(st->ecosystem), STR_ARG(st->package));
    if (!*at)
        *at = arena_new(a, struct said_list);
    statement_pack(&s->packed, st);
    add(s, *at, st->package);
    add_place(s, st->advisory, place);
    for (size_t i = 0; i < st->ids.len; i++)
        add_place(s, st->ids.at[i], place);
    for (size_t i = 0; i < st->aliases.len; i++)
        add_place(s, st->aliases.at[i], place);
    s->built->statements++;
}

static void put_vulnerability(void *ctx, const struct vulnerability *v)
{
    struct source *s = ctx;

    vulnerability_pack(&s->packed, v);
    add(s, &s->g->vulnerabilities, v->id);
    s->built->vulnerabilities++;
}

static void dated(void *ctx, struct str date)
{
    struct source *s = ctx;

    /* some write the year 1 for a date they do not know */
    if (!str_starts(date, S("0")) && str_compare(date, s->built->date) > 0)
        s->built->date = str_copy(s->g->a, date);
}

/* A file that is no document at all: the first one is named. */
static void broken(struct source *s, struct str name, const char *why)
{
    if (!s->built->broken.n)
        s->built->broken = str_printf(
            s->g->a, STR_FMT "%s" STR_FMT ": %s", STR_ARG(s->built->name),
            str_equal(name, s->built->name) ? "" : "/",
            STR_ARG(str_equal(name, s->built->name) ? (struct str){0} : name), why);
}

/* ---- documents ---- */

static void unclaimed(struct source *s, struct str name)
{
    if (!s->built->unclaimed++)
        s->built->unclaimed_example = str_copy(s->g->a, name);
}

static bool is_yaml(struct str name)
{
    return str_ends(name, S(".yaml")) || str_ends(name, S(".yml"));
}

static bool is_document(struct str name)
{
    return is_yaml(name) || str_ends(name, S(".json"));
}

/* json: what stands in text, whichever form that has. */
static void read_document(struct source *s, struct str name, struct str json,
                          struct str text)
{
    struct feed_read in = {
        .name = name,
        .text = text,
        .a = &s->scratch,
        .ctx = s,
        .statement = put_statement,
        .vulnerability = put_vulnerability,
        .dropped = dropped,
        .dated = dated,
    };
    const struct feed *feed;
    struct err err = {0};
    struct json root;

    if (json_parse(s->doc, json, &root, &err) < 0) {
        if (is_document(name))
            broken(s, name, err.text);
        else
            unclaimed(s, name);
        return;
    }
    feed = feed_find(root);
    if (!feed) {
        unclaimed(s, name);
        return;
    }
    s->built->documents++;
    if (feed->read(&in, root, &err) < 0)
        dropped(s, name, err.text);
    arena_reset(&s->scratch);
}

static const struct str fence = S("```toml");

/* Markdown that has TOML in a fence in front of it. */
static void read_fenced(struct source *s, struct str name, struct str bytes)
{
    struct str toml = str_from(bytes, (size_t)str_find(bytes, fence) + fence.n), rest = {0};
    ptrdiff_t end = str_find(toml, S("\n```"));
    own(buf) json = {0};
    struct err why = {0};

    if (end >= 0) {
        rest = str_from(toml, (size_t)end + 4);
        toml.n = (size_t)end + 1;
    }
    if (end < 0)
        broken(s, name, "a fence that does not end");
    else if (toml_to_json(toml, &json, NULL, &why) < 0)
        broken(s, name, why.text);
    else
        read_document(s, name, buf_view(&json), rest);
}

static int each_file(void *ctx, struct str name, struct str bytes, struct err *err)
{
    struct source *s = ctx;
    struct str start = {bytes.p, bytes.n < 64 ? bytes.n : 64};
    struct err why = {0};
    struct str rest, line;
    own(buf) json = {0};

    (void)err;
    start = str_trim(str_starts(start, S("\xef\xbb\xbf")) ? str_from(start, 3) : start);
    if (str_starts(start, S("{")) || str_starts(start, S("[")) ||
        str_ends(name, S(".json"))) {
        read_document(s, name, bytes, bytes);
        return 0;
    }
    if (str_starts(start, fence)) {
        read_fenced(s, name, bytes);
        return 0;
    }
    if (!is_yaml(name)) {
        unclaimed(s, name);
        return 0;
    }
    if (yaml_to_json(bytes, &json, &why) < 0) {
        broken(s, name, why.text);
        json.len = 0;
    }
    rest = buf_view(&json);
    while (str_line(&rest, &line))
        read_document(s, name, line, bytes);
    return 0;
}

static void bad_file(void *ctx, struct str name, const struct err *why)
{
    broken(ctx, name, why->text);
}

/* ---- the source ---- */

static int by_number(const void *a, const void *b)
{
    const struct reason *x = *(struct reason *const *)a, *y = *(struct reason *const *)b;

    return x->n != y->n ? (x->n < y->n ? 1 : -1) : str_compare(x->why, y->why);
}

static void tell_reasons(struct source *s)
{
    struct {
        struct reason **at;
        size_t len, cap;
    } list = {0};
    struct arena *a = s->g->a;
    struct str why;
    void *r;

    for (size_t i = 0; map_each(&s->reasons, &i, &why, &r);)
        *arena_push(a, &list) = r;
    if (list.len)
        qsort(list.at, list.len, sizeof *list.at, by_number);
    for (size_t i = 0; i < list.len; i++)
        *arena_push(a, &s->built->why) =
            str_printf(a, "%" PRIu64 " x " STR_FMT " (" STR_FMT ")", list.at[i]->n,
                       STR_ARG(list.at[i]->why), STR_ARG(list.at[i]->example));
}

int gather_source(struct gather *g, const char *path, struct str name, struct db_built *out,
                  struct err *err)
{
    struct source s = {.g = g, .built = out, .doc = json_doc_new()};
    struct bundle_visit visit = {each_file, bad_file, &s};
    int r;

    out->name = str_copy(g->a, name);
    r = bundle_each(path, &budget_feed, &visit, err);
    tell_reasons(&s);
    json_doc_free(s.doc);
    arena_done(&s.scratch);
    buf_done(&s.packed);
    return r;
}

static int by_key(const void *a, const void *b)
{
    const struct said *x = a, *y = b;
    int r = str_compare(x->key, y->key);

    return r ? r : str_compare(x->bytes, y->bytes);
}

void said_sort(struct said_list *list)
{
    size_t n = 0;

    if (!list->len)
        return;
    qsort(list->at, list->len, sizeof *list->at, by_key);
    for (size_t i = 1; i < list->len; i++)
        if (by_key(&list->at[n], &list->at[i]) != 0)
            list->at[++n] = list->at[i];
    list->len = n + 1;
}
