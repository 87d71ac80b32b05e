/* Cargo.lock, TOML, versions 1 to 4: a [[package]] each, the crates of the project itself
 * among them, which have no source.
 *     name = "serde"
 *     version = "1.0.195"
 *     source = "registry+https://github.com/rust-lang/crates.io-index"
 *     dependencies = ["serde_derive", "itoa 0.4.8", "ryu 1.0.5 (registry+...)"]
 * A dependency names a version where there are several, and a source where that alone does
 * not tell. doc.rust-lang.org/cargo/reference has no more of the format than its purpose;
 * cargo writes it. */
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "Cargo.lock"},
    {0},
};

static int cargo_lock_read(struct read *in, struct err *err);

const struct reader pkg_cargo_lock = {
    .name = "cargo_lock",
    .title = "Rust: Cargo.lock",
    .checked = "cargo metadata",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = cargo_lock_read,
};

static bool is_own(struct json entry)
{
    return !json_get_str(entry, S("source")).n;
}

static void add_needs(struct buf *needs, struct json list)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        needs_add(needs, json_str(one));
}

/* What dependencies may call it. */
static void name_it(struct arena *a, struct package *p, struct str source)
{
    own(buf) names = {0};

    p->key = str_printf(a, STR_FMT " " STR_FMT, STR_ARG(p->name), STR_ARG(p->version));
    needs_add(&names, p->name);
    needs_add(&names,
              str_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(p->key), STR_ARG(source)));
    p->provides = buf_keep(a, &names);
}

static void tell(struct read *in, struct json entry)
{
    struct str name = json_get_str(entry, S("name"));
    struct str version = json_get_str(entry, S("version"));
    uint64_t line = json_line(json_get(entry, S("name")));
    own(buf) needs = {0};
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, json_line(entry), name, version);
        return;
    }
    p = read_add(in, "cargo", name, version);
    p->line = line;
    name_it(in->a, p, json_get_str(entry, S("source")));
    add_needs(&needs, json_get(entry, S("dependencies")));
    p->needs = buf_keep(in->a, &needs);
}

static void mark_direct(struct read *in, struct map *asked)
{
    for (size_t i = 0; i < in->packages.len; i++) {
        struct package *p = &in->packages.at[i];
        struct str rest = p->provides, name;

        p->direct = map_get(asked, p->key) != NULL;
        while (!p->direct && needs_next(&rest, &name))
            p->direct = map_get(asked, name) != NULL;
    }
}

static int cargo_lock_read(struct read *in, struct err *err)
{
    struct json root, entry, one;
    struct map asked = {0};
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("package")));
         json_next(&e, NULL, &entry);) {
        struct json list = json_get(entry, S("dependencies"));

        if (!is_own(entry)) {
            tell(in, entry);
            continue;
        }
        for (struct json_each d = json_each(list); json_next(&d, NULL, &one);)
            *map_at(in->a, &asked, json_str(one)) = in;
    }
    mark_direct(in, &asked);
    read_note_cut(in, 0);
    return 0;
}
