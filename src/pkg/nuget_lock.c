/* packages.lock.json, of NuGet:
 *     {"version": 1, "dependencies": {"net8.0": {
 *          "Serilog": {"type": "Direct", "requested": "[3.0.1, )", "resolved": "3.0.1",
 *                      "dependencies": {"System.Memory": "4.5.5"}},
 *          "System.Memory": {"type": "Transitive", "resolved": "4.5.5"},
 *          "other": {"type": "Project"}}}}
 * A package of several frameworks is told once. learn.microsoft.com/nuget, "Locking
 * dependencies"; dotnet restore writes it. */
#include "base/err.h"
#include "base/map.h"
#include "pkg/nuget.h"

static const struct want wants[] = {
    {WANT_NAME, "packages.lock.json"},
    {0},
};

static int nuget_lock_read(struct read *in, struct err *err);

const struct reader pkg_nuget_lock = {
    .name = "nuget_lock",
    .title = ".NET: packages.lock.json",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = nuget_lock_read,
};

static void tell(struct read *in, struct map *seen, struct str name, struct json entry)
{
    struct json resolved = json_get(entry, S("resolved"));
    struct str type = json_get_str(entry, S("type"));
    struct package *p;
    void **at;

    if (str_equal(type, S("Project")))
        return;
    at = map_at(
        in->a, seen,
        str_printf(in->a, STR_FMT "/" STR_FMT, STR_ARG(name), STR_ARG(json_str(resolved))));
    if (*at) {
        in->packages.at[(size_t)*at - 1].direct |= str_equal(type, S("Direct"));
        return;
    }
    p = nuget_add_parts(in, name, json_str(resolved),
                        json_line(json_str(resolved).n ? resolved : entry));
    if (!p)
        return;
    *at = (void *)in->packages.len; /* its place, from 1 */
    p->direct = str_equal(type, S("Direct"));
    nuget_needs(in->a, p, json_get(entry, S("dependencies")));
}

static int nuget_lock_read(struct read *in, struct err *err)
{
    struct json root, frameworks, framework, entry;
    struct map seen = {0};
    struct str name;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    frameworks = json_get(root, S("dependencies"));
    if (json_kind(frameworks) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of dependencies");
    for (struct json_each e = json_each(frameworks); json_next(&e, NULL, &framework);)
        for (struct json_each f = json_each(framework); json_next(&f, &name, &entry);)
            tell(in, &seen, name, entry);
    return 0;
}
