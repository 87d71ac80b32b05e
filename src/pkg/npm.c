/* Packages that npm, yarn or pnpm installed: a folder each in some node_modules, with its
 * package.json. Only these are packages: node_modules/debug/src/package.json and a
 * project's own are not. https://docs.npmjs.com/cli/configuring-npm/package-json
 * npm ls is the reference. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/js.h"

static bool is_installed(struct str path);
static int npm_read(struct read *in, struct err *err);

static const struct want wants[] = {
    {WANT_NAME, "package.json", NULL, is_installed},
    {0},
};

const struct reader pkg_npm = {
    .name = "npm",
    .title = "npm, yarn and pnpm: installed packages",
    .checked = "npm query",
    .version = 1,
    .wants = wants,
    .read = npm_read,
};

/* node_modules/debug, node_modules/@types/node */
static bool is_package_folder(struct str dir)
{
    struct str above = path_dir(dir);

    if (str_starts(path_base(above), S("@")))
        above = path_dir(above);
    return str_equal(path_base(above), S("node_modules")) &&
           !str_starts(path_base(dir), S("@"));
}

static bool is_installed(struct str path)
{
    return is_package_folder(path_dir(path));
}

/* ---- what it needs ---- */

enum {
    UPWARDS = 32,        /* folders that are looked through for a dependency */
    NEEDS_MAX = 1 << 20, /* bytes: each dependency is a path a folder */
};

/* "a/node_modules/b/node_modules/c|a/node_modules/c|node_modules/c" of c */
static void put_places(struct buf *out, struct str dir, struct str name)
{
    for (unsigned i = 0; i < UPWARDS; i++, dir = path_dir(dir)) {
        if (!str_equal(path_base(dir), S("node_modules"))) {
            if (out->len)
                buf_char(out, '|');
            buf_str(out, dir);
            buf_str(out, dir.n ? S("/node_modules/") : S("node_modules/"));
            buf_str(out, name);
        }
        if (!dir.n)
            break;
    }
}

static bool add_needs(struct buf *needs, struct str dir, struct json dependencies)
{
    own(buf) key = {0};
    struct json range;
    struct str name;

    if (json_kind(dependencies) != JSON_MAP)
        return true;
    for (struct json_each e = json_each(dependencies); json_next(&e, &name, &range);) {
        if (str_find(name, S("|")) >= 0)
            continue; /* no name, and between places a sign of ours */
        key.len = 0;
        put_places(&key, dir, name);
        if (needs->len + key.len > NEEDS_MAX)
            return false;
        needs_add(needs, buf_view(&key));
    }
    return true;
}

static struct str needs_of(struct read *in, struct json root)
{
    const struct str kinds[] = {S("dependencies"), S("optionalDependencies"),
                                S("peerDependencies")};
    own(buf) needs = {0};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!add_needs(&needs, path_dir(in->path), json_get(root, kinds[i]))) {
            read_note(in, 0, "more dependencies than are looked up, the rest is left out");
            break;
        }
    return buf_keep(in->a, &needs);
}

/* ---- the package ---- */

/* As its folder is called, for those that do not say it themselves. */
static struct str folder_name(struct str dir)
{
    struct str scope = path_base(path_dir(dir)), base = path_base(dir);

    if (!str_starts(scope, S("@")))
        return base;
    return (struct str){scope.p, scope.n + 1 + base.n};
}

static int npm_read(struct read *in, struct err *err)
{
    struct str dir = path_dir(in->path), name;
    struct json root, version;
    struct package *p;
    int r = js_parse(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    version = json_get(root, S("version"));
    if (!json_str(version).n) {
        note_add(in->a, &in->notes, NOTE_INFO, in->path, "without a version, not judged");
        return 0;
    }
    name = json_get_str(root, S("name"));
    p = read_add(in, "npm", name.n ? name : folder_name(dir), json_str(version));
    p->line = json_line(version);
    p->licence = js_licence(in->a, root);
    p->realm = S("npm installed");
    p->key = dir;
    p->needs = needs_of(in, root);
    return 0;
}
