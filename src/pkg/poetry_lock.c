/* poetry.lock, TOML: a [[package]] each, with what it needs as keys of a table:
 *     name = "requests"
 *     version = "2.31.0"
 *     category = "main"     # until 1.4; groups = ["main", "dev"] since 2.0
 *     optional = false
 *     [package.dependencies]
 *     certifi = ">=2017.4.17"
 * In between nothing told the groups. What the project itself asks for is in
 * pyproject.toml. [metadata] comes last. python-poetry.org/docs/managing-dependencies;
 * poetry is the reference. */
#include "base/own.h"
#include "pkg/pypi.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "poetry.lock"},
    {0},
};

static int poetry_lock_read(struct read *in, struct err *err);

const struct reader pkg_poetry_lock = {
    .name = "poetry_lock",
    .title = "Poetry: poetry.lock",
    .checked = "Poetry 1.3",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = poetry_lock_read,
};

/* Groups other than "main" are for development, says Poetry's manual. */
static bool is_dev(struct json entry)
{
    struct str category = json_get_str(entry, S("category"));
    struct json groups = json_get(entry, S("groups")), one;

    for (struct json_each e = json_each(groups); json_next(&e, NULL, &one);)
        if (str_equal(json_str(one), S("main")))
            return false;
    return json_len(groups) || (category.n && !str_equal(category, S("main")));
}

static struct str needs_of(struct arena *a, struct json entry)
{
    struct json dependencies = json_get(entry, S("dependencies")), value;
    own(buf) needs = {0};
    struct str name;

    for (struct json_each e = json_each(dependencies); json_next(&e, &name, &value);)
        pypi_need(a, &needs, name);
    return buf_keep(a, &needs);
}

static void note_end(struct read *in, struct json root)
{
    struct json metadata = json_get(root, S("metadata"));
    struct str version = json_get_str(metadata, S("lock-version"));

    if (!json_get_str(metadata, S("content-hash")).n)
        read_note(in, 0, "[metadata] is missing: it may have been cut off");
    else if (version.n && !str_starts(version, S("1.")) && !str_starts(version, S("2.")))
        read_note(in, json_line(metadata),
                  "lock-version %.20s is newer than 2: read as if it were 2",
                  str_copy(in->a, version).p);
    read_note_cut(in, 0);
}

static int poetry_lock_read(struct read *in, struct err *err)
{
    struct loose loose = {0};
    struct json root, entry;
    struct package *p;
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("package")));
         json_next(&e, NULL, &entry);) {
        p = pypi_entry(in, entry, &loose);
        if (!p)
            continue;
        p->dev = is_dev(entry);
        p->optional = json_true(json_get(entry, S("optional")));
        p->needs = needs_of(in->a, entry);
    }
    note_end(in, root);
    loose_note(in, &loose);
    return 0;
}
