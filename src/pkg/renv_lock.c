/* renv.lock, of R's renv, JSON:
 *     {"R": {"Version": "4.3.1"},
 *      "Packages": {"cli": {"Package": "cli", "Version": "3.6.1", "Source": "Repository",
 *                           "Repository": "CRAN", "Requirements": ["R", "utils"]}}}
 * Since renv 1.1 an entry has Depends, Imports and LinkingTo instead, ["rlang (>= 1.0)"],
 * or all of the fields of the package, where these are lists or texts.
 * rstudio.github.io/renv/articles/lockfile.html; renv::snapshot() writes it. */
#include "base/err.h"
#include "base/own.h"
#include "pkg/relation.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "renv.lock"},
    {0},
};

static int renv_lock_read(struct read *in, struct err *err);

const struct reader pkg_renv_lock = {
    .name = "renv_lock",
    .title = "R: renv.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = renv_lock_read,
};

static struct str needs_of(struct arena *a, struct json entry)
{
    static const char *const fields[] = {"Requirements", "Depends", "Imports", "LinkingTo"};
    own(buf) needs = {0};
    struct json one;

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct json list = json_get(entry, str_of(fields[i]));

        relations_add(&needs, json_str(list));
        for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
            relations_add(&needs, json_str(one));
    }
    return buf_keep(a, &needs);
}

static void tell(struct read *in, struct str key, struct json entry)
{
    struct str name = json_get_str(entry, S("Package"));
    struct json version = json_get(entry, S("Version"));
    bool bioconductor = str_equal(json_get_str(entry, S("Source")), S("Bioconductor"));
    struct package *p;

    if (!json_str(version).n) {
        read_note_lacks(in, json_line(entry), key, (struct str){0});
        return;
    }
    p = read_add(in, bioconductor ? "bioconductor" : "cran", name.n ? name : key,
                 json_str(version));
    p->line = json_line(version);
    p->needs = needs_of(in->a, entry);
}

static int renv_lock_read(struct read *in, struct err *err)
{
    struct json root, entry, packages;
    struct str key;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    packages = json_get(root, S("Packages"));
    if (json_kind(packages) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "no map of Packages");
    for (struct json_each e = json_each(packages); json_next(&e, &key, &entry);)
        tell(in, key, entry);
    return 0;
}
