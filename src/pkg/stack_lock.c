/* stack.yaml.lock, of Haskell's stack:
 *     packages:
 *     - completed:
 *         hackage: acme-missiles-0.3@sha256:2ba66a...,613
 *       original: {hackage: acme-missiles-0.3}
 *     snapshots:
 *     - original: lts-21.5
 * Only what the snapshot does not have, or has otherwise, is listed. What comes from git
 * or an archive has name and version apart. docs.haskellstack.org, "Lock files". */
#include "pkg/tree.h"

#include <inttypes.h>

static const struct want wants[] = {
    {WANT_NAME, "stack.yaml.lock"},
    {0},
};

static int stack_lock_read(struct read *in, struct err *err);

const struct reader pkg_stack_lock = {
    .name = "stack_lock",
    .title = "Haskell: stack.yaml.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = stack_lock_read,
};

static void tell(struct read *in, struct json completed)
{
    struct json hackage = json_get(completed, S("hackage"));
    struct str name = json_get_str(completed, S("name")), hash;
    struct str version = json_get_str(completed, S("version"));
    uint64_t line = json_line(json_get(completed, S("version")));

    if (json_str(hackage).n) {
        line = json_line(hackage);
        str_cut(json_str(hackage), '@', &name, &hash);
        str_cut_last(name, '-', &name, &version);
    }
    if (name.n && version.n)
        read_add(in, "hackage", name, version)->line = line;
    else
        read_note_lacks(in, json_line(completed), name, version);
}

/* Of the packages of a snapshot it says nothing, and neither can we. */
static void tell_snapshots(struct read *in, struct json list)
{
    struct json one, original;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct str name = json_str(original = json_get(one, S("original")));

        if (!name.n)
            name = json_get_str(original, S("snapshot"));
        if (!name.n)
            name = json_get_str(original, S("url"));
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "line %" PRIu64 ": the packages of snapshot " STR_FMT
                 " are not listed in it",
                 json_line(original), STR_ARG(name));
    }
}

static int stack_lock_read(struct read *in, struct err *err)
{
    struct json root, one;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("packages")));
         json_next(&e, NULL, &one);)
        tell(in, json_get(one, S("completed")));
    tell_snapshots(in, json_get(root, S("snapshots")));
    read_note_cut(in, 0);
    return 0;
}
