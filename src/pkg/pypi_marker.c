/* Environment markers: "python_version < '3' and (extra == 'socks' or extra == 'tls')".
 * Specified in packaging.python.org/specifications/dependency-specifiers, with those of
 * lock files ('test' in dependency_groups) in .../specifications/pylock-toml. The
 * reference is packaging.markers. */
#include "pkg/pypi.h"

#include <string.h>

enum { DEPTH_MAX = 32 };

struct marker {
    struct str rest, token;
    bool quoted; /* the token is a text */
    const struct marker_env *env;
    unsigned depth;
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '.';
}

static size_t token_length(struct str s)
{
    size_t n = 0;

    if (s.p[0] == '(' || s.p[0] == ')')
        return 1;
    while (n < s.n && is_word(s.p[n]))
        n++;
    while (!is_word(s.p[0]) && n < s.n && strchr("<>=!~", s.p[n]))
        n++;
    return n ? n : 1;
}

static void next(struct marker *m)
{
    m->rest = str_trim(m->rest);
    m->token = (struct str){0};
    m->quoted = m->rest.n && (m->rest.p[0] == '"' || m->rest.p[0] == '\'');
    if (m->quoted) {
        str_cut(str_from(m->rest, 1), m->rest.p[0], &m->token, &m->rest);
    } else if (m->rest.n) {
        m->token = (struct str){m->rest.p, token_length(m->rest)};
        m->rest = str_from(m->rest, m->token.n);
    }
}

static bool skip(struct marker *m, struct str word)
{
    if (m->quoted || !str_equal(m->token, word))
        return false;
    next(m);
    return true;
}

/* ---- one comparison ---- */

struct side {
    struct str text;
    bool quoted;
};

static struct side take_side(struct marker *m)
{
    struct side s = {m->token, m->quoted};

    next(m);
    return s;
}

static bool is_of_linux(struct str variable, struct str value, bool *is)
{
    static const struct {
        const char *variable, *value;
    } known[] = {
        {"sys_platform", "linux"}, {"platform_system", "Linux"}, {"os_name", "posix"}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_equal(variable, str_of(known[i].variable))) {
            *is = str_equal(value, str_of(known[i].value));
            return true;
        }
    return false;
}

/* "extra == 'x'", "'x' in extras", "sys_platform != 'win32'" */
static bool compare(const struct marker_env *env, struct side left, struct str how, bool no,
                    struct side right)
{
    struct str variable = left.quoted ? right.text : left.text;
    struct str value = left.quoted ? left.text : right.text;
    bool in = str_equal(how, S("in")), is = true;

    no |= str_equal(how, S("!="));
    if (!in && !str_equal(how, S("==")) && !str_equal(how, S("!=")))
        return true;
    if (str_equal(variable, in ? S("extras") : S("extra")))
        return no || env->extras;
    if (in && str_equal(variable, S("dependency_groups")))
        return (env->groups && map_get(env->groups, value)) != no;
    if (env->on_linux && !in && is_of_linux(variable, value, &is))
        return is != no;
    return true;
}

/* ---- the grammar ---- */

static bool either(struct marker *m);

static bool one(struct marker *m)
{
    struct side left, right;
    struct str how;
    bool no, holds;

    if (skip(m, S("("))) {
        if (++m->depth > DEPTH_MAX)
            m->rest = m->token = (struct str){0};
        holds = either(m);
        m->depth--;
        skip(m, S(")"));
        return holds;
    }
    left = take_side(m);
    no = skip(m, S("not"));
    how = take_side(m).text;
    right = take_side(m);
    return compare(m->env, left, how, no, right);
}

static bool both(struct marker *m)
{
    bool holds = one(m);

    while (skip(m, S("and")))
        holds &= one(m);
    return holds;
}

static bool either(struct marker *m)
{
    bool holds = both(m);

    while (skip(m, S("or")))
        holds |= both(m);
    return holds;
}

bool marker_holds(struct str marker, const struct marker_env *env)
{
    struct marker m = {.rest = marker, .env = env};

    next(&m);
    return !m.token.n || either(&m);
}
