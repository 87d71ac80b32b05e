/* Conda packages that are installed: conda-meta/NAME-VERSION-BUILD.json in an environment:
 *     {"name": "numpy", "version": "1.26.4", "build": "py311h64a7726_0",
 *      "channel": "https://conda.anaconda.org/conda-forge/linux-64", "subdir": "linux-64",
 *      "depends": ["libblas >=3.9.0,<4.0a0"], "license": "BSD-3-Clause",
 *      "requested_spec": "numpy"}
 * docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html; conda list is
 * the reference, and not to be had here. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/tree.h"

static bool is_meta(struct str path);

static const struct want wants[] = {
    {WANT_TAIL, ".json", .only = is_meta},
    {0},
};

static int conda_meta_read(struct read *in, struct err *err);

const struct reader pkg_conda_meta = {
    .name = "conda_meta",
    .title = "Conda installed packages",
    .version = 1,
    .wants = wants,
    .read = conda_meta_read,
};

static bool is_meta(struct str path)
{
    return str_equal(path_base(path_dir(path)), S("conda-meta"));
}

/* "https://conda.anaconda.org/conda-forge/linux-64", "pkgs/main/linux-64", or just the
 * name: conda-forge, pkgs/main */
static struct str channel_of(struct json root)
{
    struct str channel = json_get_str(root, S("channel")), dir, last;
    ptrdiff_t host = str_find(channel, S("://"));

    if (host >= 0)
        str_cut(str_from(channel, (size_t)host + 3), '/', &dir, &channel);
    if (str_cut_last(channel, '/', &dir, &last) &&
        str_equal(last, json_get_str(root, S("subdir"))))
        channel = dir;
    return channel;
}

/* "libblas >=3.9.0,<4.0a0", "python_abi 3.11.* *_cp311" */
static struct str needs_of(struct arena *a, struct json depends)
{
    own(buf) needs = {0};
    struct json one;
    struct str name, rest;

    for (struct json_each e = json_each(depends); json_next(&e, NULL, &one);) {
        str_cut(str_trim(json_str(one)), ' ', &name, &rest);
        needs_add(&needs, name);
    }
    return buf_keep(a, &needs);
}

static bool was_asked_for(struct json root)
{
    struct str spec = json_get_str(root, S("requested_spec"));

    return (spec.n && !str_equal(spec, S("None"))) ||
           json_len(json_get(root, S("requested_specs")));
}

static int conda_meta_read(struct read *in, struct err *err)
{
    struct json root;
    struct str name, version;
    struct package *p;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    name = json_get_str(root, S("name"));
    version = json_get_str(root, S("version"));
    if (!name.n || !version.n) {
        read_note_lacks(in, json_line(root), name, version);
        return 0;
    }
    p = read_add(in, "conda", name, version);
    p->line = json_line(json_get(root, S("name")));
    p->arch = json_get_str(root, S("subdir"));
    p->vendor = channel_of(root);
    p->licence = json_get_str(root, S("license"));
    p->realm = path_dir(in->path);
    p->needs = needs_of(in->a, json_get(root, S("depends")));
    p->direct = was_asked_for(root);
    return 0;
}
