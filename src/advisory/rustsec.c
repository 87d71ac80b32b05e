/* RustSec, https://github.com/RustSec/advisory-db (README, "Advisory Format"): Markdown,
 * with TOML in a fence in front of it.
 *     ```toml
 *     [advisory]
 *     id = "RUSTSEC-2021-0001"
 *     package = "mdbook"
 *     aliases = ["CVE-2020-26297"]
 *     cvss = "CVSS:3.1/AV:N/..."
 *     [versions]
 *     patched = [">= 0.4.5"]
 *     unaffected = ["<= 0.1.3"]
 *     ```
 *     # XSS in mdBook's search page
 * What neither list names is affected. Of what is only informational, that a crate is
 * "unsound" is told; that it is no longer cared for, or a notice, is no vulnerability. */
#include "advisory/feed.h"
#include "advisory/spans.h"

#include "base/err.h"

static bool rustsec_claims(struct json root)
{
    struct json advisory = json_get(root, S("advisory"));

    return json_get_str(advisory, S("id")).n && json_get_str(advisory, S("package")).n;
}

/* "# TITLE" behind the fence, and what follows it. */
static void read_text(struct str text, struct vulnerability *v)
{
    struct str line;

    while (str_line(&text, &line))
        if (str_starts(line, S("# "))) {
            v->title = str_trim(str_from(line, 2));
            v->description = str_trim(text);
            return;
        }
}

/* CVE ids are what the vulnerability goes by; others are further names. */
static void read_ids(struct feed_read *in, struct json advisory, struct statement *s)
{
    struct json one, aliases = json_get(advisory, S("aliases"));

    for (struct json_each e = json_each(aliases); json_next(&e, NULL, &one);) {
        struct str id = json_str(one);

        if (feed_id_valid(id))
            feed_add_id(in->a, str_starts(id, S("CVE-")) ? &s->ids : &s->aliases, id);
    }
    if (s->ids.len)
        feed_add_id(in->a, &s->aliases, s->advisory);
    else
        feed_add_id(in->a, &s->ids, s->advisory);
}

static void add_link(struct feed_read *in, const char *kind, struct str url,
                     struct vulnerability *v)
{
    if (feed_line_valid(url))
        *arena_push(in->a, &v->links) = (struct link){str_of(kind), url};
}

static void put_text(struct feed_read *in, struct json advisory, const struct statement *s)
{
    struct str date = json_get_str(advisory, S("date"));
    struct str vector = json_get_str(advisory, S("cvss"));
    struct json one;
    struct vulnerability v = {.aliases = s->aliases};

    read_text(in->text, &v);
    if (feed_line_valid(date))
        v.published = date;
    if (feed_line_valid(vector))
        *arena_push(in->a, &v.scores) = (struct score){vector, S("rustsec")};
    add_link(in, "advisory", json_get_str(advisory, S("url")), &v);
    for (struct json_each e = json_each(json_get(advisory, S("references")));
         json_next(&e, NULL, &one);)
        add_link(in, "web", json_str(one), &v);
    for (size_t i = 0; i < s->ids.len; i++) {
        v.id = s->ids.at[i];
        in->vulnerability(in->ctx, &v);
    }
    in->dated(in->ctx, date);
}

/* False when a condition is none. */
static bool read_fine(struct feed_read *in, struct json list,
                      const struct version_scheme *scheme, struct span_list *out)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct span span = {0};

        if (!span_read(in->a, SPANS_CARGO, scheme, json_str(one), &span))
            return false;
        *arena_push(in->a, out) = span;
    }
    return true;
}

static bool is_told(struct json advisory)
{
    struct str kind = json_get_str(advisory, S("informational"));

    return (!kind.n || str_equal(kind, S("unsound"))) &&
           !json_get_str(advisory, S("withdrawn")).n;
}

static int rustsec_read(struct feed_read *in, struct json root, struct err *err)
{
    const struct version_scheme *scheme = version_find(S("cargo"));
    struct json advisory = json_get(root, S("advisory"));
    struct json versions = json_get(root, S("versions"));
    struct span_list fine = {0}, affected = {0};
    struct statement s = {
        .ecosystem = S("cargo"),
        .package = json_get_str(advisory, S("package")),
        .advisory = json_get_str(advisory, S("id")),
    };

    (void)err;
    if (!feed_id_valid(s.advisory))
        in->dropped(in->ctx, in->name, "not an id");
    else if (!is_told(advisory))
        in->dropped(in->ctx, s.advisory, "informational or withdrawn");
    else if (str_starts(in->name, S("rust/")) || str_find(in->name, S("/rust/")) >= 0)
        in->dropped(in->ctx, s.advisory, "about Rust itself, not about a crate");
    else if (!read_fine(in, json_get(versions, S("patched")), scheme, &fine) ||
             !read_fine(in, json_get(versions, S("unaffected")), scheme, &fine))
        in->dropped(in->ctx, s.advisory, "versions that are none");
    else {
        read_ids(in, advisory, &s);
        put_text(in, advisory, &s);
        spans_left(in->a, scheme, &fine, &affected);
        spans_put(in->a, &affected, &s.ranges);
        if (s.ranges.len)
            feed_put(in, &s);
    }
    return 0;
}

const struct feed feed_rustsec = {
    .name = "rustsec",
    .title = "RustSec advisories",
    .claims = rustsec_claims,
    .read = rustsec_read,
};
