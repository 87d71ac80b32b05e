/* ruby-advisory-db, https://github.com/rubysec/ruby-advisory-db (README, "Format"): a YAML
 * file a vulnerability and gem.
 *     gem: resque
 *     cve: 2023-50725              without "CVE-"; may be missing
 *     ghsa: gc3j-vvwf-4rp8         without "GHSA-"
 *     cvss_v3: 6.3                 the number, no vector
 *     unaffected_versions: [ "< 1.0" ]
 *     patched_versions: [ ">= 2.2.1", "~> 2.1.4, >= 2.1.4.1" ]
 * What neither list names is affected. Files on an interpreter ("engine: ruby") are not
 * about gems and passed over. */
#include "advisory/feed.h"
#include "advisory/spans.h"

#include "base/err.h"

static bool rubysec_claims(struct json root)
{
    bool versions = json_kind(json_get(root, S("patched_versions"))) == JSON_LIST ||
                    json_kind(json_get(root, S("unaffected_versions"))) == JSON_LIST;

    return (json_get_str(root, S("gem")).n || json_get_str(root, S("engine")).n) &&
           json_get_str(root, S("title")).n && (versions || json_get_str(root, S("url")).n);
}

/* The name of the file without its ending, for records with no id of their own. */
static struct str stem_of(struct str path)
{
    struct str dir, base, stem, ending;

    str_cut_last(path, '/', &dir, &base);
    return str_cut_last(base, '.', &stem, &ending) ? stem : base;
}

/* "2023-50725" is CVE-2023-50725; an id that is none counts as missing. */
static void add_id(struct feed_read *in, const char *prefix, struct str number,
                   struct str_list *ids)
{
    struct str id = str_printf(in->a, "%s" STR_FMT, prefix, STR_ARG(number));

    if (number.n && feed_id_valid(id))
        feed_add_id(in->a, ids, id);
}

/* NULL, or why the lists make no sense. */
static const char *read_fine(struct feed_read *in, struct json list,
                             const struct version_scheme *scheme, struct span_list *out)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct span span = {0};

        if (!span_read(in->a, SPANS_GEM, scheme, json_str(one), &span))
            return "versions that are none";
        *arena_push(in->a, out) = span;
    }
    return NULL;
}

/* The bands of CVSS 3 and 4; those of CVSS 2 know no critical. */
static enum severity severity_of(struct json root)
{
    double v3 = json_number(json_get(root, S("cvss_v3")));
    double v4 = json_number(json_get(root, S("cvss_v4")));
    double v2 = json_number(json_get(root, S("cvss_v2")));
    double v = v4 > 0 ? v4 : v3;

    if (v >= 9)
        return SEVERITY_CRITICAL;
    v = v > 0 ? v : v2;
    return v >= 7   ? SEVERITY_HIGH
           : v >= 4 ? SEVERITY_MEDIUM
           : v > 0  ? SEVERITY_LOW
                    : SEVERITY_UNKNOWN;
}

static void put_text(struct feed_read *in, struct json root, const struct str_list *ids)
{
    struct vulnerability v = {
        .id = ids->at[0],
        .title = feed_title(json_get_str(root, S("title"))),
        .description = str_trim(json_get_str(root, S("description"))),
    };
    struct str url = json_get_str(root, S("url")), date = json_get_str(root, S("date"));

    for (size_t i = 1; i < ids->len; i++)
        *arena_push(in->a, &v.aliases) = ids->at[i];
    if (feed_line_valid(url))
        *arena_push(in->a, &v.links) = (struct link){S("advisory"), url};
    if (feed_line_valid(date))
        v.published = date;
    in->vulnerability(in->ctx, &v);
    in->dated(in->ctx, date);
}

static void put_versions(struct feed_read *in, struct json root, const struct str_list *ids,
                         struct str advisory)
{
    const struct version_scheme *scheme = version_find(S("gem"));
    struct span_list fine = {0}, affected = {0};
    struct statement s = {
        .ecosystem = S("gem"),
        .package = json_get_str(root, S("gem")),
        .advisory = advisory,
        .ids = {ids->at, 1, 1},
        .severity = severity_of(root),
    };
    const char *why = read_fine(in, json_get(root, S("patched_versions")), scheme, &fine);

    if (!why)
        why = read_fine(in, json_get(root, S("unaffected_versions")), scheme, &fine);
    if (why) {
        in->dropped(in->ctx, advisory, why);
        return;
    }
    for (size_t i = 1; i < ids->len; i++)
        *arena_push(in->a, &s.aliases) = ids->at[i];
    spans_left(in->a, scheme, &fine, &affected);
    spans_put(in->a, &affected, &s.ranges);
    if (s.ranges.len)
        feed_put(in, &s);
}

static int rubysec_read(struct feed_read *in, struct json root, struct err *err)
{
    struct str stem = stem_of(in->name);
    struct str_list ids = {0};

    (void)err;
    add_id(in, "CVE-", json_get_str(root, S("cve")), &ids);
    add_id(in, "GHSA-", json_get_str(root, S("ghsa")), &ids);
    if (!ids.len)
        add_id(in, "", stem, &ids);
    if (!ids.len || !json_get_str(root, S("gem")).n) {
        in->dropped(in->ctx, stem, ids.len ? "not about a gem" : "no id");
        return 0;
    }
    put_text(in, root, &ids);
    put_versions(in, root, &ids, feed_id_valid(stem) ? stem : ids.at[0]);
    return 0;
}

const struct feed feed_rubysec = {
    .name = "rubysec",
    .title = "ruby-advisory-db",
    .claims = rubysec_claims,
    .read = rubysec_read,
};
