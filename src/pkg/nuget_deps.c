/* NAME.deps.json, which dotnet puts beside what it publishes, JSON:
 *     {"runtimeTarget": {"name": ".NETCoreApp,Version=v8.0"},
 *      "targets": {".NETCoreApp,Version=v8.0": {
 *          "App/1.0.0": {"dependencies": {"Newtonsoft.Json": "12.0.3"}, "runtime": {...}},
 *          "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {...}}},
 *      "libraries": {"App/1.0.0": {"type": "project"},
 *                    "Newtonsoft.Json/12.0.3": {"type": "package", "sha512": "..."}}}
 * A runtime pack is .NET itself, copied in: its advisories are under the name behind the
 * first point. github.com/dotnet/sdk, documentation/specs/runtime-configuration-file.md. */
#include "base/err.h"
#include "base/own.h"
#include "model/graph.h"
#include "pkg/nuget.h"

static bool is_deps(struct str path)
{
    return str_ends(path, S(".deps.json"));
}

static const struct want wants[] = {
    {WANT_TAIL, ".deps.json", .only = is_deps},
    {0},
};

static int nuget_deps_read(struct read *in, struct err *err);

const struct reader pkg_nuget_deps = {
    .name = "nuget_deps",
    .title = ".NET: deps.json of programs",
    .version = 1,
    .wants = wants,
    .read = nuget_deps_read,
};

static void tell(struct read *in, struct str key, struct json library, struct json target)
{
    struct str type = json_get_str(library, S("type"));
    struct package *p;

    if (!str_equal(type, S("package")) && !str_equal(type, S("runtimepack")))
        return;
    p = nuget_add(in, key, json_line(library));
    if (!p)
        return;
    if (str_starts(p->name, S("runtimepack.")))
        p->name = str_from(p->name, S("runtimepack.").n);
    nuget_needs(in->a, p, json_get(json_get(target, key), S("dependencies")));
}

static int nuget_deps_read(struct read *in, struct err *err)
{
    struct json root, libraries, library, targets, target, any = {0};
    struct str key, runtime;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    libraries = json_get(root, S("libraries"));
    if (json_kind(libraries) == JSON_NONE &&
        json_kind(json_get(root, S("runtimeTarget"))) == JSON_NONE)
        return 0; /* another kind of deps.json */
    if (json_kind(libraries) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of libraries");
    targets = json_get(root, S("targets"));
    runtime = json_get_str(json_get(root, S("runtimeTarget")), S("name"));
    target = json_get(targets, runtime);
    for (struct json_each e = json_each(targets); json_next(&e, NULL, &any);)
        if (json_kind(target) != JSON_MAP)
            target = any;
    for (struct json_each e = json_each(libraries); json_next(&e, &key, &library);)
        tell(in, key, library, target);
    return 0;
}
