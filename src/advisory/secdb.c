/* Alpine's security database and its kin (Wolfi, Chainguard), YAML or JSON:
 *     distroversion: v3.10        (Alpine only)
 *     reponame: main
 *     urlprefix: https://...
 *     packages: [ { pkg: { name, secfixes: { VERSION: [ID, ...] } } } ]
 * VERSION is the first build in which the ids are fixed; "0" says that the
 * package was never affected. Entries are written by hand in APKBUILD files:
 *     CVE-2017-2616 (+ regression fix)      a remark
 *     CVE-2017-5753 CVE-2017-5715 XSA-254   several, and the advisory on them
 *     CVE_2019-2426, CVE 2018-16859, CVE-2017-8073.patch, CVE-2017-17434-1
 *
 * An entry with CVE ids is about those, and its other id names the advisory: one
 * XSA often covers several CVEs and is therefore no alias of either.
 * A package that lists an id under two versions was fixed twice, the first fix
 * not being enough, or moved to a newer branch meanwhile. apk knows one package
 * and one line of versions, so nothing tells which build between the two has the
 * fix: each becomes a statement, and so the later one counts. */
#include "advisory/feed.h"

#include "base/err.h"

/* A branch without any fixes has an empty list of packages, or null. */
static bool secdb_claims(struct json root)
{
    struct json list = json_get(root, S("packages")), first;
    struct json_each e = json_each(list);

    if (json_kind(list) == JSON_NULL || json_kind(list) == JSON_LIST)
        if (!json_next(&e, NULL, &first))
            return json_get_str(root, S("apkurl")).n > 0;
    return json_kind(list) == JSON_LIST && json_kind(json_get(first, S("pkg"))) == JSON_MAP;
}

/* "v3.10" or "edge"; SecureOS, another distribution, says "v1". */
static bool is_branch(struct str version)
{
    struct str major, minor;
    uint64_t number;

    return str_equal(version, S("edge")) ||
           (str_starts(version, S("v")) &&
            str_cut(str_from(version, 1), '.', &major, &minor) && str_u64(major, &number) &&
            str_u64(minor, &number));
}

/* Alpine names its branch; the others are known by where their packages are. */
static struct str ecosystem_of(struct arena *a, struct json root)
{
    static const struct {
        const char *host, *key;
    } hosts[] = {{"wolfi.dev", "wolfi"},
                 {"cgr.dev", "chainguard"},
                 {"chainguard", "chainguard"},
                 {"mini.dev", "minimos"}};
    struct str version = json_get_str(root, S("distroversion"));
    struct str prefix = json_get_str(root, S("urlprefix"));

    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (str_find(prefix, str_of(hosts[i].host)) >= 0)
            return str_of(hosts[i].key);
    if (!is_branch(version) || (prefix.n && str_find(prefix, S("alpine")) < 0))
        return (struct str){0};
    return str_printf(a, "alpine:" STR_FMT,
                      STR_ARG(str_from(version, str_starts(version, S("v")))));
}

struct fix {
    struct str ecosystem, package, version;
};

static void put(struct feed_read *in, const struct fix *fix, struct str advisory,
                struct str_list ids)
{
    struct event events[2] = {{EVENT_INTRODUCED, S("0")}, {EVENT_FIXED, fix->version}};
    struct range range = {.events = {events, 2, 2}};
    struct statement s = {
        .ecosystem = fix->ecosystem,
        .package = fix->package,
        .advisory = advisory,
        .ids = ids,
    };

    if (str_equal(fix->version, S("0")))
        s.status = STATUS_NOT_AFFECTED;
    else
        s.ranges = (struct range_list){&range, 1, 1};
    feed_put(in, &s);
}

/* ---- ids ---- */

static size_t digits(struct str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n;
}

/* "2018-16859", and what was left behind it (".patch", "-1") */
static bool read_cve(struct arena *a, struct str word, struct str *id)
{
    size_t n = digits(str_from(word, 5));

    if (digits(word) != 4 || !str_starts(str_from(word, 4), S("-")) || n < 4 || n > 19)
        return false;
    *id = str_printf(a, "CVE-%.*s", (int)(5 + n), word.p);
    return true;
}

/* An id of somebody else: "XSA-254", "GHSA-jq35-85cj-fj4p", "wnpa-sec-2017-18". */
static bool is_other(struct str word)
{
    struct str name, rest;

    return feed_id_valid(word) && str_cut(word, '-', &name, &rest) && rest.n &&
           digits(name) == 0 && !str_starts(name, S("CVE"));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == ';';
}

static bool next_word(struct str *rest, struct str *word)
{
    size_t n = 0;

    while (rest->n && is_blank(rest->p[0]))
        *rest = str_from(*rest, 1);
    while (n < rest->n && !is_blank(rest->p[n]))
        n++;
    *word = (struct str){rest->p, n};
    *rest = str_from(*rest, n);
    return n > 0;
}

/* The words of an entry that are ids; the rest is remarks. */
static void put_ids(struct feed_read *in, const struct fix *fix, struct str text)
{
    struct str_list cves = {0}, others = {0};
    struct str word, rest = text, id;

    while (next_word(&rest, &word)) {
        if (str_starts(word, S("(")))
            break; /* a remark up to the end */
        if (is_other(word))
            feed_add_id(in->a, &others, word);
        if (!str_starts(word, S("CVE")))
            continue;
        if (word.n == 3) /* "CVE 2018-16859" */
            next_word(&rest, &word);
        else
            word = str_from(word, 4);
        if (read_cve(in->a, word, &id))
            feed_add_id(in->a, &cves, id);
    }
    if (!cves.len && !others.len && str_trim(text).n)
        in->dropped(in->ctx, text, "not an id");
    if (cves.len && others.len)
        put(in, fix, others.at[0], cves);
    for (size_t i = 0; i < cves.len && !others.len; i++)
        put(in, fix, cves.at[i], (struct str_list){&cves.at[i], 1, 1});
    for (size_t i = 0; i < others.len && !cves.len; i++)
        put(in, fix, others.at[i], (struct str_list){&others.at[i], 1, 1});
}

static void read_fixes(struct feed_read *in, struct fix *fix, struct json ids)
{
    struct json id;

    if (json_kind(ids) == JSON_STRING)
        put_ids(in, fix, json_str(ids));
    for (struct json_each e = json_each(ids); json_next(&e, NULL, &id);)
        if (json_kind(id) == JSON_STRING)
            put_ids(in, fix, json_str(id));
        else
            in->dropped(in->ctx, fix->package, "not an id");
}

static int secdb_read(struct feed_read *in, struct json root, struct err *err)
{
    struct fix fix = {.ecosystem = ecosystem_of(in->a, root)};
    struct json one, ids;

    if (!fix.ecosystem.n)
        return err_set(err, ERR_FORMAT, "a secdb of a distribution that is not known");
    for (struct json_each e = json_each(json_get(root, S("packages")));
         json_next(&e, NULL, &one);) {
        struct json pkg = json_get(one, S("pkg"));

        fix.package = json_get_str(pkg, S("name"));
        if (!fix.package.n) {
            in->dropped(in->ctx, in->name, "no package name");
            continue;
        }
        for (struct json_each f = json_each(json_get(pkg, S("secfixes")));
             json_next(&f, &fix.version, &ids);)
            read_fixes(in, &fix, ids);
    }
    return 0;
}

const struct feed feed_secdb = {
    .name = "secdb",
    .title = "Alpine security database",
    .claims = secdb_claims,
    .read = secdb_read,
};
