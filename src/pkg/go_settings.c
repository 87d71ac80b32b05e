/* Build settings of a Go program that tell the version of its own module:
 *
 *     -ldflags="-s -w -X main.version=v1.2.3 -X 'main.date=2023-01-02'"
 *     vcs.revision=0123456789abcdef0123456789abcdef01234567
 *     vcs.time=2023-01-02T03:04:05Z
 *     vcs.modified=true
 *
 * A value with blanks or quotes stands in quotes, as strconv.Quote makes them. The name of
 * a version for a commit without a tag: https://go.dev/ref/mod#pseudo-versions */
#include "pkg/go_modules.h"

#include "base/buf.h"
#include "base/own.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* \" and \\ are what there is within flags. */
static struct str unquoted(struct arena *a, struct str s)
{
    own(buf) out = {0};

    if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '`') || s.p[s.n - 1] != s.p[0])
        return s;
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[0] == '"' && s.p[i] == '\\' && i + 2 < s.n)
            i++;
        buf_char(&out, s.p[i]);
    }
    return buf_keep(a, &out);
}

void go_setting(struct arena *a, struct go_settings *s, struct str setting)
{
    struct str key, value;

    if (!str_cut(setting, '=', &key, &value))
        return;
    if (str_equal(key, S("-ldflags")))
        s->ldflags = unquoted(a, value);
    else if (str_equal(key, S("vcs.revision")))
        s->revision = value;
    else if (str_equal(key, S("vcs.time")))
        s->time = value;
    else if (str_equal(key, S("vcs.modified")))
        s->modified = str_equal(value, S("true"));
}

/* ---- flags of the linker ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* The next word, without the quotes around it or around a part of it; its bytes in `word`.
 */
static bool next_flag(struct str *rest, struct buf *word)
{
    char quote = 0;
    size_t i = 0;

    *rest = str_trim(*rest);
    word->len = 0;
    for (; i < rest->n && (quote || !is_blank(rest->p[i])); i++) {
        if (rest->p[i] == quote)
            quote = 0;
        else if (!quote && (rest->p[i] == '\'' || rest->p[i] == '"'))
            quote = rest->p[i];
        else
            buf_char(word, rest->p[i]);
    }
    *rest = str_from(*rest, i);
    return i > 0;
}

bool go_looks_like_version(struct str s)
{
    bool point = false;
    size_t from = str_starts(s, S("v"));

    if (s.n > 64 || s.n <= from || !isdigit((unsigned char)s.p[from]))
        return false;
    for (size_t i = from; i < s.n; i++) {
        point |= s.p[i] == '.';
        if (!isalnum((unsigned char)s.p[i]) && !(s.p[i] && strchr(".-+~_", s.p[i])))
            return false;
    }
    return point;
}

static bool is_called_version(struct str name)
{
    static const char *const names[] = {"version",       "gitversion",     "buildversion",
                                        "appversion",    "releaseversion", "currentversion",
                                        "versionnumber", "gittag",         "tag",
                                        "buildtag",      "gitdescribe"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.n == strlen(names[i]) && strncasecmp(name.p, names[i], name.n) == 0)
            return true;
    return false;
}

/* Its own: of package main, or of one below the module; or of one made to hold versions,
 * "github.com/prometheus/common/version". */
static bool is_of(struct str package, struct str module)
{
    struct str above, last;

    str_cut_last(package, '/', &above, &last);
    return str_equal(package, S("main")) || str_starts(package, module) ||
           str_equal(last, S("version"));
}

/* "main.version=v1.2.3", behind -X. */
static struct str version_in(struct str flag, struct str module)
{
    struct str variable, value, package, name;

    if (!str_cut(flag, '=', &variable, &value) ||
        !str_cut_last(variable, '.', &package, &name) || !is_called_version(name) ||
        !go_looks_like_version(value) || !is_of(package, module))
        return (struct str){0};
    return value;
}

struct str go_with_v(struct arena *a, struct str version)
{
    if (!version.n || version.p[0] == 'v')
        return version.n ? str_copy(a, version) : version;
    return str_printf(a, "v" STR_FMT, STR_ARG(version));
}

struct str go_version_linked(struct arena *a, const struct go_settings *s,
                             struct str module)
{
    own(buf) word = {0};
    struct str flags = s->ldflags;
    bool sets = false;

    while (next_flag(&flags, &word)) {
        struct str flag = buf_view(&word), value = {0};

        if (str_equal(flag, S("-X"))) {
            sets = true;
            continue;
        }
        if (sets)
            value = version_in(flag, module);
        else if (str_starts(flag, S("-X=")))
            value = version_in(str_from(flag, 3), module);
        sets = false;
        if (value.n)
            return go_with_v(a, value);
    }
    return (struct str){0};
}

/* ---- commits ---- */

/* "2023-01-02T03:04:05Z": its 14 digits. */
static bool time_digits(struct str time, char out[15])
{
    size_t n = 0;

    for (size_t i = 0; i < time.n && n < 14; i++)
        if (isdigit((unsigned char)time.p[i]))
            out[n++] = time.p[i];
    out[n] = 0;
    return n == 14;
}

static bool is_revision(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!isxdigit((unsigned char)s.p[i]))
            return false;
    return s.n >= 12;
}

struct str go_version_commit(struct arena *a, const struct go_settings *s)
{
    char digits[15];

    if (!is_revision(s->revision) || !time_digits(s->time, digits))
        return (struct str){0};
    return str_printf(a, "v0.0.0-%s-%.12s%s", digits, s->revision.p,
                      s->modified ? "+dirty" : "");
}
