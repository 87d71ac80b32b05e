/* OSV, https://ossf.github.io/osv-schema/ (schema 1.x): the versions. What a
 * record is about: osv_record.c; what it tells of it: osv_text.c.
 *
 * Ranges of type GIT are commits, which no package carries: they are passed over,
 * and an entry that has nothing else is dropped. Versions listed singly and
 * events are kept as they stand; the match engine sorts them. */
#include "advisory/osv.h"

#include "base/err.h"

static bool osv_claims(struct json root)
{
    return json_get_str(root, S("id")).n && (json_get_str(root, S("modified")).n ||
                                             json_get_str(root, S("schema_version")).n);
}

/* ---- ranges ---- */

/* A version is text. YAML makes a number of an unquoted 1.10, and with it another
 * version; only 0 is safe. */
static bool version_of(struct json v, struct str *out)
{
    int64_t number;

    *out = json_str(v);
    if (json_kind(v) == JSON_NUMBER && json_i64(v, &number) && number == 0)
        *out = S("0");
    return out->n > 0;
}

/* {"introduced": "1.0"}; some write both ends into one object. */
static bool read_event(struct arena *a, struct json one, struct event_list *out)
{
    static const struct {
        const char *key;
        enum event_what what;
    } keys[] = {{"introduced", EVENT_INTRODUCED},
                {"fixed", EVENT_FIXED},
                {"last_affected", EVENT_LAST_AFFECTED},
                {"limit", EVENT_LIMIT}};
    size_t before = out->len;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct json at = json_get(one, str_of(keys[i].key));
        struct event event = {.what = keys[i].what};

        if (json_kind(at) == JSON_NONE)
            continue;
        if (!version_of(at, &event.version))
            return false;
        *arena_push(a, out) = event;
    }
    return out->len > before;
}

/* NULL, or why the ranges make no sense. */
static const char *read_ranges(struct arena *a, struct json ranges, struct statement *s)
{
    struct json one, event;

    for (struct json_each e = json_each(ranges); json_next(&e, NULL, &one);) {
        struct str type = json_get_str(one, S("type"));
        struct range *range;

        if (str_equal(type, S("GIT")))
            continue;
        if (!str_equal(type, S("SEMVER")) && !str_equal(type, S("ECOSYSTEM")))
            return "a kind of range that is not known";
        range = arena_push(a, &s->ranges);
        range->semver = str_equal(type, S("SEMVER"));
        for (struct json_each v = json_each(json_get(one, S("events")));
             json_next(&v, NULL, &event);)
            if (!read_event(a, event, &range->events))
                return "a version that is no text";
        if (!range->events.len)
            return "a range without events";
    }
    return NULL;
}

static const char *read_versions(struct arena *a, struct json versions, struct statement *s)
{
    struct json one;

    for (struct json_each e = json_each(versions); json_next(&e, NULL, &one);)
        if (!version_of(one, arena_push(a, &s->versions)))
            return "a version that is no text";
    return NULL;
}

/* ---- affected ---- */

/* "nodejs-16.19.1-1.module_el8.7.0+3496+3dba2d22" was built in a module. */
static bool has_module_build(const struct statement *s)
{
    for (size_t i = 0; i < s->ranges.len; i++)
        for (size_t j = 0; j < s->ranges.at[i].events.len; j++)
            if (str_find(s->ranges.at[i].events.at[j].version, S(".module")) >= 0)
                return true;
    return false;
}

/* Ubuntu's word: {"type": "Ubuntu", "score": "medium"} */
static enum severity severity_word(struct json list)
{
    enum severity s = SEVERITY_UNKNOWN;
    struct json one;

    for (struct json_each e = json_each(list);
         s == SEVERITY_UNKNOWN && json_next(&e, NULL, &one);)
        if (!str_starts(json_get_str(one, S("type")), S("CVSS_")))
            severity_parse(json_get_str(one, S("score")), &s);
    return s;
}

/* The publisher's own word: on this package, on all of the record, in its summary. */
static enum severity severity_of(const struct osv_record *r, struct json affected,
                                 struct json root)
{
    struct json places[] = {
        json_get(affected, S("ecosystem_specific")),
        json_get(affected, S("database_specific")),
        json_get(root, S("database_specific")),
    };
    enum severity s = severity_word(json_get(affected, S("severity")));

    for (size_t i = 0; i < sizeof places / sizeof *places && s == SEVERITY_UNKNOWN; i++)
        if (!severity_parse(json_get_str(places[i], S("urgency")), &s))
            severity_parse(json_get_str(places[i], S("severity")), &s);
    if (s == SEVERITY_UNKNOWN)
        s = severity_word(json_get(root, S("severity")));
    return s == SEVERITY_UNKNOWN ? r->severity : s;
}

/* A build of two modules is in one of them: the statement is made on each. Of a
 * module whose stream is not told, on all of its streams. */
static void put(struct feed_read *in, const struct osv_record *r, struct statement *s)
{
    if (!r->modules.len || !has_module_build(s)) {
        feed_put(in, s);
        return;
    }
    for (size_t i = 0; i < r->modules.len; i++) {
        s->module = r->modules.at[i];
        feed_put(in, s);
    }
}

static const char *read_affected(struct feed_read *in, const struct osv_record *r,
                                 struct json root, struct json affected)
{
    struct json package = json_get(affected, S("package"));
    struct json ranges = json_get(affected, S("ranges"));
    struct str ecosystem = json_get_str(package, S("ecosystem"));
    struct statement s = {
        .package = json_get_str(package, S("name")),
        .advisory = r->id,
        .ids = r->ids,
        .aliases = r->aliases,
        .severity = severity_of(r, affected, root),
    };
    const char *why;

    if (!ecosystem.n || !s.package.n)
        return "no package name";
    s.ecosystem = feed_ecosystem(in->a, ecosystem);
    if (!s.ecosystem.n)
        return "not of a release that everybody gets";
    why = read_ranges(in->a, ranges, &s);
    if (!why)
        why = read_versions(in->a, json_get(affected, S("versions")), &s);
    if (why)
        return why;
    if (!s.ranges.len && !s.versions.len)
        return json_len(ranges) ? "no versions, only commits" : "no versions";
    put(in, r, &s);
    return NULL;
}

/* As text, or as the number that YAML makes of an unquoted 1.7. */
static bool is_foreign(struct json schema)
{
    return (json_str(schema).n && !str_starts(json_str(schema), S("1."))) ||
           json_number(schema) >= 2;
}

static int osv_read(struct feed_read *in, struct json root, struct err *err)
{
    struct osv_record r;
    struct json one;

    (void)err;
    if (is_foreign(json_get(root, S("schema_version")))) {
        in->dropped(in->ctx, json_get_str(root, S("id")),
                    "another major version of the OSV schema");
        return 0;
    }
    in->dated(in->ctx, json_get_str(root, S("modified")));
    if (!osv_record_read(in, root, &r))
        return 0;
    osv_put_text(in, &r, root);
    if (json_get_str(root, S("withdrawn")).n)
        return 0;
    for (struct json_each e = json_each(json_get(root, S("affected")));
         json_next(&e, NULL, &one);) {
        const char *why = read_affected(in, &r, root, one);

        if (why)
            in->dropped(in->ctx, r.id, why);
    }
    return 0;
}

const struct feed feed_osv = {
    .name = "osv",
    .title = "OSV records",
    .claims = osv_claims,
    .read = osv_read,
};
