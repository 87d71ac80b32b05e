/* pylock.toml and pylock.NAME.toml, the lock file of no tool in particular (PEP 751):
 *     [[packages]]
 *     name = "pytest"
 *     version = "8.0.0"
 *     marker = "'test' in dependency_groups"
 *     dependencies = [{name = "pluggy"}]
 * packaging.python.org/specifications/pylock-toml. */
#include "base/own.h"
#include "model/path.h"
#include "pkg/pypi.h"
#include "pkg/tree.h"

static bool is_pylock(struct str path);

static const struct want wants[] = {
    {WANT_NAME, "pylock.toml"},
    {WANT_TAIL, ".toml", .only = is_pylock},
    {0},
};

static int pylock_read(struct read *in, struct err *err);

const struct reader pkg_pylock = {
    .name = "pylock",
    .title = "Python: pylock.toml",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = pylock_read,
};

/* "pylock.NAME.toml", with no point in NAME */
static bool is_pylock(struct str path)
{
    struct str base = path_base(path), name, rest;

    if (!str_starts(base, S("pylock.")))
        return false;
    str_cut(str_from(base, S("pylock.").n), '.', &name, &rest);
    return name.n && str_equal(rest, S("toml"));
}

/* The project, which may be installed together with what it needs. */
static bool is_project(struct json entry)
{
    struct str path = json_get_str(json_get(entry, S("directory")), S("path"));

    return str_equal(path, S(".")) || str_equal(path, S("./"));
}

static struct str needs_of(struct arena *a, struct json entry)
{
    own(buf) needs = {0};
    struct json one;

    for (struct json_each e = json_each(json_get(entry, S("dependencies")));
         json_next(&e, NULL, &one);)
        pypi_entry_need(a, &needs, one);
    return buf_keep(a, &needs);
}

/* What is there when nobody asks for more; else with extras, or for groups only. */
static void take_marker(struct package *p, struct str marker, const struct map *groups)
{
    if (marker_holds(marker, &(struct marker_env){.groups = groups}))
        return;
    p->optional =
        marker_holds(marker, &(struct marker_env){.groups = groups, .extras = true});
    p->dev = !p->optional;
}

static struct map groups_of(struct arena *a, struct json root)
{
    struct map groups = {0};
    struct json one;

    for (struct json_each e = json_each(json_get(root, S("default-groups")));
         json_next(&e, NULL, &one);)
        *map_at(a, &groups, json_str(one)) = a;
    return groups;
}

static int pylock_read(struct read *in, struct err *err)
{
    struct json root, entry;
    struct loose loose = {0};
    struct map groups;
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    groups = groups_of(in->a, root);
    for (struct json_each e = json_each(json_get(root, S("packages")));
         json_next(&e, NULL, &entry);) {
        struct package *p = is_project(entry) ? NULL : pypi_entry(in, entry, &loose);

        if (!p)
            continue;
        p->needs = needs_of(in->a, entry);
        take_marker(p, json_get_str(entry, S("marker")), &groups);
    }
    loose_note(in, &loose);
    read_note_cut(in, 0);
    return 0;
}
