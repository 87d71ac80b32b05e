/* Perl distributions that cpanm or Carton installed: LIB/ARCH/.meta/Try-Tiny-0.31/ has
 * install.json, which says by which modules others know it,
 *     {"name": "Try::Tiny", "dist": "Try-Tiny-0.31", "version": 0.31,
 *      "pathname": "E/ET/ETHER/Try-Tiny-0.31.tar.gz", "provides": {"Try::Tiny": {...}}}
 * and MYMETA.json, which modules it needs (metacpan.org/pod/CPAN::Meta::Spec):
 *     {"license": ["perl_5"], "prereqs": {"runtime": {"requires": {"Carp": "0"}}}}
 * Each is told of by itself, and both become one (scan/settle_twice.c). What other programs
 * install is in perllocal.pod. metacpan.org/pod/App::cpanminus; cpanm writes them. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/cpan.h"
#include "pkg/tree.h"

static bool is_meta(struct str path)
{
    return str_equal(path_base(path_dir(path_dir(path))), S(".meta"));
}

static const struct want wants[] = {
    {WANT_NAME, "install.json", .only = is_meta},
    {WANT_NAME, "MYMETA.json", .only = is_meta},
    {0},
};

static int cpan_meta_read(struct read *in, struct err *err);

const struct reader pkg_cpan_meta = {
    .name = "cpan_meta",
    .title = "Perl: distributions that cpanm installed",
    .checked = "cpanm, Carton",
    .version = 1,
    .wants = wants,
    .read = cpan_meta_read,
};

static struct str keys_of(struct arena *a, struct json map)
{
    own(buf) keys = {0};
    struct str key;
    struct json value;

    for (struct json_each e = json_each(map); json_next(&e, &key, &value);)
        needs_add(&keys, key);
    return buf_keep(a, &keys);
}

/* ["perl_5", "mit"] */
static struct str licence_of(struct arena *a, struct json list)
{
    own(buf) b = {0};
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        if (b.len)
            buf_str(&b, S(" or "));
        buf_str(&b, json_str(one));
    }
    return str_copy(a, buf_view(&b));
}

static int cpan_meta_read(struct read *in, struct err *err)
{
    struct str dir = path_dir(in->path), name, version;
    struct json root, prereqs;
    struct package *p;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    if (!cpan_dist(path_base(dir), &name, &version)) {
        read_note_lacks(in, 0, name, version);
        return 0;
    }
    p = read_add(in, "cpan", name, version);
    p->realm = path_dir(path_dir(dir));
    p->licence = licence_of(in->a, json_get(root, S("license")));
    p->provides = keys_of(in->a, json_get(root, S("provides")));
    prereqs = json_get(json_get(root, S("prereqs")), S("runtime"));
    p->needs = keys_of(in->a, json_get(prereqs, S("requires")));
    return 0;
}
