#include "pkg/pypi.h"

#include "base/own.h"
#include "io/tree.h"
#include "model/graph.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_dash(char c)
{
    return c == '-' || c == '_' || c == '.';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

struct str pypi_key(struct arena *a, struct str name)
{
    char *out = arena_alloc(a, name.n + 1, 1);
    size_t n = 0;

    for (size_t i = 0; i < name.n; i++)
        if (!is_dash(name.p[i]))
            out[n++] = lower(name.p[i]);
        else if (!n || out[n - 1] != '-')
            out[n++] = '-';
    return (struct str){out, n};
}

void pypi_need(struct arena *a, struct buf *needs, struct str name)
{
    needs_add(needs, pypi_key(a, name));
}

/* ---- requirements ---- */

static size_t name_length(struct str s)
{
    size_t n = 0;

    while (n < s.n && (is_letter(s.p[n]) || is_dash(s.p[n])))
        n++;
    return n && is_letter(s.p[0]) ? n : 0;
}

/* " (>=2.8)", as older metadata has it, and ">=2.8" */
static struct str bare(struct str version)
{
    version = str_trim(version);
    if (str_starts(version, S("(")) && str_ends(version, S(")")))
        version = str_trim((struct str){version.p + 1, version.n - 2});
    return version;
}

/* A URL may have a semicolon in it; one of a marker has a blank in front. */
static void take_url(struct str rest, struct requirement *out)
{
    ptrdiff_t at = str_find(rest, S(" ;"));

    out->url = str_trim(rest);
    if (at < 0)
        return;
    out->url = str_trim((struct str){rest.p, (size_t)at});
    out->marker = str_trim(str_from(rest, (size_t)at + 2));
}

bool requirement_parse(struct str text, struct requirement *out)
{
    struct str rest = str_trim(text);
    size_t n = name_length(rest);

    *out = (struct requirement){.name = {rest.p, n}};
    rest = str_trim(str_from(rest, n));
    if (str_starts(rest, S("["))) {
        str_cut(str_from(rest, 1), ']', &out->extras, &rest);
        rest = str_trim(rest);
    }
    if (str_starts(rest, S("@"))) {
        take_url(str_from(rest, 1), out);
        return n > 0;
    }
    str_cut(rest, ';', &rest, &out->marker);
    out->marker = str_trim(out->marker);
    out->version = bare(rest);
    return n > 0 && (!out->version.n || strchr("<>=!~", out->version.p[0]));
}

/* Not "1.*", and not "${VERSION}" */
static bool is_exact(struct str version)
{
    for (size_t i = 0; i < version.n; i++)
        if (!is_letter(version.p[i]) && !is_dash(version.p[i]) && version.p[i] != '+' &&
            version.p[i] != '!')
            return false;
    return true;
}

/* "==1.0": 1.0; "==1.*" and ">=1" are none */
static struct str pin_of(struct str clause)
{
    clause = str_trim(clause);
    if (!str_starts(clause, S("==")))
        return (struct str){0};
    clause = str_trim(str_from(clause, str_starts(clause, S("===")) ? 3 : 2));
    return is_exact(clause) ? clause : (struct str){0};
}

struct str requirement_pin(const struct requirement *r)
{
    struct str rest = r->version, clause, name, version = {0};

    if (r->url.n)
        return wheel_parse(r->url, &name, &version) ? version : (struct str){0};
    while (!version.n && rest.n) {
        str_cut(rest, ',', &clause, &rest);
        version = pin_of(clause);
    }
    return version;
}

bool wheel_parse(struct str url, struct str *name, struct str *version)
{
    struct str rest;

    str_cut(url, '#', &url, &rest);
    str_cut(url, '?', &url, &rest);
    str_cut_last(url, '/', &rest, &url);
    if (!str_ends(url, S(".whl")))
        return false;
    return str_cut(url, '-', name, &rest) && str_cut(rest, '-', version, &rest) &&
           name->n && version->n;
}

static bool is_place(struct str text)
{
    static const char *const ends[] = {".whl", ".zip", ".gz", ".bz2", ".tar", ".xz"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(text, str_of(ends[i])))
            return true;
    return str_find(text, S("/")) >= 0 || str_equal(text, S("."));
}

bool requirement_exact(struct str text, struct str *name, struct str *version)
{
    struct requirement r;

    *name = *version = (struct str){0};
    if (requirement_parse(text, &r)) {
        *name = r.name;
        *version = requirement_pin(&r);
        return true;
    }
    if (is_place(text) && !wheel_parse(text, name, version))
        *version = (struct str){0};
    return is_place(text);
}

/* ---- groups ---- */

bool pypi_is_dev(struct str name)
{
    static const char *const words[] = {"dev",    "develop", "development", "test",
                                        "tests",  "testing", "lint",        "linting",
                                        "linter", "doc",     "docs",        "typing",
                                        "types",  "mypy",    "bench",       "ci"};
    size_t n;

    for (; name.n; name = str_from(name, n + 1)) {
        for (n = 0; n < name.n && is_letter(name.p[n]);)
            n++;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i]) == n && strncasecmp(name.p, words[i], n) == 0)
                return true;
    }
    return false;
}

/* ---- entries of lock files ---- */

static struct str exact(struct arena *a, struct str name, struct str version)
{
    struct str key = pypi_key(a, name);

    return version.n ? str_printf(a, STR_FMT "==" STR_FMT, STR_ARG(key), STR_ARG(version))
                     : key;
}

struct package *pypi_entry(struct read *in, struct json entry, struct loose *loose)
{
    struct str name = json_get_str(entry, S("name"));
    struct str version = json_get_str(entry, S("version"));
    own(buf) provides = {0};
    struct package *p;

    if (!name.n) {
        read_note_lacks(in, json_line(entry), name, version);
        return NULL;
    }
    if (!version.n) {
        loose_add(loose, name);
        return NULL;
    }
    p = read_add(in, "pypi", name, version);
    p->line = json_line(entry);
    p->key = exact(in->a, name, version);
    pypi_need(in->a, &provides, name);
    p->provides = buf_keep(in->a, &provides);
    return p;
}

void pypi_entry_need(struct arena *a, struct buf *needs, struct json dependency)
{
    needs_add(needs, exact(a, json_get_str(dependency, S("name")),
                           json_get_str(dependency, S("version"))));
}
