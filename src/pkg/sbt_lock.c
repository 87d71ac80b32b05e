/* build.sbt.lock, of the plugin sbt-dependency-lock, JSON:
 *     {"lockVersion": 1, "dependencies": [
 *         {"org": "org.apache.commons", "name": "commons-lang3", "version": "3.9",
 *          "configurations": ["compile", "runtime", "test"]}]}
 * github.com/stringbean/sbt-dependency-lock. */
#include "base/err.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "build.sbt.lock"},
    {0},
};

static int sbt_lock_read(struct read *in, struct err *err);

const struct reader pkg_sbt_lock = {
    .name = "sbt_lock",
    .title = "Scala: build.sbt.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = sbt_lock_read,
};

static bool only_test(struct json configurations)
{
    struct json one;

    for (struct json_each e = json_each(configurations); json_next(&e, NULL, &one);)
        if (!str_equal(json_str(one), S("test")))
            return false;
    return json_len(configurations) > 0;
}

static int sbt_lock_read(struct read *in, struct err *err)
{
    struct json root, list, one;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    list = json_get(root, S("dependencies"));
    if (json_kind(list) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of dependencies");
    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct str name = json_get_str(one, S("name")), org = json_get_str(one, S("org"));
        struct json version = json_get(one, S("version"));
        struct package *p;

        if (!name.n || !json_str(version).n) {
            read_note_lacks(in, json_line(one), name, json_str(version));
            continue;
        }
        if (!org.n) {
            read_note(in, json_line(one), "package " STR_FMT " without an org",
                      STR_ARG(name));
            continue;
        }
        p = read_add(in, "maven", name, json_str(version));
        p->group = org;
        p->line = json_line(version);
        p->dev = only_test(json_get(one, S("configurations")));
    }
    return 0;
}
