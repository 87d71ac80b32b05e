/* Python packages that are installed: NAME-VERSION.dist-info/METADATA, as pip leaves it
 * beside the modules, and its forerunners NAME.egg-info/PKG-INFO, NAME.egg-info (a file,
 * of distutils) and NAME.egg/EGG-INFO/PKG-INFO. Headers as in a mail, then an empty line
 * and a description. packaging.python.org/specifications/core-metadata; importlib.metadata
 * is the reference, and pip list. */
#include "base/own.h"
#include "model/path.h"
#include "model/reader.h"
#include "pkg/pypi.h"

#include <strings.h>

static bool is_metadata(struct str path);
static bool is_pkg_info(struct str path);

static const struct want wants[] = {
    {WANT_NAME, "METADATA", .only = is_metadata},
    {WANT_NAME, "PKG-INFO", .only = is_pkg_info},
    {WANT_TAIL, ".egg-info"},
    {0},
};

static int dist_info_read(struct read *in, struct err *err);

const struct reader pkg_dist_info = {
    .name = "dist_info",
    .title = "Python installed packages",
    .checked = "pip list, pip show",
    .version = 2,
    .wants = wants,
    .read = dist_info_read,
};

/* pip renames what it removes to "~equests-2.31.0.dist-info", and may leave it there. */
static bool is_removed(struct str dir)
{
    return str_starts(path_base(dir), S("~"));
}

static bool is_metadata(struct str path)
{
    struct str dir = path_dir(path);

    return str_ends(dir, S(".dist-info")) && !is_removed(dir);
}

static bool is_pkg_info(struct str path)
{
    struct str dir = path_dir(path);

    return !is_removed(dir) &&
           (str_ends(dir, S(".egg-info")) || str_ends(dir, S(".egg/EGG-INFO")));
}

/* Where it is imported from: ".../site-packages" */
static struct str realm_of(struct str path)
{
    struct str dir = path_dir(path);

    if (str_ends(path, S(".egg-info")))
        return dir;
    return str_ends(dir, S("/EGG-INFO")) ? path_dir(path_dir(dir)) : path_dir(dir);
}

/* ---- headers ---- */

struct header {
    struct str name, value; /* the first line of it, trimmed */
    bool more;              /* and others continue it */
    uint64_t line;
};

struct headers {
    struct str rest;
    uint64_t line;
};

static bool is_continued(struct str rest)
{
    return rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t');
}

/* Licences and descriptions may have lines that are neither a header nor begin with a
 * blank: setuptools once did not indent them. They are passed over. */
static bool next(struct headers *h, struct header *out)
{
    struct str line;

    *out = (struct header){0};
    while (str_line(&h->rest, &line)) {
        h->line++;
        if (!is_continued(line) && !str_trim(line).n)
            return false;
        if (is_continued(line) || !str_cut(line, ':', &out->name, &out->value))
            continue;
        out->value = str_trim(out->value);
        out->line = h->line;
        out->more = is_continued(h->rest);
        return true;
    }
    return false;
}

static bool is(const struct header *h, struct str name)
{
    return h->name.n == name.n && strncasecmp(h->name.p, name.p, name.n) == 0;
}

/* ---- one package ---- */

struct record {
    struct str name, version, expression, licence;
    struct buf classifiers, needs;
    uint64_t line;
};

static void record_done(struct record *rec)
{
    buf_done(&rec->classifiers);
    buf_done(&rec->needs);
}

/* "License :: OSI Approved :: MIT License": MIT License */
static void take_classifier(struct record *rec, struct str value)
{
    struct str head, tail;

    if (!str_starts(value, S("License ::")))
        return;
    str_cut_last(value, ':', &head, &tail);
    tail = str_trim(tail);
    if (str_equal(tail, S("OSI Approved")))
        return;
    if (rec->classifiers.len)
        buf_str(&rec->classifiers, S(", "));
    buf_str(&rec->classifiers, tail);
}

/* "3.11" of ".../lib/python3.11/site-packages"; empty where the path does not tell. */
static struct str python_of(struct str realm)
{
    struct str name = path_base(path_dir(realm)), major, minor;
    uint64_t n;

    for (size_t i = 0; i < 2; i++) {
        struct str word = i ? S("pypy") : S("python");

        if (str_starts(name, word) &&
            str_cut(str_from(name, word.n), '.', &major, &minor) && str_u64(major, &n) &&
            str_u64(minor, &n))
            return str_from(name, word.n);
    }
    return (struct str){0};
}

/* What an extra brings is there only when somebody asked for it. */
static void take_requirement(struct read *in, struct record *rec, struct str value)
{
    const struct marker_env env = {.on_linux = true,
                                   .python = python_of(realm_of(in->path))};
    struct requirement r;

    if (requirement_parse(value, &r) && marker_holds(r.marker, &env))
        pypi_need(in->a, &rec->needs, r.name);
}

static void take_header(struct read *in, struct record *rec, const struct header *h)
{
    if (is(h, S("Name"))) {
        rec->name = h->value;
        rec->line = h->line;
    } else if (is(h, S("Version"))) {
        rec->version = h->value;
    } else if (is(h, S("License-Expression"))) {
        rec->expression = h->value;
    } else if (is(h, S("License"))) {
        if (!h->more) /* more lines are the whole text of it */
            rec->licence = h->value;
    } else if (is(h, S("Classifier"))) {
        take_classifier(rec, h->value);
    } else if (is(h, S("Requires-Dist"))) {
        take_requirement(in, rec, h->value);
    }
}

static struct str licence_of(struct arena *a, struct record *rec)
{
    if (rec->expression.n)
        return rec->expression;
    if (rec->licence.n && !str_equal(rec->licence, S("UNKNOWN")))
        return rec->licence;
    return buf_keep(a, &rec->classifiers);
}

static int dist_info_read(struct read *in, struct err *err)
{
    struct headers headers = {.rest = in->bytes};
    own(record) rec = {0};
    struct header h;
    struct package *p;

    (void)err;
    while (next(&headers, &h))
        take_header(in, &rec, &h);
    if (!headers.rest.n)
        read_note_cut(in, headers.line);
    if (!rec.name.n || !rec.version.n) {
        read_note_lacks(in, rec.line, rec.name, rec.version);
        return 0;
    }
    p = read_add(in, "pypi", rec.name, rec.version);
    p->line = rec.line;
    p->licence = licence_of(in->a, &rec);
    p->realm = realm_of(in->path);
    p->key = pypi_key(in->a, rec.name);
    p->needs = buf_keep(in->a, &rec.needs);
    return 0;
}
