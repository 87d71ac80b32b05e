/* obj/project.assets.json, what dotnet restore found:
 *     {"version": 3,
 *      "targets": {"net8.0": {"Serilog/3.0.1": {"type": "package",
 *                                               "dependencies": {"System.Memory":
 * "4.5.5"}}}}, "libraries": {"Serilog/3.0.1": {"type": "package", "sha512": "..."}},
 *      "projectFileDependencyGroups": {"net8.0": ["Serilog >= 3.0.1"]}}
 * It has no documentation but NuGet's own code. */
#include "base/err.h"
#include "base/map.h"
#include "pkg/nuget.h"

static const struct want wants[] = {
    {WANT_NAME, "project.assets.json"},
    {0},
};

static int nuget_assets_read(struct read *in, struct err *err);

const struct reader pkg_nuget_assets = {
    .name = "nuget_assets",
    .title = ".NET: project.assets.json",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = nuget_assets_read,
};

/* "Serilog >= 3.0.1": Serilog */
static void find_asked(struct read *in, struct json groups, struct map *asked)
{
    struct json group, one;

    for (struct json_each e = json_each(groups); json_next(&e, NULL, &group);)
        for (struct json_each g = json_each(group); json_next(&g, NULL, &one);) {
            struct str name, rest;

            str_cut(json_str(one), ' ', &name, &rest);
            *map_at(in->a, asked, str_lower(in->a, name)) = in;
        }
}

/* What a package needs may differ from framework to framework: the first that has it. */
static struct json needs_of(struct json targets, struct str key)
{
    struct json target;

    for (struct json_each e = json_each(targets); json_next(&e, NULL, &target);) {
        struct json entry = json_get(target, key);

        if (json_kind(entry) == JSON_MAP)
            return json_get(entry, S("dependencies"));
    }
    return (struct json){0};
}

static int nuget_assets_read(struct read *in, struct err *err)
{
    struct json root, libraries, library, targets;
    struct map asked = {0};
    struct str key;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    libraries = json_get(root, S("libraries"));
    if (json_kind(libraries) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of libraries");
    targets = json_get(root, S("targets"));
    find_asked(in, json_get(root, S("projectFileDependencyGroups")), &asked);
    for (struct json_each e = json_each(libraries); json_next(&e, &key, &library);) {
        struct package *p;

        if (!str_equal(json_get_str(library, S("type")), S("package")))
            continue;
        p = nuget_add(in, key, json_line(library));
        if (!p)
            continue;
        p->direct = map_get(&asked, p->key) != NULL;
        nuget_needs(in->a, p, needs_of(targets, key));
    }
    return 0;
}
