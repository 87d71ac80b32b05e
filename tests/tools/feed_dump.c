/* feed_dump FEED: all that one source of advisories says, as the readers put it
 * and before the database sorts and joins it, for tests to compare with. One
 * JSON object a line: {"statement": ...}, {"vulnerability": ...}, and at the end
 * {"source": ...} with what was passed over. */
#include "advisory/codec.h"
#include "advisory/gather.h"
#include "base/err.h"
#include "base/own.h"
#include "io/json_write.h"

#include <stdio.h>

static const char *const events[] = {
    [EVENT_INTRODUCED] = "introduced",
    [EVENT_FIXED] = "fixed",
    [EVENT_LAST_AFFECTED] = "last_affected",
    [EVENT_LIMIT] = "limit",
    [EVENT_AFTER] = "after",
};

static void put_list(struct json_write *w, const char *key, const struct str_list *list)
{
    json_open_key(w, key, '[');
    for (size_t i = 0; i < list->len; i++)
        json_put_str(w, NULL, list->at[i]);
    json_close(w, ']');
}

static void put_range(struct json_write *w, const struct range *r)
{
    json_open(w, '{');
    json_put_bool(w, "semver", r->semver);
    json_open_key(w, "events", '[');
    for (size_t i = 0; i < r->events.len; i++) {
        json_open(w, '[');
        json_put_str(w, NULL, str_of(events[r->events.at[i].what]));
        json_put_str(w, NULL, r->events.at[i].version);
        json_close(w, ']');
    }
    json_close(w, ']');
    json_close(w, '}');
}

static void put_statement(struct json_write *w, struct str ecosystem, struct str package,
                          const struct statement *s)
{
    json_open_key(w, "statement", '{');
    json_put_str(w, "ecosystem", ecosystem);
    json_put_str(w, "package", package);
    json_put_str(w, "advisory", s->advisory);
    put_list(w, "ids", &s->ids);
    put_list(w, "aliases", &s->aliases);
    json_put_str(w, "status", str_of(status_name(s->status)));
    json_put_str(w, "severity", str_of(severity_name(s->severity)));
    json_put_str(w, "module", s->module);
    json_open_key(w, "ranges", '[');
    for (size_t i = 0; i < s->ranges.len; i++)
        put_range(w, &s->ranges.at[i]);
    json_close(w, ']');
    put_list(w, "versions", &s->versions);
    json_close(w, '}');
}

static void put_vulnerability(struct json_write *w, const struct vulnerability *v)
{
    json_open_key(w, "vulnerability", '{');
    json_put_str(w, "id", v->id);
    put_list(w, "aliases", &v->aliases);
    json_put_str(w, "title", v->title);
    json_put_str(w, "description", v->description);
    put_list(w, "cwes", &v->cwes);
    json_open_key(w, "scores", '[');
    for (size_t i = 0; i < v->scores.len; i++)
        json_put_str(w, NULL, v->scores.at[i].vector);
    json_close(w, ']');
    json_open_key(w, "links", '[');
    for (size_t i = 0; i < v->links.len; i++)
        json_put_str(w, NULL, v->links.at[i].url);
    json_close(w, ']');
    json_put_str(w, "published", v->published);
    json_put_str(w, "modified", v->modified);
    json_put_str(w, "withdrawn", v->withdrawn);
    json_put_str(w, "kev_added", v->kev_added);
    json_put_str(w, "kev_due", v->kev_due);
    json_put_bool(w, "kev_ransomware", v->kev_ransomware);
    json_close(w, '}');
}

static void put_source(struct json_write *w, const struct db_built *built)
{
    json_open_key(w, "source", '{');
    json_put_i64(w, "documents", (int64_t)built->documents);
    json_put_i64(w, "unclaimed", (int64_t)built->unclaimed);
    json_put_str(w, "date", built->date);
    put_list(w, "why", &built->why);
    json_close(w, '}');
}

static struct json_write line_open(struct buf *line)
{
    struct json_write w = {.out = line, .flat = true};

    line->len = 0;
    json_open(&w, '{');
    return w;
}

static void line_close(struct json_write *w)
{
    json_close(w, '}');
    fwrite(w->out->at, 1, w->out->len, stdout);
}

static bool dump_ecosystem(struct arena *a, struct buf *line, struct str ecosystem,
                           const struct said_list *list)
{
    for (size_t i = 0; i < list->len; i++) {
        struct json_write w = line_open(line);
        struct statement s;

        if (!statement_unpack(a, list->at[i].bytes, &s))
            return false;
        put_statement(&w, ecosystem, list->at[i].key, &s);
        line_close(&w);
    }
    return true;
}

static bool dump(struct arena *a, const struct gather *g, const struct db_built *built)
{
    own(buf) line = {0};
    struct json_write w;
    struct str ecosystem;
    void *list;

    for (size_t i = 0; map_each(&g->ecosystems, &i, &ecosystem, &list);)
        if (!dump_ecosystem(a, &line, ecosystem, list))
            return false;
    for (size_t i = 0; i < g->vulnerabilities.len; i++) {
        struct vulnerability v;

        if (!vulnerability_unpack(a, g->vulnerabilities.at[i].bytes, &v))
            return false;
        w = line_open(&line);
        put_vulnerability(&w, &v);
        line_close(&w);
    }
    w = line_open(&line);
    put_source(&w, built);
    line_close(&w);
    return true;
}

int main(int argc, char **argv)
{
    own(arena) a = {0};
    struct gather g = {.a = &a};
    struct db_built built = {0};
    struct err err = {0};

    if (argc != 2) {
        fputs("usage: feed_dump FEED\n", stderr);
        return 2;
    }
    if (gather_source(&g, argv[1], str_of(argv[1]), &built, &err) < 0) {
        fprintf(stderr, "feed_dump: %s\n", err.text);
        return 2;
    }
    if (!dump(&a, &g, &built)) {
        fputs("feed_dump: what was put cannot be read back\n", stderr);
        return 2;
    }
    return 0;
}
