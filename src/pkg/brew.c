/* Homebrew: Cellar/NAME/VERSION/INSTALL_RECEIPT.json below its prefix
 * (/home/linuxbrew/.linuxbrew, /opt/homebrew, /usr/local). The folders say what is
 * installed, the receipt how it came:
 *
 *     {"installed_on_request": true, "source": {"tap": "homebrew/core"}, "arch": "x86_64",
 *      "runtime_dependencies": [{"full_name": "openssl@3", "version": "3.2.1"}]}
 *
 * The version ends in "_1" when the formula was revised. Formula names of other taps have
 * the tap in front: "some/tap/tool". The licence is in the formula, which is Ruby, and not
 * read. brew list is the reference; docs.brew.sh, and tab.rb of Homebrew. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "pkg/tree.h"

static bool is_keg(struct str path);

static const struct want wants[] = {
    {WANT_NAME, "INSTALL_RECEIPT.json", .only = is_keg},
    {0},
};

static int brew_read(struct read *in, struct err *err);

const struct reader pkg_brew = {
    .name = "brew",
    .title = "packages installed by Homebrew",
    .version = 1,
    .wants = wants,
    .read = brew_read,
};

/* The folder of all versions, Cellar/NAME. */
static struct str rack_of(struct str path)
{
    return path_dir(path_dir(path));
}

static bool is_keg(struct str path)
{
    return str_equal(path_base(path_dir(rack_of(path))), S("Cellar"));
}

static struct str needs_of(struct arena *a, struct json dependencies)
{
    own(buf) needs = {0};
    struct json one;

    for (struct json_each e = json_each(dependencies); json_next(&e, NULL, &one);)
        needs_add(&needs, path_base(json_get_str(one, S("full_name"))));
    return buf_keep(a, &needs);
}

static int brew_read(struct read *in, struct err *err)
{
    struct json root;
    struct package *p;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    p = read_add(in, "brew", path_base(rack_of(in->path)), path_base(path_dir(in->path)));
    p->arch = json_get_str(root, S("arch"));
    p->vendor = json_get_str(json_get(root, S("source")), S("tap"));
    if (!str_equal(p->vendor, S("homebrew/core")))
        p->group = p->vendor;
    p->realm = path_dir(rack_of(in->path));
    p->needs = needs_of(in->a, json_get(root, S("runtime_dependencies")));
    p->direct = json_true(json_get(root, S("installed_on_request")));
    return 0;
}
