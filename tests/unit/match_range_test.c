/* tests/data/range.data: the range engine, line by line. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "match/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct str cut(struct str *rest, char sep)
{
    struct str word;

    str_cut(*rest, sep, &word, rest);
    return str_trim(word);
}

static void add_event(struct arena *a, struct statement *s, struct str word)
{
    static const struct {
        const char *sign;
        enum event_what what;
    } signs[] = {{">=", EVENT_INTRODUCED},
                 {"<=", EVENT_LAST_AFFECTED},
                 {"<", EVENT_FIXED},
                 {"limit:", EVENT_LIMIT}};
    struct range *range = &s->ranges.at[s->ranges.len - 1];

    if (str_starts(word, S("="))) {
        *arena_push(a, &s->versions) = str_from(word, 1);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(word, str_of(signs[i].sign))) {
            *arena_push(a, &range->events) =
                (struct event){signs[i].what, str_from(word, str_of(signs[i].sign).n)};
            return;
        }
    fail_msg("not an event: " STR_FMT, STR_ARG(word));
}

static void read_events(struct arena *a, struct statement *s, struct str text, bool semver)
{
    while (text.n) {
        struct str range = cut(&text, ';');

        arena_push(a, &s->ranges)->semver = semver;
        while (range.n)
            add_event(a, s, cut(&range, ' '));
    }
}

static void check_line(struct arena *a, struct str line)
{
    struct str rest = line, scheme = cut(&rest, '|'), events = cut(&rest, '|');
    struct str version = cut(&rest, '|'), wanted = str_trim(rest), fixed, got;
    struct statement s = {0};
    struct err err = {0};
    bool affected;
    int r;

    read_events(a, &s, events, str_equal(scheme, S("semver")));
    r = match_affects(&s, version_find(scheme), version, &affected, &fixed, &err);
    got = r < 0      ? S("error")
          : affected ? str_printf(a, "affected " STR_FMT, STR_ARG(fixed.n ? fixed : S("-")))
                     : S("not");
    if (!str_equal(got, wanted))
        fail_msg(STR_FMT ": it said " STR_FMT, STR_ARG(line), STR_ARG(got));
}

static void ranges(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str text, line;

    (void)state;
    assert_int_equal(str_load(&a, "tests/data/range.data", 1 << 20, &text, &err), 0);
    while (str_line(&text, &line))
        if (line.n && *line.p != '#')
            check_line(&a, line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ranges)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
