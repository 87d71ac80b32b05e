/* Perl distributions that cpanm installed: LIB/ARCH/.meta/NAME-VERSION/install.json,
 *     {"name": "Try::Tiny", "dist": "Try-Tiny-0.31", "version": "0.31",
 *      "pathname": "E/ET/ETHER/Try-Tiny-0.31.tar.gz", "provides": {"Try::Tiny": {...}}}
 * Others leave lists of files (.packlist) without a version. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/tree.h"

static bool is_meta(struct str path)
{
    return str_equal(path_base(path_dir(path_dir(path))), S(".meta"));
}

static const struct want wants[] = {
    {WANT_NAME, "install.json", .only = is_meta},
    {0},
};

static int cpan_meta_read(struct read *in, struct err *err);

const struct reader pkg_cpan_meta = {
    .name = "cpan_meta",
    .title = "Perl: distributions that cpanm installed",
    .version = 1,
    .wants = wants,
    .read = cpan_meta_read,
};

static int cpan_meta_read(struct read *in, struct err *err)
{
    struct json root, one;
    struct str dist, name, number, version, module;
    own(buf) provides = {0};
    struct package *p;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    dist = json_get_str(root, S("dist"));
    version = json_get_str(root, S("version"));
    if (!str_cut_last(dist, '-', &name, &number)) {
        name = dist;
        number = (struct str){0};
    }
    if (!version.n)
        version = number;
    if (!name.n || !version.n) {
        read_note_lacks(in, 1, name, version);
        return 0;
    }
    p = read_add(in, "cpan", name, version);
    p->realm = path_dir(path_dir(in->path));
    for (struct json_each e = json_each(json_get(root, S("provides")));
         json_next(&e, &module, &one);)
        needs_add(&provides, module);
    p->provides = buf_keep(in->a, &provides);
    return 0;
}
