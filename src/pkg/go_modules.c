/* The text of a Go program's modules, fields apart by tabs (runtime/debug.BuildInfo):
 *
 *     path    example.com/shop/cmd/shop
 *     mod     example.com/shop    (devel)
 *     dep     golang.org/x/text   v0.3.7  h1:olpwvP2KacW1ZWvsR7uQoYHYKtqYjf3m9A==
 *     dep     example.com/a       v1.0.0
 *     =>      example.com/b       v1.1.0  h1:...      b stands in for a
 *     build   -ldflags="-X main.version=v1.2.3"
 *     build   vcs.revision=...
 */
#include "pkg/go_modules.h"

#include "base/own.h"
#include "model/graph.h"

struct module {
    struct str path, version;
};

struct modules {
    struct module main, last; /* last: a "dep" that the next line may replace */
    struct go_settings settings;
    struct buf needs;    /* of the main module */
    struct module local; /* the first that has no version */
    size_t locals;
    struct str together; /* the version that the modules of one repository have in common */
};

static bool is_version(struct str s)
{
    return s.n && !str_equal(s, S("(devel)"));
}

static void add(struct read *in, struct modules *m, struct str path, struct str version)
{
    read_add(in, "golang", path, version);
    needs_add(&m->needs, path);
}

static void finish_last(struct read *in, struct modules *m)
{
    if (m->last.path.n && is_version(m->last.version))
        add(in, m, m->last.path, m->last.version);
    else if (m->last.path.n && m->locals++ == 0)
        m->local = m->last;
    m->last = (struct module){0};
}

static struct module module_of(struct str fields)
{
    struct module out;
    struct str rest, sum;

    str_cut(fields, '\t', &out.path, &rest);
    str_cut(rest, '\t', &out.version, &sum);
    return out;
}

/* The modules of etcd are released together, under one version, and each finds the others
 * in the folder beside it: "dep go.etcd.io/etcd/api/v3 v3.5.9", "=> ../api (devel)". */
static bool is_together(const struct modules *m, struct module by)
{
    struct str root = S("go.etcd.io/etcd/");

    return str_starts(m->main.path, root) && str_starts(m->last.path, root) &&
           is_version(m->last.version) && !is_version(by.version);
}

static void take_line(struct read *in, struct modules *m, struct str line, uint64_t n)
{
    struct str word, fields;

    if (!str_cut(line, '\t', &word, &fields)) {
        read_note(in, n, "of its modules, no line about one: \"%.40s\"",
                  str_copy(in->a, line).p);
        return;
    }
    if (str_equal(word, S("=>"))) {
        struct module by = module_of(fields);

        if (is_together(m, by))
            m->together = m->last.version;
        else
            *(m->last.path.n ? &m->last : &m->main) = by;
        return;
    }
    finish_last(in, m);
    if (str_equal(word, S("mod")))
        m->main = module_of(fields);
    else if (str_equal(word, S("dep")))
        m->last = module_of(fields);
    else if (str_equal(word, S("build")))
        go_setting(in->a, &m->settings, fields);
}

/* "go1.21.3", "go1.19.8 X:boringcrypto"; not "devel go1.22-0123456789". */
static void add_library(struct read *in, struct modules *m, struct str version)
{
    struct str rest;

    str_cut(version, ' ', &version, &rest);
    if (str_starts(version, S("go1")))
        add(in, m, S("stdlib"), str_from(version, 2));
    else
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "built by a Go that is no release (%.40s): its own library was not judged",
                 str_copy(in->a, version).p);
}

static struct str main_version(struct read *in, const struct modules *m,
                               const struct elf *e)
{
    struct str version = m->main.version;

    if (!is_version(version))
        version = go_version_linked(in->a, &m->settings, m->main.path);
    if (!version.n)
        version = m->together;
    if (!version.n)
        version = go_version_kept(in->a, e, m->main.path);
    if (!version.n)
        version = go_version_commit(in->a, &m->settings);
    return version;
}

static void add_main(struct read *in, struct modules *m, const struct elf *e)
{
    struct str version = {0};
    struct package *p;

    if (m->main.path.n)
        version = main_version(in, m, e);
    if (!version.n)
        return;
    p = read_add(in, "golang", m->main.path, version);
    p->direct = true;
    p->needs = buf_keep(in->a, &m->needs);
}

void go_modules(struct read *in, const struct elf *e, struct str go_version,
                struct str text)
{
    struct modules m = {0};
    struct str line;
    uint64_t n = 0;

    add_library(in, &m, go_version);
    while (str_line(&text, &line))
        if (n++, line.n)
            take_line(in, &m, line, n);
    finish_last(in, &m);
    add_main(in, &m, e);
    if (m.locals)
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "modules from folders, without a version: %zu, the first %.80s", m.locals,
                 str_copy(in->a, m.local.path).p);
    buf_done(&m.needs);
}
