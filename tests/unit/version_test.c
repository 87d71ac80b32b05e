/* Runs tests/data/version/NAME.data for every scheme. A line is
 *
 *     A < B        and = and >; may go on: A < B = C
 *     A            a lone version is one
 *     !A           what stands behind the mark is none; "!" itself: nor is nothing
 *     A in RANGE   and out, and error for what is no range
 *     # comment
 *
 * All versions of a file must be versions, and order among each other as numbers
 * do. So must hostile strings, of which most are no versions. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "version/version.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char sign(int r)
{
    return r < 0 ? '<' : r > 0 ? '>' : '=';
}

static int head(struct str s)
{
    return (int)(s.n < 60 ? s.n : 60);
}

/* The order is total exactly if every pair compares as their ranks do, when the
 * rank of a version is how many are below it. */
static void check_total(const struct version_scheme *s, const struct str *at, size_t n)
{
    size_t *rank = calloc(n, sizeof *rank);

    assert_non_null(rank);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            rank[i] += s->compare(at[i], at[j]) > 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            char is = sign(s->compare(at[i], at[j]));
            char want = sign((rank[i] > rank[j]) - (rank[i] < rank[j]));

            if (is != want)
                fail_msg("%s: %.*s %c %.*s breaks the order", s->name, head(at[i]), at[i].p,
                         is, head(at[j]), at[j].p);
        }
    free(rank);
}

static void add(struct arena *a, struct str_list *list, struct str version)
{
    *arena_push(a, list) = version;
}

static const char *range_said(const struct version_scheme *s, struct str range,
                              struct str v)
{
    int r = version_in_range(s, range, v);

    return r < 0 ? "error" : r ? "in" : "out";
}

static bool is_range_word(struct str op)
{
    return str_equal(op, S("in")) || str_equal(op, S("out")) || str_equal(op, S("error"));
}

/* Reads "A < B = C" on; says what is wrong with it, or NULL. */
static const char *check_line(const struct version_scheme *s, struct str line,
                              struct arena *arena, struct str_list *seen)
{
    struct str a, op, b;

    if (str_starts(line, S("!")))
        return s->valid(str_from(line, 1)) ? "is valid" : NULL;
    str_cut(line, ' ', &a, &line);
    if (!s->valid(a))
        return "is not valid";
    add(arena, seen, a);
    while (line.n) {
        str_cut(line, ' ', &op, &line);
        if (is_range_word(op))
            return str_equal(op, str_of(range_said(s, line, a))) ? NULL : "does not hold";
        str_cut(line, ' ', &b, &line);
        if (!s->valid(b))
            return "is not valid";
        if (op.n != 1 || op.p[0] != sign(s->compare(a, b)))
            return "does not hold";
        add(arena, seen, b);
        a = b;
    }
    return NULL;
}

static void data(void **state)
{
    const struct version_scheme *s = *state;
    own(arena) a = {0};
    struct err err = {0};
    struct str_list seen = {0};
    struct str path = str_printf(&a, "tests/data/version/%s.data", s->name);
    struct str text, line;
    int failed = 0;

    if (str_load(&a, path.p, 1 << 20, &text, &err) < 0)
        fail_msg("%s", err.text);
    for (int n = 1; str_line(&text, &line); n++) {
        const char *wrong =
            line.n && line.p[0] != '#' ? check_line(s, line, &a, &seen) : NULL;

        if (!wrong)
            continue;
        print_message("# %s:%d: " STR_FMT " %s\n", path.p, n, STR_ARG(line), wrong);
        failed++;
    }
    assert_int_equal(failed, 0);
    assert_true(seen.len >= 20); /* a scheme without cases is no scheme */
    check_total(s, seen.at, seen.len);
}

enum { LONG = 100000 };

/* Each made of so many times the same. */
static const struct {
    struct str text;
    size_t times;
} hostile[] = {
    {S(""), 0},
    {S("0"), 1},
    {S("1"), 1},
    {S("1.2.3"), 1},
    {S("9"), LONG},
    {S("0"), LONG},
    {S("1."), LONG},
    {S("1.0-"), LONG},
    {S("~"), LONG},
    {S("^"), LONG},
    {S("-"), LONG},
    {S(":"), LONG},
    {S("."), LONG},
    {S("+"), LONG},
    {S("_"), LONG},
    {S("a"), LONG},
    {S("a1"), LONG},
    {S("_p1"), LONG},
    {S("-r0"), LONG},
    {S("1:"), LONG},
    {S("\0"), 1},
    {S("1\0"), 1},
    {S("1\0002"), 1},
    {S("\0001"), LONG},
    {S("1 2"), 1},
    {S(" 1"), 1},
    {S("1 "), 1},
    {S("1\n"), 1},
    {S("\t"), 1},
    {S("\r1:1"), 1},
    {S("\xff"), LONG},
    {S("1\x80"), 1},
    {S("1.\xce\xb1"), 1},                /* Greek alpha */
    {S("\xef\xbc\x91.\xef\xbc\x92"), 1}, /* digits of full width */
    {S("1.0.0-alpha.1+b"), 1},
    {S("1.0.0-"), 1},
    {S("1.0.0+"), 1},
    {S("1.0.0-+"), 1},
    {S("1.0.0-0"), 1},
    {S("1.0.0-00"), 1},
    {S("1..0"), 1},
    {S("1.0."), 1},
    {S(":1"), 1},
    {S("1:"), 1},
    {S("a:1"), 1},
    {S("-1:1"), 1},
    {S("-0:1"), 1},
    {S("+1:1"), 1},
    {S("99999999999:1"), 1},
    {S("1-"), 1},
    {S("1.00"), 1},
    {S("1._"), 1},
    {S("1_"), 1},
    {S("1_foo"), 1},
    {S("1_rc"), 1},
    {S("1-r"), 1},
    {S("1aa"), 1},
    {S("1.a"), LONG},
    {S("1a"), LONG},
    {S("a."), LONG},
    {S("0."), LONG},
    {S("0-"), LONG},
    {S("-a"), LONG},
    {S("v"), LONG},
    {S(" "), LONG},
    {S("*"), LONG},
    {S("x."), LONG},
    {S("||"), LONG},
    {S(">=1 "), LONG},
    {S("^1||"), LONG},
    {S("1 - 2 "), LONG},
    {S("~1,"), LONG},
    {S("[1,2],"), LONG},
    {S("("), LONG},
    {S("!=1.*,"), LONG},
    {S("v1.2.3"), 1},
    {S("1.2.3+a"), 1},
    {S("1.0.alpha1"), 1},
    {S("1.0a1.dev2+x.1"), 1},
    {S("1!1.0"), 1},
    {S("dev-master"), 1},
    {S("1.x-dev"), 1},
    {S("1.0.0.0-patch1"), 1},
    {S("go1.21rc2"), 1},
    {S("1.21"), 1},
    {S("v2.0.0+incompatible"), 1},
    {S("<unknown>"), 1},
    {S("%s%n"), 1},
    {S("../../etc"), 1},
};

enum { HOSTILE = sizeof hostile / sizeof *hostile };

/* Memory of just its size, so that a sanitizer sees a step too far. */
static struct str repeat(struct str text, size_t times)
{
    size_t n = text.n * times;
    char *p = malloc(n ? n : 1);

    assert_non_null(p);
    for (size_t i = 0; i < times; i++)
        memcpy(p + i * text.n, text.p, text.n);
    return (struct str){p, n};
}

static void hostile_input(void **state)
{
    const struct version_scheme *s = *state;
    struct str at[HOSTILE];

    for (size_t i = 0; i < HOSTILE; i++) {
        at[i] = repeat(hostile[i].text, hostile[i].times);
        if (at[i].n == 0 || memchr(at[i].p, '\0', at[i].n))
            assert_false(s->valid(at[i]));
        s->valid(at[i]);
        version_in_range(s, at[i], at[i]);
        version_in_range(s, at[i], S("1.2.3"));
    }
    check_total(s, at, HOSTILE);
    for (size_t i = 0; i < HOSTILE; i++)
        free((char *)at[i].p);
}

static void names(void **state)
{
    (void)state;
    for (const struct version_scheme *const *s = version_schemes; *s; s++)
        assert_ptr_equal(version_find(str_of((*s)->name)), *s);
    assert_null(version_find(S("")));
    assert_null(version_find(S("nothing")));
}

int main(void)
{
    struct CMUnitTest tests[100] = {cmocka_unit_test(names)};
    char title[100][80];
    size_t n = 1;

    for (const struct version_scheme *const *s = version_schemes; *s; s++) {
        assert(n + 2 <= 100);
        snprintf(title[n], sizeof title[n], "%s: data", (*s)->name);
        tests[n] = (struct CMUnitTest){title[n], data, NULL, NULL, (void *)*s};
        n++;
        snprintf(title[n], sizeof title[n], "%s: hostile input", (*s)->name);
        tests[n] = (struct CMUnitTest){title[n], hostile_input, NULL, NULL, (void *)*s};
        n++;
    }
    return _cmocka_run_group_tests("version", tests, n, NULL, NULL);
}
