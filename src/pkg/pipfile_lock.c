/* Pipfile.lock, JSON: a section a group of the Pipfile, "default" and "develop" first of
 * all, and in it everything that this group needs:
 *     "default": {"requests": {"version": "==2.31.0", "index": "pypi", "hashes": [...]},
 *                 "tool": {"git": "https://...", "ref": "0a1b..."}}
 * What needs what is not told. https://pipenv.pypa.io/en/latest/pipfile.html; pipenv is the
 * reference. */
#include "pkg/pypi.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "Pipfile.lock"},
    {0},
};

static int pipfile_lock_read(struct read *in, struct err *err);

const struct reader pkg_pipfile_lock = {
    .name = "pipfile_lock",
    .title = "Pipenv: Pipfile.lock",
    .checked = "pipenv",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = pipfile_lock_read,
};

struct reading {
    struct read *in;
    struct map seen; /* "requests==2.31.0" */
    struct loose loose;
};

/* "==2.31.0", or of a file what its name says */
static struct str version_of(struct json entry)
{
    struct requirement r = {.version = json_get_str(entry, S("version"))};

    r.url = r.version.n ? r.url : json_get_str(entry, S("file"));
    if (!r.version.n && !r.url.n)
        r.url = json_get_str(entry, S("path"));
    return requirement_pin(&r);
}

/* Another section has most of it once more; the first counts. */
static bool is_new(struct reading *r, struct str name, struct str version)
{
    struct arena *a = r->in->a;
    struct str key = pypi_key(a, name);
    void **at = map_at(a, &r->seen,
                       str_printf(a, STR_FMT "==" STR_FMT, STR_ARG(key), STR_ARG(version)));

    if (*at)
        return false;
    *at = r;
    return true;
}

static void take_section(struct reading *r, struct json section, bool dev)
{
    struct json entry;
    struct str name;

    for (struct json_each e = json_each(section); json_next(&e, &name, &entry);) {
        struct str version = version_of(entry);
        struct package *p;

        if (!name.n || json_kind(entry) != JSON_MAP) {
            read_note(r->in, json_line(entry), "no package: \"%.80s\"",
                      str_copy(r->in->a, name).p);
        } else if (!version.n) {
            loose_add(&r->loose, name);
        } else if (is_new(r, name, version)) {
            p = read_add(r->in, "pypi", name, version);
            p->line = json_line(entry);
            p->key = pypi_key(r->in->a, name);
            p->dev = dev;
        }
    }
}

static int pipfile_lock_read(struct read *in, struct err *err)
{
    struct reading reading = {.in = in};
    struct json root, section;
    struct str name;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    for (int dev = 0; dev < 2; dev++) /* what is there anyway goes first */
        for (struct json_each e = json_each(root); json_next(&e, &name, &section);)
            if (!str_equal(name, S("_meta")) && pypi_is_dev(name) == dev)
                take_section(&reading, section, dev);
    loose_note(in, &reading.loose);
    return 0;
}
