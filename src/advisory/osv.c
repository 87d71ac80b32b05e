/* OSV, https://ossf.github.io/osv-schema/ (schema 1.x).
 *
 * Which vulnerabilities a record is about:
 *   - its own id, when that is a CVE id;
 *   - else the CVE ids among its aliases;
 *   - else, for the advisories of distributions, which collect several, the CVE
 *     ids in `upstream` or, in older records, in `related`;
 *   - else its own id.
 * Other aliases are other names of the same thing. Advisories that tell of bug
 * fixes and enhancements (ALBA, ALEA, RLBA, ...) and name no CVE are dropped. */
#include "advisory/feed.h"

#include "base/err.h"

static bool osv_claims(struct json root)
{
    return json_get_str(root, S("id")).n && (json_get_str(root, S("modified")).n ||
                                             json_get_str(root, S("schema_version")).n);
}

struct record {
    struct str id, summary;
    struct str_list ids, aliases;
    enum severity severity;
    struct str module;    /* "nodejs:16" of a modular advisory */
    bool of_distribution; /* ALSA, RLSA, DSA ...: collects CVEs */
};

static bool is_cve(struct str id)
{
    return str_starts(id, S("CVE-"));
}

static void add_ids(struct feed_read *in, struct json list, bool cve, struct str_list *out)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        if (feed_id_valid(json_str(one)) && is_cve(json_str(one)) == cve)
            *arena_push(in->a, out) = json_str(one);
}

static bool is_distribution_id(struct str id)
{
    static const char *const prefixes[] = {"ALSA-", "ALBA-", "ALEA-",  "RLSA-", "RXSA-",
                                           "RLBA-", "RHSA-", "RHBA-",  "DSA-",  "DLA-",
                                           "DTSA-", "USN-",  "LSN-",   "SUSE-", "openSUSE-",
                                           "ELSA-", "ALAS",  "MGASA-", "OESA-"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_starts(id, str_of(prefixes[i])))
            return true;
    return false;
}

/* Of bug fixes or enhancements, by the kind in the id: ALBA-, RHEA-, SUSE-RU-. */
static bool is_no_security(struct str id)
{
    struct str family, rest;

    str_cut(id, '-', &family, &rest);
    return (family.n == 4 && (str_ends(family, S("BA")) || str_ends(family, S("EA")))) ||
           str_starts(rest, S("RU-")) || str_starts(rest, S("FU-"));
}

/* "Important: nodejs:16 security update" has the publisher's severity, and the
 * module stream that it is about. */
static void read_summary(struct record *r)
{
    struct str head, tail, word, rest;
    ptrdiff_t colon;

    if (!r->of_distribution || !str_cut(r->summary, ':', &head, &tail))
        return;
    severity_parse(head, &r->severity);
    str_cut(str_trim(tail), ' ', &word, &rest);
    colon = str_find(word, S(":"));
    if (colon > 0 && (size_t)colon + 1 < word.n)
        r->module = word;
}

static int read_record(struct feed_read *in, struct json root, struct record *r)
{
    *r = (struct record){.id = json_get_str(root, S("id")),
                         .summary = json_get_str(root, S("summary"))};
    if (!feed_id_valid(r->id)) {
        in->dropped(in->ctx, r->id, "not an id");
        return -1;
    }
    r->of_distribution = is_distribution_id(r->id);
    if (is_cve(r->id))
        *arena_push(in->a, &r->ids) = r->id;
    else
        add_ids(in, json_get(root, S("aliases")), true, &r->ids);
    if (!r->ids.len)
        add_ids(in, json_get(root, S("upstream")), true, &r->ids);
    if (!r->ids.len && r->of_distribution)
        add_ids(in, json_get(root, S("related")), true, &r->ids);
    if (!r->ids.len && r->of_distribution && is_no_security(r->id)) {
        in->dropped(in->ctx, r->id, "of bug fixes, names no vulnerability");
        return -1;
    }
    if (!r->ids.len)
        *arena_push(in->a, &r->ids) = r->id;
    add_ids(in, json_get(root, S("aliases")), false, &r->aliases);
    if (!is_cve(r->id) && !r->of_distribution && !str_equal(r->ids.at[0], r->id))
        *arena_push(in->a, &r->aliases) = r->id;
    read_summary(r);
    return 0;
}

/* ---- affected ---- */

static bool read_event(struct json one, struct event *out)
{
    static const struct {
        const char *key;
        enum event_what what;
    } keys[] = {{"introduced", EVENT_INTRODUCED},
                {"fixed", EVENT_FIXED},
                {"last_affected", EVENT_LAST_AFFECTED},
                {"limit", EVENT_LIMIT}};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str version = json_get_str(one, str_of(keys[i].key));

        if (!version.n)
            continue;
        *out = (struct event){keys[i].what, version};
        return true;
    }
    return false;
}

static void read_ranges(struct feed_read *in, struct json ranges, struct statement *s)
{
    struct json one, event;

    for (struct json_each e = json_each(ranges); json_next(&e, NULL, &one);) {
        struct str type = json_get_str(one, S("type"));
        struct range *range;

        if (str_equal(type, S("GIT")))
            continue; /* commits, which no package carries */
        range = arena_push(in->a, &s->ranges);
        range->semver = str_equal(type, S("SEMVER"));
        for (struct json_each v = json_each(json_get(one, S("events")));
             json_next(&v, NULL, &event);) {
            struct event ev;

            if (read_event(event, &ev))
                *arena_push(in->a, &range->events) = ev;
        }
    }
}

static bool has_module_build(const struct statement *s)
{
    for (size_t i = 0; i < s->ranges.len; i++)
        for (size_t j = 0; j < s->ranges.at[i].events.len; j++)
            if (str_find(s->ranges.at[i].events.at[j].version, S(".module")) >= 0)
                return true;
    return false;
}

/* Debian's and GitHub's own words on one package. */
static enum severity severity_of(const struct record *r, struct json affected,
                                 struct json root)
{
    static const char *const places[] = {"ecosystem_specific", "database_specific"};
    enum severity s = SEVERITY_UNKNOWN;

    for (size_t i = 0; i < 2 && s == SEVERITY_UNKNOWN; i++) {
        struct json at = json_get(affected, str_of(places[i]));

        if (!severity_parse(json_get_str(at, S("urgency")), &s))
            severity_parse(json_get_str(at, S("severity")), &s);
    }
    if (s == SEVERITY_UNKNOWN)
        severity_parse(json_get_str(json_get(root, S("database_specific")), S("severity")),
                       &s);
    return s == SEVERITY_UNKNOWN ? r->severity : s;
}

static void read_affected(struct feed_read *in, const struct record *r, struct json root,
                          struct json affected)
{
    struct json package = json_get(affected, S("package")), version;
    struct str ecosystem = json_get_str(package, S("ecosystem"));
    struct statement s = {
        .package = json_get_str(package, S("name")),
        .advisory = r->id,
        .ids = r->ids,
        .aliases = r->aliases,
        .severity = severity_of(r, affected, root),
    };

    if (!ecosystem.n || !s.package.n) {
        in->dropped(in->ctx, r->id, "no package name");
        return;
    }
    s.ecosystem = feed_ecosystem(in->a, ecosystem);
    if (!s.ecosystem.n) {
        in->dropped(in->ctx, r->id, "for subscribers only");
        return;
    }
    read_ranges(in, json_get(affected, S("ranges")), &s);
    for (struct json_each e = json_each(json_get(affected, S("versions")));
         json_next(&e, NULL, &version);)
        *arena_push(in->a, &s.versions) = json_str(version);
    if (!s.ranges.len && !s.versions.len) {
        in->dropped(in->ctx, r->id, "no versions, only commits");
        return;
    }
    if (has_module_build(&s))
        s.module = r->module;
    in->statement(in->ctx, &s);
}

/* ---- the text ---- */

static void read_scores(struct feed_read *in, struct json list, struct vulnerability *v)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        if (str_starts(json_get_str(one, S("type")), S("CVSS_")))
            *arena_push(in->a, &v->scores) =
                (struct score){json_get_str(one, S("score")), S("osv")};
}

static void read_links(struct feed_read *in, struct json list, struct vulnerability *v)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        if (json_get_str(one, S("url")).n)
            *arena_push(in->a, &v->links) =
                (struct link){json_get_str(one, S("type")), json_get_str(one, S("url"))};
}

/* "* gnome-shell: Password ... (CVE-2020-17489)": the line of an advisory's
 * text that tells what this one is, without its star and its id. */
static struct str line_about(struct str text, struct str id)
{
    struct str line;

    while (str_line(&text, &line)) {
        ptrdiff_t at = str_find(line, id);

        if (at < 0 || !str_starts(line, S("* ")))
            continue;
        line = str_trim((struct str){line.p + 2, (size_t)at > 2 ? (size_t)at - 2 : 0});
        if (str_ends(line, S("(")))
            line = str_trim((struct str){line.p, line.n - 1});
        return line;
    }
    return (struct str){0};
}

/* An advisory that collects several is no text on any one of them: each gets
 * the line that is about it, and the advisory as a link. */
static void put_collected(struct feed_read *in, const struct record *r, struct json root,
                          const struct vulnerability *advisory)
{
    for (size_t i = 0; i < r->ids.len; i++) {
        struct vulnerability v = {
            .id = r->ids.at[i],
            .title = line_about(json_get_str(root, S("details")), r->ids.at[i]),
        };

        if (advisory->links.len)
            *arena_push(in->a, &v.links) = advisory->links.at[0];
        in->vulnerability(in->ctx, &v);
    }
}

static void put_vulnerability(struct feed_read *in, const struct record *r,
                              struct json root)
{
    struct json database = json_get(root, S("database_specific")), one;
    struct vulnerability v = {
        .id = r->of_distribution || r->ids.len != 1 ? r->id : r->ids.at[0],
        .title = r->summary,
        .description = json_get_str(root, S("details")),
        .published = json_get_str(root, S("published")),
        .modified = json_get_str(root, S("modified")),
        .withdrawn = json_get_str(root, S("withdrawn")),
    };

    if (!r->of_distribution)
        v.aliases = r->aliases;
    read_scores(in, json_get(root, S("severity")), &v);
    for (struct json_each e = json_each(json_get(root, S("affected")));
         json_next(&e, NULL, &one);)
        read_scores(in, json_get(one, S("severity")), &v);
    for (struct json_each e = json_each(json_get(database, S("cwe_ids")));
         json_next(&e, NULL, &one);)
        *arena_push(in->a, &v.cwes) = json_str(one);
    read_links(in, json_get(root, S("references")), &v);
    in->vulnerability(in->ctx, &v);
    if (r->of_distribution)
        put_collected(in, r, root, &v);
}

static int osv_read(struct feed_read *in, struct json root, struct err *err)
{
    struct str schema = json_get_str(root, S("schema_version"));
    struct record r;
    struct json one;

    (void)err;
    if (schema.n && !str_starts(schema, S("1."))) {
        in->dropped(in->ctx, schema, "another major version of the OSV schema");
        return 0;
    }
    in->dated(in->ctx, json_get_str(root, S("modified")));
    if (read_record(in, root, &r) < 0)
        return 0;
    put_vulnerability(in, &r, root);
    if (json_get_str(root, S("withdrawn")).n)
        return 0;
    for (struct json_each e = json_each(json_get(root, S("affected")));
         json_next(&e, NULL, &one);)
        read_affected(in, &r, root, one);
    return 0;
}

const struct feed feed_osv = {
    .name = "osv",
    .title = "OSV records",
    .claims = osv_claims,
    .read = osv_read,
};
