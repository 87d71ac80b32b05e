/* Manifest.toml, of Julia. Format 2 has its packages below "deps", format 1 at the top:
 *     manifest_format = "2.0"
 *     [[deps.JSON]]
 *     deps = ["Dates", "Parsers"]
 *     uuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"
 *     version = "0.21.4"
 * Where a name is there twice `deps` is a table of names and UUIDs. What has no version is
 * of the standard library, or a path; "Manifest-v1.11.toml" is of one version of Julia.
 * pkgdocs.julialang.org/v1/toml-files. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/tree.h"

/* "Manifest-v1.11.toml", of that version of Julia alone. */
static bool is_of_version(struct str path)
{
    struct str base = path_base(path);

    return str_starts(base, S("Manifest-v")) || str_starts(base, S("JuliaManifest-v"));
}

static const struct want wants[] = {
    {WANT_NAME, "Manifest.toml"},
    {WANT_NAME, "JuliaManifest.toml"},
    {WANT_TAIL, ".toml", .only = is_of_version},
    {0},
};

static int julia_manifest_read(struct read *in, struct err *err);

const struct reader pkg_julia_manifest = {
    .name = "julia_manifest",
    .title = "Julia: Manifest.toml",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = julia_manifest_read,
};

static void add_needs(struct buf *needs, struct json deps)
{
    struct json one;
    struct str name;

    for (struct json_each e = json_each(deps); json_next(&e, &name, &one);)
        needs_add(needs, json_str(one));
}

/* Known by its name and its UUID. */
static void tell(struct read *in, struct str name, struct json entry)
{
    struct str uuid = json_get_str(entry, S("uuid"));
    struct json version = json_get(entry, S("version"));
    own(buf) needs = {0}, provides = {0};
    struct package *p;

    if (!uuid.n || !json_str(version).n || json_get_str(entry, S("path")).n)
        return;
    p = read_add(in, "julia", name, json_str(version));
    p->line = json_line(version);
    needs_add(&provides, uuid);
    p->provides = buf_keep(in->a, &provides);
    add_needs(&needs, json_get(entry, S("deps")));
    p->needs = buf_keep(in->a, &needs);
}

static int julia_manifest_read(struct read *in, struct err *err)
{
    struct json root, list, entry, deps;
    struct str name;
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    deps = json_get(root, S("deps"));
    for (struct json_each e = json_each(json_kind(deps) == JSON_MAP ? deps : root);
         json_next(&e, &name, &list);)
        for (struct json_each l = json_each(list);
             json_kind(list) == JSON_LIST && json_next(&l, NULL, &entry);)
            tell(in, name, entry);
    read_note_cut(in, 0);
    return 0;
}
