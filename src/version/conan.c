/* Conan: words between points, numbers below words; zeros at the end do not count; what is
 * behind the last dash comes before the version, what is behind a plus after it:
 * 1.2-rc < 1.2 = 1.2.0 < 1.2+1 < 1.2.a. https://docs.conan.io/2/tutorial/versioning; there
 * is no program to ask. Conan compares a number with a word as words, which goes in circles
 * (9 < 10 < 1a < 9); here numbers are below words.
 *
 * Ranges: conditions ">=1.2 <2", "~1.2", "^1.2", "*", of which all hold, with "||" between
 * sets; pre-releases are in one that says include_prerelease. Brackets around it may stay.
 */
#include "version/parts.h"
#include "version/version.h"

struct conan {
    struct str core, pre, build;
    bool has_pre, has_build;
};

static struct conan split(struct str v)
{
    struct conan c = {0};
    struct str head;

    c.has_build = str_cut_last(v, '+', &head, &c.build);
    if (c.has_build)
        v = head;
    else
        c.build.n = 0;
    c.has_pre = str_cut_last(v, '-', &c.core, &c.pre);
    if (!c.has_pre) {
        c.core = v;
        c.pre.n = 0;
    }
    return c;
}

static bool is_number(struct str s)
{
    return take_digits(&s).n > 0 && s.n == 0;
}

static bool is_zero(struct str s)
{
    return is_number(s) && compare_digits(s, S("0")) == 0;
}

static bool is_good(char c)
{
    return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_' || c == '+';
}

/* Words between points, none of them empty. */
static bool has_items(struct str s)
{
    for (bool more = true; more;) {
        struct str word;

        more = str_cut(s, '.', &word, &s);
        if (!word.n)
            return false;
    }
    return true;
}

/* What Conan takes as part of a reference, and at most 101 bytes of it. */
static bool conan_valid(struct str v)
{
    struct str rest = v;
    struct conan c = split(v);

    take_run(&rest, is_good);
    return v.n && v.n <= 101 && !rest.n &&
           (is_digit(v.p[0]) || is_letter(v.p[0]) || v.p[0] == '_') && has_items(c.core) &&
           (!c.has_pre || has_items(c.pre)) && (!c.has_build || has_items(c.build));
}

static struct str without_zeros(struct str s)
{
    struct str head, last;

    while (str_cut_last(s, '.', &head, &last) && is_zero(last))
        s = head;
    return is_zero(s) ? (struct str){s.p, 0} : s;
}

static int compare_items(struct str a, struct str b)
{
    a = without_zeros(a);
    b = without_zeros(b);
    while (a.n && b.n) {
        struct str x, y;
        bool p, q;
        int r;

        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        p = is_number(x);
        q = is_number(y);
        r = p && q ? compare_digits(x, y) : p != q ? (p ? -1 : 1) : str_compare(x, y);
        if (r)
            return r;
    }
    return (a.n > 0) - (b.n > 0);
}

static int conan_compare(struct str a, struct str b)
{
    struct conan x = split(a), y = split(b);
    int r = compare_items(x.core, y.core);

    if (r)
        return r;
    if (x.has_pre != y.has_pre)
        return x.has_pre ? -1 : 1;
    r = compare_items(x.pre, y.pre);
    if (r)
        return r;
    if (x.has_build != y.has_build)
        return x.has_build ? 1 : -1;
    return compare_items(x.build, y.build);
}

/* ---- ranges ---- */

static bool is_blank(char c)
{
    return c == ' ';
}

static bool is_word(char c)
{
    return c != ' ';
}

static bool is_op(char c)
{
    return c == '<' || c == '>' || c == '=' || c == '~' || c == '^';
}

/* The first n words of the version are the same. */
static bool same_front(struct str a, struct str b, size_t n)
{
    for (; n; n--) {
        struct str x, y;

        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        if (compare_items(x, y))
            return false;
    }
    return true;
}

/* "~1.2.3" and "~1.2" keep 1.2, "~1" keeps 1. */
static size_t tilde_keeps(struct str core)
{
    struct str head, tail;

    return str_cut(core, '.', &head, &tail) ? 2 : 1;
}

/* "^1.2" keeps 1, "^0.2.3" 0.2: up to the first that is not 0. */
static size_t caret_keeps(struct str core)
{
    size_t n = 0;

    while (core.n) {
        struct str word;

        n++;
        str_cut(core, '.', &word, &core);
        if (!is_zero(word))
            break;
    }
    return n;
}

/* "<2.0": no pre-release of 2.0 either. */
static int holds(struct str condition, struct str v)
{
    struct str op = take_run(&condition, is_op), core = split(v).core;
    int r;

    if (!op.n && str_equal(condition, S("*")))
        return 1;
    if (!conan_valid(condition))
        return -1;
    r = conan_compare(v, condition);
    if (str_equal(op, S("~")) || str_equal(op, S("^"))) {
        struct str want = split(condition).core;
        size_t keeps = op.p[0] == '~' ? tilde_keeps(want) : caret_keeps(want);

        return (r >= 0 || compare_items(core, want) == 0) && same_front(core, want, keeps);
    }
    if (str_equal(op, S("<")))
        return r < 0 && (split(condition).has_pre || compare_items(core, condition) != 0);
    if (str_equal(op, S("<=")))
        return r <= 0;
    if (str_equal(op, S(">")))
        return r > 0;
    if (str_equal(op, S(">=")))
        return r >= 0;
    return !op.n || str_equal(op, S("=")) ? r == 0 : -1;
}

/* One set of conditions. */
static int in_set(struct str set, struct str v)
{
    int in = 1, any = 0;

    for (take_run(&set, is_blank); set.n; take_run(&set, is_blank), any = 1) {
        int one = holds(take_run(&set, is_word), v);

        if (one < 0)
            return -1;
        in &= one;
    }
    return any ? in : -1;
}

/* ", include_prerelease" behind the conditions, "=False" too. */
static bool cut_options(struct str *range, bool *pre)
{
    struct str options, word, rest;

    if (!str_cut(*range, ',', range, &options))
        return true;
    options = str_trim(options);
    str_cut(options, '=', &word, &rest);
    *pre =
        str_equal(str_trim(word), S("include_prerelease")) && !str_starts(rest, S("False"));
    return str_equal(str_trim(word), S("include_prerelease"));
}

static int conan_in_range(struct str range, struct str v)
{
    bool pre = false;
    int in = 0;

    if (range.n > 2 && range.p[0] == '[' && str_ends(range, S("]")))
        range = (struct str){range.p + 1, range.n - 2};
    if (!conan_valid(v) || !cut_options(&range, &pre))
        return -1;
    while (range.n) {
        ptrdiff_t at = str_find(range, S("||"));
        struct str set = {range.p, at < 0 ? range.n : (size_t)at};
        int one = in_set(set, v);

        if (one < 0)
            return -1;
        in |= one;
        range = str_from(range, at < 0 ? range.n : (size_t)at + 2);
    }
    return in && (pre || !split(v).has_pre);
}

const struct version_scheme version_conan = {
    .name = "conan",
    .title = "Conan",
    .valid = conan_valid,
    .compare = conan_compare,
    .in_range = conan_in_range,
};
