/* Alpine's security database and its kin (Wolfi, Chainguard), YAML or JSON:
 *     distroversion: v3.10        (Alpine only)
 *     reponame: main
 *     urlprefix: https://...
 *     packages: [ { pkg: { name, secfixes: { VERSION: [ID, ...] } } } ]
 * VERSION is the first build in which the ids are fixed; "0" says that the
 * package was never affected. An id may be followed by a remark, and several
 * may stand in one string: "CVE-2017-2616 (+ regression fix)".
 * A package that lists an id under two versions was fixed twice, the first
 * fix not being enough: each becomes a statement, and so the later one counts. */
#include "advisory/feed.h"

#include "base/err.h"

static bool secdb_claims(struct json root)
{
    struct json list = json_get(root, S("packages")), first;
    struct json_each e = json_each(list);

    if (json_kind(list) != JSON_LIST)
        return false;
    if (!json_next(&e, NULL, &first))
        return json_get_str(root, S("apkurl")).n > 0;
    return json_get_str(json_get(first, S("pkg")), S("name")).n > 0;
}

/* Alpine names its branch; the others are known by where their packages are. */
static struct str ecosystem_of(struct arena *a, struct json root)
{
    struct str version = json_get_str(root, S("distroversion"));
    struct str prefix = json_get_str(root, S("urlprefix"));

    if (str_starts(version, S("v")))
        return str_printf(a, "alpine:" STR_FMT, STR_ARG(str_from(version, 1)));
    if (version.n)
        return str_printf(a, "alpine:" STR_FMT, STR_ARG(version));
    if (str_find(prefix, S("wolfi")) >= 0)
        return S("wolfi");
    if (str_find(prefix, S("chainguard")) >= 0 || str_find(prefix, S("cgr.dev")) >= 0)
        return S("chainguard");
    if (str_find(prefix, S("minimus")) >= 0 || str_find(prefix, S("minim")) >= 0)
        return S("minimos");
    return (struct str){0};
}

struct fix {
    struct str ecosystem, package, version;
};

static void put(struct feed_read *in, const struct fix *fix, struct str id)
{
    struct event events[2] = {{EVENT_INTRODUCED, S("0")}, {EVENT_FIXED, fix->version}};
    struct range range = {.events = {events, 2, 2}};
    struct statement s = {
        .ecosystem = fix->ecosystem,
        .package = fix->package,
        .advisory = id,
        .ids = {&id, 1, 1},
    };

    if (str_equal(fix->version, S("0")))
        s.status = STATUS_NOT_AFFECTED;
    else
        s.ranges = (struct range_list){&range, 1, 1};
    in->statement(in->ctx, &s);
}

/* The words of an entry that are ids; the rest is remarks. */
static void put_ids(struct feed_read *in, const struct fix *fix, struct str text)
{
    struct str word, rest = text;
    bool any = false;

    while (rest.n) {
        str_cut(rest, ' ', &word, &rest);
        if (str_starts(word, S("(")))
            break; /* a remark up to the end */
        while (word.n && (word.p[word.n - 1] == ',' || word.p[word.n - 1] == ';'))
            word.n--;
        if (!feed_id_valid(word) || str_find(word, S("-")) < 0)
            continue;
        put(in, fix, word);
        any = true;
    }
    if (!any && str_trim(text).n)
        in->dropped(in->ctx, text, "not an id");
}

static void read_fixes(struct feed_read *in, struct fix *fix, struct json ids)
{
    struct json id;

    if (json_kind(ids) == JSON_STRING)
        put_ids(in, fix, json_str(ids));
    for (struct json_each e = json_each(ids); json_next(&e, NULL, &id);)
        put_ids(in, fix, json_str(id));
}

static int secdb_read(struct feed_read *in, struct json root, struct err *err)
{
    struct fix fix = {.ecosystem = ecosystem_of(in->a, root)};
    struct json one, ids;

    if (!fix.ecosystem.n)
        return err_set(err, ERR_FORMAT, "a secdb that does not say of which distribution");
    for (struct json_each e = json_each(json_get(root, S("packages")));
         json_next(&e, NULL, &one);) {
        struct json pkg = json_get(one, S("pkg"));

        fix.package = json_get_str(pkg, S("name"));
        if (!fix.package.n) {
            in->dropped(in->ctx, (struct str){0}, "no package name");
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
