/* Environment markers: "python_version < '3' and (extra == 'socks' or extra == 'tls')".
 * Specified in packaging.python.org/specifications/dependency-specifiers, with those of
 * lock files ('test' in dependency_groups) in .../specifications/pylock-toml. The
 * reference is packaging.markers. */
#include "base/own.h"
#include "pkg/pypi.h"
#include "version/version.h"

#include <string.h>

enum { DEPTH_MAX = 32 };

struct marker {
    struct str rest, token;
    bool quoted; /* the token is a text */
    bool bad;    /* it cannot be read */
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
        m->bad |= !str_cut(str_from(m->rest, 1), m->rest.p[0], &m->token, &m->rest);
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

static bool is_one_of(struct str word, const char *const *words)
{
    while (*words && !str_equal(word, str_of(*words)))
        words++;
    return *words;
}

/* ---- what is known of the environment ---- */

static bool is_variable(struct str word)
{
    static const char *const names[] = {"python_version",
                                        "python_full_version",
                                        "os_name",
                                        "os.name",
                                        "sys_platform",
                                        "sys.platform",
                                        "platform_release",
                                        "platform_system",
                                        "platform_version",
                                        "platform.version",
                                        "platform_machine",
                                        "platform.machine",
                                        "platform_python_implementation",
                                        "platform.python_implementation",
                                        "python_implementation",
                                        "implementation_name",
                                        "implementation_version",
                                        "extra",
                                        "extras",
                                        "dependency_groups",
                                        NULL};

    return is_one_of(word, names);
}

/* False, and value as it was, when it is not known. */
static bool value_of(const struct marker_env *env, struct str variable, struct str *value)
{
    static const struct {
        const char *variable, *value;
    } linux_has[] = {{"sys_platform", "linux"},
                     {"sys.platform", "linux"},
                     {"platform_system", "Linux"},
                     {"os_name", "posix"},
                     {"os.name", "posix"}};

    struct str is = {0};

    if (str_equal(variable, S("python_version")))
        is = env->python;
    for (size_t i = 0; env->on_linux && i < sizeof linux_has / sizeof *linux_has; i++)
        if (str_equal(variable, str_of(linux_has[i].variable)))
            is = str_of(linux_has[i].value);
    if (!is.n && (env->extras || !str_equal(variable, S("extra"))))
        return false;
    *value = is;
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

    m->bad |= !s.quoted && !is_variable(s.text);
    next(m);
    return s;
}

static struct str take_op(struct marker *m)
{
    static const char *const ops[] = {
        "<", "<=", "==", "!=", ">=", ">", "~=", "===", "in", NULL};
    struct str op = m->token;

    m->bad |= m->quoted || !is_one_of(op, ops);
    next(m);
    return op;
}

/* As versions: 1 or 0, or -1 when they are not to be compared so. */
static int as_versions(struct str left, struct str op, struct str right)
{
    own(buf) range = {0};

    if (str_find(right, S(",")) >= 0)
        return -1;
    buf_str(&range, op);
    buf_str(&range, right);
    return version_in_range(version_find(S("pep440")), buf_view(&range), left);
}

/* As texts: 1 or 0, or -1 when there is no such comparison of these. */
static int as_texts(struct str left, struct str op, struct str right)
{
    int r = str_compare(left, right);

    if (str_equal(op, S("==")))
        return r == 0;
    if (str_equal(op, S("!=")))
        return r != 0;
    if (str_equal(op, S("<")))
        return r < 0;
    if (str_equal(op, S("<=")))
        return r <= 0;
    if (str_equal(op, S(">")))
        return r > 0;
    return str_equal(op, S(">=")) ? r >= 0 : -1;
}

/* "'test' in dependency_groups", "'x' in extras" */
static bool has(const struct marker_env *env, struct str value, bool no, struct str set)
{
    if (str_equal(set, S("extras")))
        return no || env->extras;
    return (env->groups && map_get(env->groups, value)) != no;
}

static bool is_set(struct str variable)
{
    return str_equal(variable, S("extras")) || str_equal(variable, S("dependency_groups"));
}

/* "extra == 'x'", "'win' not in sys_platform" */
static bool compare(struct marker *m, struct side left, struct str op, bool no,
                    struct side right)
{
    struct side *variable = left.quoted ? &right : &left;
    bool in = str_equal(op, S("in"));
    int r;

    if (left.quoted == right.quoted) { /* nothing is asked of the environment */
        m->bad |= left.quoted;
        return true;
    }
    if (in && !right.quoted && is_set(right.text))
        return has(m->env, left.text, no, right.text);
    if (!value_of(m->env, variable->text, &variable->text))
        return true;
    if (in)
        return (!left.text.n || str_find(right.text, left.text) >= 0) != no;
    r = as_versions(left.text, op, right.text);
    if (r < 0)
        r = as_texts(left.text, op, right.text);
    m->bad |= r < 0;
    return r > 0;
}

/* ---- the grammar ---- */

static bool either(struct marker *m);

static bool in_brackets(struct marker *m)
{
    bool holds = false;

    if (++m->depth > DEPTH_MAX) {
        m->bad = true;
        m->rest = m->token = (struct str){0};
    } else {
        holds = either(m);
    }
    m->depth--;
    m->bad |= !skip(m, S(")"));
    return holds;
}

static bool one(struct marker *m)
{
    struct side left, right;
    struct str op;
    bool no;

    if (skip(m, S("(")))
        return in_brackets(m);
    left = take_side(m);
    no = skip(m, S("not"));
    op = take_op(m);
    m->bad |= no && !str_equal(op, S("in"));
    right = take_side(m);
    return compare(m, left, op, no, right);
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
    bool holds;

    if (!str_trim(marker).n)
        return true;
    next(&m);
    holds = either(&m);
    return holds || m.bad || m.quoted || m.token.n;
}
