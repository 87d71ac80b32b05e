/* pubspec.lock, of Dart and Flutter, YAML:
 *     packages:
 *       http:
 *         dependency: "direct main"
 *         description: {name: http, url: "https://pub.dev"}
 *         source: hosted
 *         version: "1.1.0"
 * `dependency` is one of "direct main", "direct dev", "direct overridden", transitive;
 * `source` hosted, git, path or sdk. What comes by a path is the project's own, and of what
 * the SDK brings the version is "0.0.0". It does not say which brought which.
 * dart.dev/tools/pub/glossary#lockfile; pub writes it. */
#include "base/err.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "pubspec.lock"},
    {0},
};

static int pubspec_lock_read(struct read *in, struct err *err);

const struct reader pkg_pubspec_lock = {
    .name = "pubspec_lock",
    .title = "Dart: pubspec.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = pubspec_lock_read,
};

static bool is_from_elsewhere(struct str source)
{
    return str_equal(source, S("hosted")) || str_equal(source, S("git"));
}

static void tell(struct read *in, struct str key, struct json entry)
{
    struct str name = json_get_str(json_get(entry, S("description")), S("name"));
    struct str version = json_get_str(entry, S("version"));
    struct str how = json_get_str(entry, S("dependency"));
    struct package *p;

    if (!is_from_elsewhere(json_get_str(entry, S("source"))))
        return;
    if (!version.n) {
        read_note_lacks(in, json_line(entry), key, version);
        return;
    }
    p = read_add(in, "pub", name.n ? name : key, version);
    p->line = json_line(json_get(entry, S("version")));
    p->direct = str_starts(how, S("direct"));
    p->dev = str_equal(how, S("direct dev"));
}

static int pubspec_lock_read(struct read *in, struct err *err)
{
    struct json root, entry, packages;
    struct str key;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    packages = json_get(root, S("packages"));
    if (json_kind(packages) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of packages");
    for (struct json_each e = json_each(packages); json_next(&e, &key, &entry);)
        tell(in, key, entry);
    read_note_cut(in, 0);
    return 0;
}
