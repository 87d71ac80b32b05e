/* What the paragraphs of a Debian copyright file say, joined. Whole files:
 * tests/data/pkg/dpkg_copyright, tests/copyright_oracle. */
#include "base/arena.h"
#include "base/own.h"
#include "pkg/short_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Paragraphs with Files, then such of a licence alone behind "/", '\n' between. */
static const struct {
    const char *said, *joined;
} cases[] = {
    {"Expat", "Expat"},
    {"", "unnamed"},
    {"Expat\nExpat\nGPL-2+", "Expat AND GPL-2+"},
    {"GPL-2+\nExpat", "Expat AND GPL-2+"},
    {"GPL-2+ and Expat", "Expat AND GPL-2+"},
    {"GPL-2+ or Artistic", "GPL-2+ or Artistic-1.0-Perl"},
    {"GPL-2+ or Artistic\nISC", "(GPL-2+ or Artistic-1.0-Perl) AND ISC"},
    {"A or B, and C", "(A or B) AND C"},
    {"C, and A or B", "(A or B) AND C"},
    {"A and B or C", "A and B or C"},
    {"A or B, or C\nD", "(A or B, or C) AND D"},
    {"(A or B) and C\nD", "((A or B) and C) AND D"},
    {"(A, and B) or C\nD", "((A, and B) or C) AND D"},
    {"A  AND\tB", "A AND B"},
    {"GPL-2+ with OpenSSL exception", "GPL-2+ with OpenSSL exception"},
    {"A or B/A/B/a", "A or B"},
    {"A/A/C", "A AND C"},
    {"GPL-2+ with OpenSSL exception/GPL-2+", "GPL-2+ with OpenSSL exception"},
    {"(A or B), and C/b/c", "((A or B)) AND C"},
    {"A, or", "A, or"},
    {" and ", "and"},
    {"() , (Artistic), (", "() , (Artistic-1.0-Perl), ("},
};

static struct str join(struct arena *a, const char *said)
{
    struct short_names names = {0};
    struct str files, alone, one;

    str_cut(str_of(said), '/', &files, &alone);
    do
        str_cut(files, '\n', &one, &files);
    while (short_names_add(a, &names, one), files.n);
    while (alone.n) {
        str_cut(alone, '/', &one, &alone);
        short_names_add_alone(a, &names, one);
    }
    assert_true(short_names_join(a, &names, &one));
    return one;
}

static void joins(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        own(arena) a = {0};
        struct str is = join(&a, cases[i].said);

        if (!str_equal(is, str_of(cases[i].joined)))
            fail_msg("\"%s\"\n  is   " STR_FMT "\n  not  %s", cases[i].said, STR_ARG(is),
                     cases[i].joined);
    }
}

/* Any byte is one of a name. */
static void takes_any(void **state)
{
    own(arena) a = {0};
    struct short_names names = {0};
    struct str said;

    (void)state;
    short_names_add(&a, &names, S("A\0 or \0 B\v\f\r"));
    short_names_add_alone(&a, &names, S("\0"));
    assert_true(short_names_join(&a, &names, &said));
    assert_true(str_equal(said, S("\0 AND (A\0 or \0 B\v\f)")));
}

/* An expression ends; that is said. */
static void ends(void **state)
{
    own(arena) a = {0};
    struct short_names names = {0};
    struct str said;

    (void)state;
    for (int i = 0; i < 5000; i++)
        short_names_add(&a, &names, str_printf(&a, "GPL-%d", i));
    assert_false(short_names_join(&a, &names, &said));
    assert_true(said.n > 1000 && said.n < 8192);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(joins), cmocka_unit_test(takes_any),
                                       cmocka_unit_test(ends)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
