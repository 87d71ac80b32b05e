/* Snaps, unpacked: meta/snap.yaml says what a snap is, and snap/manifest.yaml, where the
 * publisher lets snapcraft leave one, which Debian packages went into it:
 *
 *     name: hello                        primed-stage-packages:
 *     version: '2.10'                    - libc6=2.35-0ubuntu3.6
 *     architectures: [amd64]             - libssl3:amd64=3.0.2-0ubuntu1.15
 *
 * They lie in a folder of the snap's own, snap/NAME/REVISION below the root, or the root
 * is the snap. documentation.ubuntu.com/snapcraft; snapcraft's meta/manifest. */
#include "model/path.h"
#include "pkg/tree.h"

static bool is_snap(struct str path);
static bool is_manifest(struct str path);

static const struct want wants[] = {
    {WANT_NAME, "snap.yaml", .only = is_snap},
    {WANT_NAME, "manifest.yaml", .only = is_manifest},
    {0},
};

static int snap_read(struct read *in, struct err *err);

const struct reader pkg_snap = {
    .name = "snap",
    .title = "snaps, and Debian packages in them",
    .version = 1,
    .wants = wants,
    .read = snap_read,
};

/* "snap/NAME/REVISION", or the root itself */
static bool is_snap_folder(struct str dir)
{
    return !dir.n || str_equal(path_dir(path_dir(dir)), S("snap"));
}

static bool is_snap(struct str path)
{
    struct str dir = path_dir(path);

    return str_equal(path_base(dir), S("meta")) && is_snap_folder(path_dir(dir));
}

static bool is_manifest(struct str path)
{
    struct str dir = path_dir(path);

    return str_equal(path_base(dir), S("snap")) && is_snap_folder(path_dir(dir));
}

static struct str arch_of(struct json root)
{
    struct json one, list = json_get(root, S("architectures"));
    struct json_each e = json_each(list);

    return json_len(list) == 1 && json_next(&e, NULL, &one) ? json_str(one)
                                                            : (struct str){0};
}

static void read_snap(struct read *in, struct json root)
{
    struct str name = json_get_str(root, S("name"));
    struct str version = json_get_str(root, S("version"));
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, 1, name, version);
        return;
    }
    p = read_add(in, "generic", name, version);
    p->line = json_line(json_get(root, S("name")));
    p->arch = arch_of(root);
    p->licence = json_get_str(root, S("license"));
}

/* "libssl3:amd64=3.0.2-0ubuntu1.15" */
static void add_staged(struct read *in, struct json one, struct str arch)
{
    struct str name, version, own;
    struct package *p;

    str_cut(json_str(one), '=', &name, &version);
    if (str_cut(name, ':', &name, &own))
        arch = own;
    if (!name.n || !version.n) {
        read_note_lacks(in, json_line(one), name, version);
        return;
    }
    p = read_add(in, "deb", name, version);
    p->line = json_line(one);
    p->arch = arch;
}

static int snap_read(struct read *in, struct err *err)
{
    struct json root, one;
    struct str arch;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    arch = arch_of(root);
    if (str_equal(path_base(in->path), S("snap.yaml")))
        read_snap(in, root);
    else
        for (struct json_each e = json_each(json_get(root, S("primed-stage-packages")));
             json_next(&e, NULL, &one);)
            add_staged(in, one, arch);
    return 0;
}
