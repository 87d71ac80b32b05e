/* CISA's catalogue of known exploited vulnerabilities, JSON:
 *     { catalogVersion, dateReleased, vulnerabilities: [ { cveID, vulnerabilityName,
 *       shortDescription, dateAdded, dueDate, knownRansomwareCampaignUse, cwes, notes } ] }
 * https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
#include "advisory/feed.h"

#include "base/err.h"

#include <string.h>

static bool kev_claims(struct json root)
{
    struct json list = json_get(root, S("vulnerabilities")), first;
    struct json_each e = json_each(list);

    return json_kind(list) == JSON_LIST && json_next(&e, NULL, &first) &&
           json_get_str(first, S("cveID")).n && json_get_str(first, S("dateAdded")).n;
}

/* The next "https://..." or "http://..." in running text: "see https://one.
 * (https://two);https://three" has three. */
static bool next_url(struct str *text, struct str *url)
{
    ptrdiff_t at;
    size_t n = 0;

    while ((at = str_find(*text, S("http"))) >= 0) {
        *text = str_from(*text, (size_t)at);
        if (str_starts(*text, S("https://")) || str_starts(*text, S("http://")))
            break;
        *text = str_from(*text, 4);
    }
    if (at < 0)
        return false;
    while (n < text->n && (unsigned char)text->p[n] > ' ' && !strchr(";)<>\"", text->p[n]))
        n++;
    *url = (struct str){text->p, n};
    *text = str_from(*text, n);
    while (str_ends(*url, S(",")) || str_ends(*url, S(".")))
        url->n--;
    return true;
}

static void read_notes(struct feed_read *in, struct str notes, struct vulnerability *v)
{
    struct str url;

    while (next_url(&notes, &url))
        if (feed_line_valid(url))
            *arena_push(in->a, &v->links) = (struct link){S("web"), url};
}

static void read_one(struct feed_read *in, struct json one)
{
    struct vulnerability v = {
        .id = json_get_str(one, S("cveID")),
        .title = feed_title(json_get_str(one, S("vulnerabilityName"))),
        .description = json_get_str(one, S("shortDescription")),
        .kev_added = json_get_str(one, S("dateAdded")),
        .kev_due = json_get_str(one, S("dueDate")),
        .kev_ransomware =
            str_equal(json_get_str(one, S("knownRansomwareCampaignUse")), S("Known")),
    };
    struct json cwe;

    if (!feed_id_valid(v.id) || !v.kev_added.n) {
        in->dropped(in->ctx, v.id, "no cveID or dateAdded");
        return;
    }
    for (struct json_each e = json_each(json_get(one, S("cwes")));
         json_next(&e, NULL, &cwe);)
        if (feed_id_valid(json_str(cwe)))
            *arena_push(in->a, &v.cwes) = json_str(cwe);
    read_notes(in, json_get_str(one, S("notes")), &v);
    in->vulnerability(in->ctx, &v);
}

static int kev_read(struct feed_read *in, struct json root, struct err *err)
{
    struct json one;

    (void)err;
    in->dated(in->ctx, json_get_str(root, S("dateReleased")));
    for (struct json_each e = json_each(json_get(root, S("vulnerabilities")));
         json_next(&e, NULL, &one);)
        read_one(in, one);
    return 0;
}

const struct feed feed_kev = {
    .name = "kev",
    .title = "CISA known exploited vulnerabilities",
    .claims = kev_claims,
    .read = kev_read,
};
