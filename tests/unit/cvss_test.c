/* tests/data/cvss.data: a vector, then its score and rating, or '!' and what the
 * error must say. `cvss_test score < VECTORS` prints the score of each line, for
 * tests/cvss_oracle. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "model/cvss.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void check_line(struct str line, unsigned number)
{
    struct str vector, expected;
    struct cvss cvss;
    struct err err = {0};
    char said[300];

    str_cut(line, ' ', &vector, &expected);
    expected = str_trim(expected);
    if (cvss_score(vector, &cvss, &err) < 0)
        snprintf(said, sizeof said, "!%s", err.text);
    else
        snprintf(said, sizeof said, "%d.%d %s", cvss.score / 10, cvss.score % 10,
                 severity_name(cvss.severity));
    if (!str_equal(str_of(said), expected))
        fail_msg("line %u: " STR_FMT "\n  is   %s\n  want " STR_FMT, number,
                 STR_ARG(vector), said, STR_ARG(expected));
}

static void scores(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str text, line;
    unsigned number = 0;

    (void)state;
    if (str_load(&a, "tests/data/cvss.data", 1 << 20, &text, &err) < 0)
        fail_msg("%s", err.text);
    while (str_line(&text, &line)) {
        number++;
        if (line.n && line.p[0] != '#')
            check_line(line, number);
    }
    assert_true(number > 100);
}

static void severity_words(void **state)
{
    static const struct {
        const char *word;
        enum severity severity;
    } cases[] = {
        {"Critical", SEVERITY_CRITICAL},
        {"IMPORTANT", SEVERITY_HIGH},
        {" high\n", SEVERITY_HIGH},
        {"Moderate", SEVERITY_MEDIUM},
        {"medium", SEVERITY_MEDIUM},
        {"low", SEVERITY_LOW},
        {"unimportant", SEVERITY_NEGLIGIBLE},
        {"Negligible", SEVERITY_NEGLIGIBLE},
        {"None", SEVERITY_NEGLIGIBLE},
        {"", SEVERITY_UNKNOWN},
        {"not yet assigned", SEVERITY_UNKNOWN},
        {"lowest", SEVERITY_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum severity got;
        bool known = severity_parse(str_of(cases[i].word), &got);

        assert_int_equal(got, cases[i].severity);
        assert_int_equal(known, got != SEVERITY_UNKNOWN);
    }
    for (enum severity s = SEVERITY_NEGLIGIBLE; s <= SEVERITY_CRITICAL; s++) {
        enum severity again;

        assert_true(severity_parse(str_of(severity_name(s)), &again));
        assert_int_equal(again, s);
    }
}

static void score_lines(void)
{
    char line[4096];

    while (fgets(line, sizeof line, stdin)) {
        struct err err = {0};
        struct cvss cvss;

        if (cvss_score(str_trim(str_of(line)), &cvss, &err) < 0)
            printf("!%s\n", err.text);
        else
            printf("%d\n", cvss.score);
    }
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores),
        cmocka_unit_test(severity_words),
    };

    if (argc > 1 && strcmp(argv[1], "score") == 0) {
        score_lines();
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
