/* What an OSV record tells of its vulnerabilities beside the versions.
 *
 * The text is that of the vulnerability when the record is about one. A record
 * with several CVE ids as aliases says the same of each of them. An advisory of
 * a distribution is no text on any of those it collects: it is kept under its
 * own id, and each CVE gets the line that is about it, if there is one, and the
 * advisory as a link. */
#include "advisory/osv.h"

#include "base/map.h"

static void read_scores(struct feed_read *in, struct json list, struct vulnerability *v)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct str vector = json_get_str(one, S("score"));

        if (str_starts(json_get_str(one, S("type")), S("CVSS_")) && feed_line_valid(vector))
            *arena_push(in->a, &v->scores) = (struct score){vector, S("osv")};
    }
}

static void read_cwes(struct feed_read *in, struct json list, struct vulnerability *v)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        if (feed_id_valid(json_str(one)))
            *arena_push(in->a, &v->cwes) = json_str(one);
}

static void read_links(struct feed_read *in, struct json list, struct vulnerability *v)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct str url = json_get_str(one, S("url"));

        if (feed_line_valid(url))
            *arena_push(in->a, &v->links) =
                (struct link){str_lower(in->a, json_get_str(one, S("type"))), url};
    }
}

/* Some write the year 1 for a date they do not know. */
static struct str date_of(struct json root, struct str key)
{
    struct str date = json_get_str(root, key);

    return feed_line_valid(date) && !str_starts(date, S("0")) ? date : (struct str){0};
}

/* "* gnome-shell: Password ... (CVE-2020-17489)": the line of an advisory's text
 * that tells what this one is, without its star and its ids. Only ids in the
 * brackets at the end count: "(regression of CVE-2019-19921) (CVE-2023-27561)".
 * id -> struct str of the first such line. */
static struct map read_lines(struct arena *a, struct str text)
{
    struct str line, *title, ids, id;
    struct map found = {0};

    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (!str_starts(line, S("* ")) || !str_ends(line, S(")")))
            continue;
        line = (struct str){line.p + 2, line.n - 3};
        title = arena_new(a, struct str);
        if (!str_cut_last(line, '(', title, &ids))
            continue;
        *title = str_trim(*title);
        while (ids.n) {
            void **at;

            str_cut(ids, ',', &id, &ids);
            at = map_at(a, &found, str_trim(id));
            if (!*at)
                *at = title;
        }
    }
    return found;
}

static struct link advisory_link(const struct link_list *links)
{
    for (size_t i = 0; i < links->len; i++)
        if (str_equal(links->at[i].kind, S("advisory")))
            return links->at[i];
    return links->at[0];
}

static void put_collected(struct feed_read *in, const struct osv_record *r,
                          struct json root, const struct vulnerability *advisory)
{
    struct map lines = read_lines(in->a, json_get_str(root, S("details")));

    for (size_t i = 0; i < r->ids.len; i++) {
        struct vulnerability v = {.id = r->ids.at[i]};
        const struct str *title = map_get(&lines, v.id);

        if (str_equal(v.id, r->id))
            continue;
        if (title)
            v.title = *title;
        if (advisory->links.len)
            *arena_push(in->a, &v.links) = advisory_link(&advisory->links);
        in->vulnerability(in->ctx, &v);
    }
}

static void put_each(struct feed_read *in, const struct osv_record *r,
                     struct vulnerability *v)
{
    for (size_t i = 0; i < r->ids.len; i++) {
        v->id = r->ids.at[i];
        in->vulnerability(in->ctx, v);
    }
}

void osv_put_text(struct feed_read *in, const struct osv_record *r, struct json root)
{
    struct json database = json_get(root, S("database_specific")), one;
    struct vulnerability v = {
        .id = r->id,
        .title = feed_title(r->summary),
        .description = json_get_str(root, S("details")),
        .published = date_of(root, S("published")),
        .modified = date_of(root, S("modified")),
        .withdrawn = date_of(root, S("withdrawn")),
    };

    read_scores(in, json_get(root, S("severity")), &v);
    for (struct json_each e = json_each(json_get(root, S("affected")));
         json_next(&e, NULL, &one);)
        read_scores(in, json_get(one, S("severity")), &v);
    read_cwes(in, json_get(database, S("cwe_ids")), &v);
    read_links(in, json_get(root, S("references")), &v);
    if (r->ids.len == 1 && !r->distribution)
        v.aliases = r->aliases;
    if (r->distribution || r->ids.len > 1)
        in->vulnerability(in->ctx, &v);
    if (r->distribution)
        put_collected(in, r, root, &v);
    else
        put_each(in, r, &v);
}
