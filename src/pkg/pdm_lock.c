/* pdm.lock, TOML: a [[package]] each, and one more for each set of extras that somebody
 * wants of it:
 *     name = "requests"
 *     version = "2.31.0"
 *     extras = ["socks"]             # of the further one
 *     groups = ["default", "test"]   # since lock_version 4.4
 *     dependencies = ["PySocks!=1.5.7,>=1.5.6", "requests==2.31.0"]
 * What the project itself asks for is in pyproject.toml.
 * pdm-project.org/latest/usage/lockfile; pdm is the reference. */
#include "base/own.h"
#include "pkg/pypi.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "pdm.lock"},
    {0},
};

static int pdm_lock_read(struct read *in, struct err *err);

const struct reader pkg_pdm_lock = {
    .name = "pdm_lock",
    .title = "PDM: pdm.lock",
    .checked = "PDM 2.2",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = pdm_lock_read,
};

/* One of a package and its extras. */
struct part {
    struct json entry;
    struct part *next;
};

struct parts {
    struct part *first;
    bool told;
};

struct reading {
    struct read *in;
    struct map names; /* "requests==2.31.0" -> struct parts */
    struct loose loose;
};

static struct parts *parts_of(struct reading *r, struct json entry)
{
    struct arena *a = r->in->a;
    struct str name = pypi_key(a, json_get_str(entry, S("name")));
    struct str version = json_get_str(entry, S("version"));
    void **at = map_at(
        a, &r->names, str_printf(a, STR_FMT "==" STR_FMT, STR_ARG(name), STR_ARG(version)));

    if (!*at)
        *at = arena_new(a, struct parts);
    return *at;
}

static void gather(struct reading *r, struct json packages)
{
    struct json entry;

    for (struct json_each e = json_each(packages); json_next(&e, NULL, &entry);) {
        struct parts *parts = parts_of(r, entry);
        struct part *part = arena_new(r->in->a, struct part);

        *part = (struct part){entry, parts->first};
        parts->first = part;
    }
}

static struct str needs_of(struct arena *a, const struct parts *parts)
{
    own(buf) needs = {0};
    struct requirement r;
    struct json one;

    for (const struct part *p = parts->first; p; p = p->next)
        for (struct json_each e = json_each(json_get(p->entry, S("dependencies")));
             json_next(&e, NULL, &one);)
            if (requirement_parse(json_str(one), &r))
                pypi_need(a, &needs, r.name);
    return buf_keep(a, &needs);
}

/* Groups for development and those of optional dependencies have no marks: it is by the
 * names. In "default" is what is always there. */
static void take_groups(struct package *p, struct json groups)
{
    bool dev = json_len(groups) > 0, always = !dev;
    struct json one;

    for (struct json_each e = json_each(groups); json_next(&e, NULL, &one);) {
        always |= str_equal(json_str(one), S("default"));
        dev &= pypi_is_dev(json_str(one));
    }
    p->dev = dev && !always;
    p->optional = !dev && !always;
}

static void tell(struct reading *r, struct json packages)
{
    struct json entry;

    for (struct json_each e = json_each(packages); json_next(&e, NULL, &entry);) {
        struct parts *parts = parts_of(r, entry);
        struct package *p;

        if (parts->told)
            continue;
        parts->told = true;
        p = pypi_entry(r->in, entry, &r->loose);
        if (!p)
            continue;
        p->needs = needs_of(r->in->a, parts);
        take_groups(p, json_get(entry, S("groups")));
    }
}

static int pdm_lock_read(struct read *in, struct err *err)
{
    struct reading reading = {.in = in};
    struct json root, packages;
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    packages = json_get(root, S("package"));
    gather(&reading, packages);
    tell(&reading, packages);
    loose_note(in, &reading.loose);
    if (json_kind(json_get(root, S("metadata"))) != JSON_MAP)
        read_note(in, 0, "[metadata] is missing: it may have been cut off");
    read_note_cut(in, 0);
    return 0;
}
