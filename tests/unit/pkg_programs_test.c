/* Each line of programs.def by an example (tests/data/programs.data), and what is not to be
 * taken for a program. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/needles.h"
#include "base/own.h"
#include "pkg/program_pattern.h"
#include "pkg/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {
#define PROGRAM(name, cpe, files, pattern, also) name,
#include "pkg/programs.def"
#undef PROGRAM
};

static const char *const cpes[] = {
#define PROGRAM(name, cpe, files, pattern, also) cpe,
#include "pkg/programs.def"
#undef PROGRAM
};

enum { RULES = sizeof names / sizeof *names };

/* "\0", "\n", "\\", "\x7c" */
static struct str unescaped(struct arena *a, struct str s)
{
    own(buf) out = {0};

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\\') {
            buf_char(&out, s.p[i]);
            continue;
        }
        i++;
        if (s.p[i] == 'x') {
            buf_char(&out, (char)strtol(str_printf(a, "%.2s", s.p + i + 1).p, NULL, 16));
            i += 2;
        } else {
            const char *from = "0nrt\\", *at = strchr(from, s.p[i]);

            assert_non_null(at);
            buf_char(&out, "\0\n\r\t\\"[at - from]);
        }
    }
    return buf_keep(a, &out);
}

static bool cut(struct str *rest, struct str *out)
{
    ptrdiff_t at = str_find(*rest, S(" | "));

    if (at < 0)
        return false;
    *out = (struct str){rest->p, (size_t)at};
    *rest = str_from(*rest, (size_t)at + 3);
    return true;
}

static bool finds(struct arena *a, struct str file, struct str bytes, struct str name,
                  struct str version)
{
    struct program_list found = {0};

    programs_find(a, file, &bytes, 1, &found);
    if (str_equal(version, S("-")))
        return found.len == 0;
    for (size_t i = 0; i < found.len; i++)
        if (str_equal(found.at[i].name, name) && str_equal(found.at[i].version, version))
            return true;
    return false;
}

static void examples(void **state)
{
    own(arena) a = {0};
    struct str text, line, name = {0}, file = {0}, bytes = {0};
    struct err err = {0};
    size_t i = 0;

    (void)state;
    assert_int_equal(str_load(&a, "tests/data/programs.data", 1 << 20, &text, &err), 0);
    while (str_line(&text, &line)) {
        struct str rest = line;

        if (!line.n || line.p[0] == '#')
            continue;
        assert_true(cut(&rest, &name) && cut(&rest, &file) && cut(&rest, &bytes));
        if (!finds(&a, file, unescaped(&a, bytes), name, rest))
            fail_msg("not so: " STR_FMT, STR_ARG(line));
        if (str_equal(rest, S("-")))
            continue;
        if (i >= RULES || !str_equal(name, str_of(names[i])))
            fail_msg("line %zu of programs.def has no example at its place: " STR_FMT,
                     i + 1, STR_ARG(line));
        i++;
    }
    assert_int_equal(i, RULES);
}

/* "vendor:product", and one name has one. */
static void cpe_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULES; i++) {
        const char *colon = strchr(cpes[i], ':');

        if (*cpes[i] && (!colon || colon == cpes[i] || !colon[1] || strchr(colon + 1, ':')))
            fail_msg("%s: %s", names[i], cpes[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(names[i], names[k]) == 0 && strcmp(cpes[i], cpes[k]) != 0)
                fail_msg("%s is %s and %s", names[i], cpes[i], cpes[k]);
    }
}

/* ---- patterns ---- */

static void patterns(void **state)
{
    static const struct {
        const char *pattern;
        struct str in;
        const char *version; /* NULL: none */
    } cases[] = {
        {"a {n}", S("a 1.2.3"), "1.2.3"},
        {"a {n}", S("a 1.2."), "1.2"},
        {"a {n}", S("a 12"), NULL},
        {"a {n}", S("a .2"), NULL},
        {"a {n}b", S("a 1.2b"), "1.2"},
        {"a {n}b", S("a 1.2c"), NULL},
        {"{v}{0}", S("1.1.1w\0"), "1.1.1w"},
        {"{v}{0}", S("1.1.1w"), "1.1.1w"},
        {"{v}{0}", S("1.1.1w!"), NULL},
        {"{n:3.}{0}", S("3.1\0"), "3.1"},
        {"{n:3.}{0}", S("2.1\0"), NULL},
        {"{0}a{0}{n}",
         S("\0a\0\0\0"
           "1.2"),
         "1.2"},
        {"a{s}: {n}", S("a, by b: 1.2"), "1.2"},
        {"a{s}: {n}", S("a, by\0b: 1.2"), NULL},
        {"a {s}{n}", S("a v1.2"), "1.2"},
        {"a{s}{0}{n}",
         S("a, b\0"
           "1.2"),
         "1.2"},
        {"{n} {i}-{i}", S("1.2 20-3"), "1.2"},
        {"{n} {i}-{i}", S("1.2 -3"), NULL},
        {"{n:3.|4.}{0}", S("4.1\0"), "4.1"},
        {"{n:3.|4.}{0}", S("5.1\0"), NULL},
        {"{x:2}{0}", S("20914\0"), "20914"},
        {"{x:2}{0}", S("10135\0"), NULL},
        {"{x:1}{0}", S("10135\0"), "10135"},
        {"{x:2}{0}", S("29914\0"), NULL},
        {"{x:2}{0}", S("209140\0"), NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern p;
        struct str version = {0};

        assert_true(pattern_make(&p, str_of(cases[i].pattern)));
        if (pattern_at(&p, cases[i].in, 0, &version) != !!cases[i].version ||
            (cases[i].version && !str_equal(version, str_of(cases[i].version))))
            fail_msg("%s: not so", cases[i].pattern);
    }
}

static void no_patterns(void **state)
{
    static const char *const texts[] = {
        "",
        "{",
        "{n",
        "{y}",
        "{nn}",
        "a{n:",
        "{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}",
    };
    struct pattern p;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (pattern_make(&p, str_of(texts[i])))
            fail_msg("\"%s\" is a pattern", texts[i]);
}

/* ---- many texts in one pass ---- */

enum { NEEDLES = 40, HAY = 4000 };

static struct needle needles[NEEDLES];
static struct needles all;
static bool seen[HAY][NEEDLES];

static bool see(void *ctx, size_t at, size_t which)
{
    (void)ctx;
    assert_true(at < HAY && which < NEEDLES && !seen[at][which]);
    return seen[at][which] = true;
}

/* Of two letters, so that there is much to find; against memcmp everywhere. */
static void one_pass(void **state)
{
    static char hay[HAY], texts[NEEDLES][16];

    (void)state;
    srand(1);
    for (size_t i = 0; i < HAY; i++)
        hay[i] = "ab"[rand() & 1];
    for (size_t i = 0; i < NEEDLES; i++) {
        for (size_t k = 0; k < sizeof texts[i]; k++)
            texts[i][k] = "ab"[rand() & 1];
        needles[i] = (struct needle){
            .text = {texts[i], NEEDLE_LEAST + (size_t)rand() % (16 - NEEDLE_LEAST)}};
    }
    needles_make(&all, needles, NEEDLES);
    for (size_t n = 0; n <= HAY; n += n < 60 ? 1 : 197) {
        memset(seen, 0, sizeof seen);
        needles_find(&all, (struct str){hay, n}, see, NULL);
        for (size_t at = 0; at < n; at++)
            for (size_t i = 0; i < NEEDLES; i++)
                assert_int_equal(seen[at][i], needles[i].text.n <= n - at &&
                                                  !memcmp(hay + at, needles[i].text.p,
                                                          needles[i].text.n));
    }
}

/* Nothing but places to look at: it ends, and says so. */
static void too_much(void **state)
{
    own(arena) a = {0};
    own(buf) hay = {0};
    struct program_list found = {0};
    struct str bytes;

    (void)state;
    for (int i = 0; i < 300000; i++)
        buf_printf(&hay, "BIRD version 1.%d\n", i);
    bytes = buf_view(&hay);
    programs_find(&a, S("x"), &bytes, 1, &found);
    assert_true(found.cut);
    assert_true(found.len <= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples), cmocka_unit_test(cpe_names),
        cmocka_unit_test(patterns), cmocka_unit_test(no_patterns),
        cmocka_unit_test(one_pass), cmocka_unit_test(too_much),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
