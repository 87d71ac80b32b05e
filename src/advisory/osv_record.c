/* Which vulnerabilities an OSV record is about:
 *   - its own id, when that is a CVE id, or one with UBUNTU- or DEBIAN- in front,
 *     which is how these two name their view of a CVE;
 *   - else the CVE ids among its aliases;
 *   - else those in `upstream`, and in the advisories of distributions, which
 *     collect several, those in `related` (that is where AlmaLinux and Rocky
 *     have them);
 *   - else, in the advisories of distributions only, the CVE ids in the
 *     addresses of its references, or in its text when those have none: about
 *     one in three hundred of AlmaLinux says it nowhere else;
 *   - else its own id.
 * A bug-fix or enhancement advisory (ALBA, RLEA, SUSE-RU ...) that names no CVE
 * anywhere is no vulnerability, and dropped: nobody wants "bash bug fix update"
 * among the findings. */
#include "advisory/osv.h"

/* "UBUNTU-CVE-2021-3782" -> "CVE-2021-3782" */
static struct str plain(struct str id)
{
    if (str_starts(id, S("UBUNTU-CVE-")) || str_starts(id, S("DEBIAN-CVE-")))
        return str_from(id, 7);
    return id;
}

static bool is_cve(struct str id)
{
    return str_starts(plain(id), S("CVE-"));
}

static void add_ids(struct feed_read *in, const struct osv_record *r, struct json list,
                    bool cve, struct str_list *out)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct str id = json_str(one);

        if (is_cve(id) != cve || str_equal(id, r->id) ||
            (r->ids.len && str_equal(plain(id), r->ids.at[0])))
            continue;
        if (feed_id_valid(id))
            feed_add_id(in->a, out, plain(id));
        else
            in->dropped(in->ctx, r->id, "another name that is no id");
    }
}

/* ---- CVE ids in running text ---- */

static size_t digits(struct str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n;
}

static void find_cves(struct arena *a, struct str text, struct str_list *out)
{
    ptrdiff_t at;

    while ((at = str_find(text, S("CVE-"))) >= 0) {
        struct str id = str_from(text, (size_t)at), number = str_from(id, 9);
        size_t n = digits(number);

        if (digits(str_from(id, 4)) == 4 && str_starts(str_from(id, 8), S("-")) && n >= 4 &&
            n < 20)
            feed_add_id(a, out, (struct str){id.p, 9 + n});
        text = str_from(text, (size_t)at + 4);
    }
}

static void find_mentioned(struct arena *a, struct json root, struct str_list *out)
{
    struct json one;

    for (struct json_each e = json_each(json_get(root, S("references")));
         json_next(&e, NULL, &one);)
        find_cves(a, json_get_str(one, S("url")), out);
    if (!out->len)
        find_cves(a, json_get_str(root, S("details")), out);
}

/* ---- whose record it is ---- */

static bool is_distribution_id(struct str id)
{
    static const char *const prefixes[] = {
        "ALSA-", "ALBA-", "ALEA-", "RLSA-", "RXSA-",  "RLBA-", "RLEA-",
        "RHSA-", "RHBA-", "RHEA-", "DSA-",  "DLA-",   "DTSA-", "USN-",
        "LSN-",  "SUSE-", "ELSA-", "ALAS",  "MGASA-", "OESA-", "openSUSE-"};

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

static void read_ids(struct feed_read *in, struct json root, struct osv_record *r)
{
    if (is_cve(r->id))
        *arena_push(in->a, &r->ids) = plain(r->id);
    else
        add_ids(in, r, json_get(root, S("aliases")), true, &r->ids);
    if (!r->ids.len)
        add_ids(in, r, json_get(root, S("upstream")), true, &r->ids);
    if (!r->ids.len && r->distribution)
        add_ids(in, r, json_get(root, S("related")), true, &r->ids);
    if (!r->ids.len && r->distribution)
        find_mentioned(in->a, root, &r->ids);
}

/* What an advisory collects has names of its own: then only those given as
 * aliases are. Otherwise `upstream` has other names of the one thing, too
 * (Chainguard: the CVE and the GHSA id). */
static void read_aliases(struct feed_read *in, struct json root, struct osv_record *r)
{
    add_ids(in, r, json_get(root, S("aliases")), false, &r->aliases);
    if (is_cve(r->id))
        add_ids(in, r, json_get(root, S("aliases")), true, &r->aliases);
    if (!r->distribution && r->ids.len <= 1)
        add_ids(in, r, json_get(root, S("upstream")), false, &r->aliases);
    if (!r->distribution && r->ids.len && !str_equal(r->ids.at[0], r->id))
        feed_add_id(in->a, &r->aliases, r->id);
}

/* ---- the summary ---- */

/* "nodejs:16", name and stream of a module (modulemd's NAME:STREAM). */
static bool is_stream(struct str word)
{
    struct str name, stream;

    return str_cut(word, ':', &name, &stream) && name.n && stream.n &&
           str_find(stream, S(":")) < 0 && feed_id_valid(word);
}

/* "Important: virt:rhel and virt-devel:rhel security update" is of two modules.
 * "Moderate: ruby security update" may be of one, too, without telling the stream. */
static void read_modules(struct arena *a, struct osv_record *r, struct str text)
{
    struct str word, rest, first = {0};

    while (text.n) {
        str_cut(text, ' ', &word, &text);
        str_cut(word, '/', &word, &rest); /* "httpd:2.4/mod_http2" */
        while (str_ends(word, S(",")))
            word.n--;
        if (!first.n)
            first = word;
        if (is_stream(word) && !str_starts(word, r->id))
            feed_add_id(a, &r->modules, word);
    }
    if (!r->modules.len && feed_id_valid(first))
        *arena_push(a, &r->modules) = first;
}

/* "Important: nodejs:16 security update", once "ALSA-2022:5468: php:8.0 security
 * update (Important)": the publisher's severity, and the modules. */
static void read_summary(struct arena *a, struct osv_record *r)
{
    struct str text = r->summary, head, tail, last;

    if (str_starts(text, r->id))
        text = str_trim(str_from(text, r->id.n + 1));
    if (str_cut(text, ':', &head, &tail) && severity_parse(head, &r->severity))
        text = str_trim(tail);
    if (r->severity == SEVERITY_UNKNOWN && str_ends(text, S(")")) &&
        str_cut_last(text, '(', &head, &last))
        severity_parse((struct str){last.p, last.n - 1}, &r->severity);
    read_modules(a, r, text);
}

bool osv_record_read(struct feed_read *in, struct json root, struct osv_record *r)
{
    *r = (struct osv_record){.id = json_get_str(root, S("id")),
                             .summary = json_get_str(root, S("summary"))};
    if (!feed_id_valid(r->id)) {
        in->dropped(in->ctx, r->id, "not an id");
        return false;
    }
    r->distribution = is_distribution_id(r->id);
    read_ids(in, root, r);
    if (!r->ids.len && r->distribution && is_no_security(r->id)) {
        in->dropped(in->ctx, r->id, "of bug fixes, names no vulnerability");
        return false;
    }
    read_aliases(in, root, r);
    if (!r->ids.len)
        *arena_push(in->a, &r->ids) = r->id;
    if (r->distribution)
        read_summary(in->a, r);
    return true;
}
