/* Bottlerocket has no package manager: usr/share/bottlerocket/application-inventory.json
 * lists the rpms that its image was built from, as AWS Systems Manager's inventory has
 * applications:
 *
 *     {"Content": [{"Name": "glibc", "Publisher": "Bottlerocket", "Version": "2.40",
 *                   "Release": "1.1700000000.abcdef.br1", "Epoch": "1",
 *                   "Architecture": "x86_64", "Url": "...", "Summary": "..."}]} */
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_PATH, "usr/share/bottlerocket/application-inventory.json", NULL},
    {0},
};

static int bottlerocket_read(struct read *in, struct err *err);

const struct reader pkg_bottlerocket = {
    .name = "bottlerocket",
    .title = "what Bottlerocket is made of",
    .version = 1,
    .database = true,
    .wants = wants,
    .read = bottlerocket_read,
};

/* [epoch:]version-release; no epoch is "0" or "(none)". */
static struct str version_of(struct arena *a, struct json one)
{
    struct str version = json_get_str(one, S("Version"));
    struct str release = json_get_str(one, S("Release"));
    struct str epoch = json_get_str(one, S("Epoch"));
    uint64_t number = 0;

    if (!version.n || !release.n)
        return version;
    if (str_u64(epoch, &number) && number)
        return str_printf(a, STR_FMT ":" STR_FMT "-" STR_FMT, STR_ARG(epoch),
                          STR_ARG(version), STR_ARG(release));
    return str_printf(a, STR_FMT "-" STR_FMT, STR_ARG(version), STR_ARG(release));
}

static void add(struct read *in, struct json one)
{
    struct str name = json_get_str(one, S("Name")), version = version_of(in->a, one);
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, json_line(one), name, version);
        return;
    }
    p = read_add(in, "rpm", name, version);
    p->line = json_line(one);
    p->arch = json_get_str(one, S("Architecture"));
    p->vendor = json_get_str(one, S("Publisher"));
    p->realm = S("rpm");
}

static int bottlerocket_read(struct read *in, struct err *err)
{
    struct json root, one;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("Content")));
         json_next(&e, NULL, &one);)
        add(in, one);
    return 0;
}
