/* Cabal's version ranges: >= > <= < ==, ==1.2.*, ^>=1.2.3, sets ^>={1.2, 2.0}; &&, ||
 * of which && binds tighter, and parentheses.
 * https://cabal.readthedocs.io, "build-depends"; the reference is Cabal 3.4, where
 * -any and -none are no more. ^>=1.2.3 is >=1.2.3 && <1.3. Parentheses go 100 deep. */
#include "version/hackage.h"

#include "version/parts.h"

enum { DEPTH_MAX = 100 };

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_op(char c)
{
    return c == '<' || c == '=' || c == '>' || c == '^' || c == '-';
}

static bool is_version(char c)
{
    return is_digit(c) || c == '.' || c == '*';
}

/* v begins with the numbers of prefix. */
static bool begins_with(struct str v, struct str prefix)
{
    bool more_v, more = true;

    while (more) {
        struct str x, y;

        more_v = str_cut(v, '.', &x, &v);
        more = str_cut(prefix, '.', &y, &prefix);
        if (compare_digits(x, y) || (more && !more_v))
            return false;
    }
    return true;
}

/* ^>=1.2.3: the first two numbers stay. ^>=1 is ^>=1.0. */
static bool major_bound(struct str v, struct str than)
{
    struct str a = v, b = than, x, y;
    bool same = true;

    for (int i = 0; i < 2; i++) {
        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        same = same && compare_digits(x, y) == 0;
    }
    return same && hackage_compare(v, than) >= 0;
}

/* 1, 0, or -1 when it is no condition. */
static int holds(struct str op, struct str than, struct str v)
{
    bool wild = str_ends(than, S(".*"));
    int r;

    if (wild)
        than.n -= 2;
    if (!hackage_valid(than) || (wild && !str_equal(op, S("=="))))
        return -1;
    if (wild)
        return begins_with(v, than);
    r = hackage_compare(v, than);
    if (str_equal(op, S("==")))
        return r == 0;
    if (str_equal(op, S("<")))
        return r < 0;
    if (str_equal(op, S("<=")))
        return r <= 0;
    if (str_equal(op, S(">")))
        return r > 0;
    if (str_equal(op, S(">=")))
        return r >= 0;
    return str_equal(op, S("^>=")) ? major_bound(v, than) : -1;
}

/* "{1.2, 2.0}", of which any holds; its brace is gone already. */
static int take_set(struct str *range, struct str op, struct str v)
{
    int in = 0;

    if (!str_equal(op, S("==")) && !str_equal(op, S("^>=")))
        return -1;
    do {
        struct str than;
        int one;

        take_run(range, is_blank);
        than = take_run(range, is_version);
        one = str_ends(than, S("*")) ? -1 : holds(op, than, v);
        if (one < 0)
            return -1;
        in |= one;
        take_run(range, is_blank);
    } while (take_word(range, S(",")));
    return take_word(range, S("}")) ? in : -1;
}

static int take_condition(struct str *range, struct str v)
{
    struct str op = take_run(range, is_op);

    take_run(range, is_blank);
    if (take_word(range, S("{")))
        return take_set(range, op, v);
    return holds(op, take_run(range, is_version), v);
}

/* What holds within a pair of parentheses. */
struct level {
    bool any, all;
};

/* Where an operator or a closing parenthesis may stand; false when none does. */
static bool take_joint(struct str *range, struct level *levels, size_t *depth, bool *wanted)
{
    struct level *level = &levels[*depth];

    if (*depth && take_word(range, S(")"))) {
        levels[--*depth].all &= level->any || level->all;
        return true;
    }
    *wanted = true;
    if (take_word(range, S("&&")))
        return true;
    level->any |= level->all;
    level->all = true;
    return take_word(range, S("||"));
}

int hackage_in_range(struct str range, struct str v)
{
    struct level levels[DEPTH_MAX + 1] = {{.all = true}};
    size_t depth = 0;
    bool wanted = true; /* a condition comes next */

    if (!hackage_valid(v))
        return -1;
    for (take_run(&range, is_blank); wanted || range.n; take_run(&range, is_blank)) {
        int one;

        if (!wanted) {
            if (!take_joint(&range, levels, &depth, &wanted))
                return -1;
        } else if (take_word(&range, S("("))) {
            if (++depth > DEPTH_MAX)
                return -1;
            levels[depth] = (struct level){.all = true};
        } else {
            one = take_condition(&range, v);
            if (one < 0)
                return -1;
            levels[depth].all &= one;
            wanted = false;
        }
    }
    return depth ? -1 : levels[0].any || levels[0].all;
}
