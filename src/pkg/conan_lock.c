/* Conan's conan.lock and conanfile.txt. Version 2 of the lock file lists references:
 *     {"version": "0.5", "requires":
 * ["zlib/1.2.13#13c96f538b52e1600c40b88994de240f%1667396813"], "build_requires":
 * ["cmake/3.27.1#..."], "python_requires": []} version 1 a graph:
 *     {"graph_lock": {"nodes": {"0": {"ref": "app/1.0", "requires": ["1"]},
 *                               "1": {"ref": "zlib/1.2.11", "package_id": "..."}}}}
 * conanfile.txt has sections, [requires] with a reference a line. A reference is
 * name/version@user/channel#revision. docs.conan.io, "Lockfiles". */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "conan.lock"},
    {WANT_NAME, "conanfile.txt"},
    {0},
};

static int conan_lock_read(struct read *in, struct err *err);

const struct reader pkg_conan_lock = {
    .name = "conan_lock",
    .title = "Conan: conan.lock, conanfile.txt",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = conan_lock_read,
};

/* NULL when it is no reference, and that was said, or a range, which was not. */
static struct package *tell(struct read *in, struct str reference, uint64_t line)
{
    struct str name, version, rest;
    struct package *p;

    if (!str_cut(reference, '/', &name, &version) || !name.n) {
        read_note(in, line, "no reference name/version: \"%.60s\"",
                  str_copy(in->a, reference).p);
        return NULL;
    }
    str_cut(version, '%', &version, &rest);
    str_cut(version, '#', &version, &rest);
    str_cut(version, '@', &version, &rest);
    if (!version.n) {
        read_note_lacks(in, line, name, version);
        return NULL;
    }
    if (version.p[0] == '[') {
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 STR_FMT " without an exact version", STR_ARG(name));
        return NULL;
    }
    p = read_add(in, "conan", name, version);
    p->line = line;
    return p;
}

static void read_list(struct read *in, struct json list, bool dev)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct package *p = tell(in, json_str(one), json_line(one));

        if (p)
            p->dev = dev;
    }
}

/* Node 0 is the project. */
static void read_nodes(struct read *in, struct json nodes)
{
    struct map asked = {0};
    struct json node, one;
    struct str key;

    for (struct json_each e = json_each(nodes); json_next(&e, &key, &node);) {
        struct json ref = json_get(node, S("ref"));
        own(buf) needs = {0};
        struct package *p;

        if (str_equal(key, S("0")) || !json_str(ref).n)
            continue;
        p = tell(in, json_str(ref), json_line(ref));
        if (!p)
            continue;
        p->key = key;
        for (struct json_each r = json_each(json_get(node, S("requires")));
             json_next(&r, NULL, &one);)
            needs_add(&needs, json_str(one));
        p->needs = buf_keep(in->a, &needs);
    }
    for (struct json_each e = json_each(json_get(json_get(nodes, S("0")), S("requires")));
         json_next(&e, NULL, &one);)
        *map_at(in->a, &asked, json_str(one)) = in;
    for (size_t i = 0; i < in->packages.len; i++)
        in->packages.at[i].direct = map_get(&asked, in->packages.at[i].key) != NULL;
}

static int read_conanfile(struct read *in)
{
    struct str rest = in->bytes, line, section = {0}, comment;

    for (uint64_t n = 1; str_line(&rest, &line); n++) {
        bool tools = str_equal(section, S("[tool_requires]")) ||
                     str_equal(section, S("[build_requires]"));
        struct package *p;

        line = str_trim(line);
        if (str_starts(line, S("["))) {
            section = line;
            continue;
        }
        if (!line.n || line.p[0] == '#' || (!tools && !str_equal(section, S("[requires]"))))
            continue;
        str_cut(line, ' ', &line, &comment);
        p = tell(in, line, n);
        if (p) {
            p->direct = true;
            p->dev = tools;
        }
    }
    return 0;
}

static int conan_lock_read(struct read *in, struct err *err)
{
    struct json root, nodes;
    int r;

    if (str_equal(path_base(in->path), S("conanfile.txt")))
        return read_conanfile(in);
    r = read_tree(in, TREE_JSON, &root, err);
    if (r < 0)
        return r;
    nodes = json_get(json_get(root, S("graph_lock")), S("nodes"));
    if (json_kind(nodes) == JSON_MAP) {
        read_nodes(in, nodes);
        return 0;
    }
    if (json_kind(json_get(root, S("requires"))) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "neither a graph nor a list of what is required");
    read_list(in, json_get(root, S("requires")), false);
    read_list(in, json_get(root, S("build_requires")), true);
    read_list(in, json_get(root, S("python_requires")), true);
    return 0;
}
