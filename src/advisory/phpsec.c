/* FriendsOfPHP/security-advisories (README, "Contributing"): a YAML file a vulnerability
 * and package.
 *     title: ...
 *     link: https://...
 *     cve: CVE-2015-1234           or ~
 *     branches:
 *         2.5.x: { time: 2015-08-06 22:08:00, versions: ['>=2.5.0', '<2.5.9'] }
 *     reference: composer://cakephp/cakephp
 * All conditions of a branch together say what is affected there. */
#include "advisory/feed.h"
#include "advisory/spans.h"

#include "base/err.h"

static const struct str scheme_word = S("composer://");

static bool phpsec_claims(struct json root)
{
    return json_kind(json_get(root, S("branches"))) == JSON_MAP &&
           str_starts(json_get_str(root, S("reference")), scheme_word);
}

/* NULL, or why the branch makes no sense. */
static const char *read_branch(struct feed_read *in, struct json branch,
                               const struct version_scheme *scheme, struct span_list *out)
{
    struct span span = {0};
    struct json one;

    if (!json_len(json_get(branch, S("versions"))))
        return "a branch without versions";
    for (struct json_each e = json_each(json_get(branch, S("versions")));
         json_next(&e, NULL, &one);)
        if (!span_read(in->a, SPANS_PLAIN, scheme, json_str(one), &span))
            return "versions that are none";
    *arena_push(in->a, out) = span;
    return NULL;
}

/* "cakephp/cakephp/2015-08-06.yaml" of files that have no CVE id:
 * "FriendsOfPHP:cakephp:cakephp:2015-08-06". */
static struct str own_id(struct feed_read *in, struct str package)
{
    struct str dir, base, stem, ending, vendor, name;

    str_cut_last(in->name, '/', &dir, &base);
    if (!str_cut_last(base, '.', &stem, &ending))
        stem = base;
    str_cut(package, '/', &vendor, &name);
    return str_printf(in->a, "FriendsOfPHP:" STR_FMT ":" STR_FMT ":" STR_FMT,
                      STR_ARG(vendor), STR_ARG(name), STR_ARG(stem));
}

static void put_text(struct feed_read *in, struct json root, struct str id)
{
    struct vulnerability v = {
        .id = id,
        .title = feed_title(json_get_str(root, S("title"))),
    };
    struct str link = json_get_str(root, S("link"));

    if (feed_line_valid(link))
        *arena_push(in->a, &v.links) = (struct link){S("advisory"), link};
    in->vulnerability(in->ctx, &v);
}

static int phpsec_read(struct feed_read *in, struct json root, struct err *err)
{
    const struct version_scheme *scheme = version_find(S("composer"));
    struct str package = str_from(json_get_str(root, S("reference")), scheme_word.n);
    struct str id = json_get_str(root, S("cve"));
    struct span_list affected = {0};
    struct statement s = {.ecosystem = S("composer"), .package = package};
    struct json branch;

    (void)err;
    if (!str_starts(id, S("CVE-")) || !feed_id_valid(id))
        id = own_id(in, package);
    if (!feed_id_valid(id)) {
        in->dropped(in->ctx, in->name, "no id");
        return 0;
    }
    for (struct json_each e = json_each(json_get(root, S("branches")));
         json_next(&e, NULL, &branch);) {
        const char *why = read_branch(in, branch, scheme, &affected);

        if (why)
            in->dropped(in->ctx, id, why);
        else
            in->dated(in->ctx, json_get_str(branch, S("time")));
    }
    put_text(in, root, id);
    s.advisory = id;
    *arena_push(in->a, &s.ids) = id;
    spans_put(in->a, &affected, &s.ranges);
    if (s.ranges.len)
        feed_put(in, &s);
    return 0;
}

const struct feed feed_phpsec = {
    .name = "phpsec",
    .title = "FriendsOfPHP security advisories",
    .claims = phpsec_claims,
    .read = phpsec_read,
};
