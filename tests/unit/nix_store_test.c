/* tests/data/nix_store.data: what folders of a Nix store are called, and what that says. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "model/nix_store.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HASH "0123456789abcdfghijklmnpqrsvwxyz"

static void expect(struct arena *a, struct str path, struct str wanted)
{
    struct nix_store s;
    struct str said = {0};

    if (nix_store_parse(path, &s))
        said = str_printf(a, STR_FMT " " STR_FMT "%s" STR_FMT, STR_ARG(s.name),
                          STR_ARG(s.version), s.output.n ? " " : "", STR_ARG(s.output));
    if (!str_equal(said, wanted))
        fail_msg(STR_FMT ": \"" STR_FMT "\", and \"" STR_FMT "\" is right", STR_ARG(path),
                 STR_ARG(said), STR_ARG(wanted));
}

static void test_names(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str text, line;
    unsigned number = 0;

    (void)state;
    assert_int_equal(str_load(&a, "tests/data/nix_store.data", 1 << 20, &text, &err), 0);
    while (str_line(&text, &line)) {
        ptrdiff_t arrow = str_find(line, S(" ->"));

        if (line.p[0] == '#')
            continue;
        assert_true(arrow >= 0);
        expect(&a, str_printf(&a, "nix/store/" HASH "-" STR_FMT, (int)arrow, line.p),
               str_trim(str_from(line, (size_t)arrow + 3)));
        number++;
    }
    assert_true(number > 30);
}

static void test_paths(void **state)
{
    own(arena) a = {0};
    char full[] = "nix/store/" HASH "-a-1.0/bin/b-2.0";
    struct nix_store s;

    (void)state;
    expect(&a, S("nix/store/" HASH "-a-1.0/bin/b-2.0"), S("a 1.0"));
    assert_true(nix_store_parse(str_of(full), &s));
    assert_true(str_equal(s.path, S("nix/store/" HASH "-a-1.0")));
    assert_true(str_equal(s.hash, S(HASH)));
    expect(&a, S("/nix/store/" HASH "-a-1.0"), S(""));
    expect(&a, S("srv/nix/store/" HASH "-a-1.0"), S(""));
    expect(&a, S("nix/store"), S(""));
    expect(&a, S("nix/store/"), S(""));
    expect(&a, S("nix/store/a-1.0"), S(""));
    expect(&a, S("nix/store/" HASH), S(""));
    expect(&a, S("nix/store/e123456789abcdfghijklmnpqrsvwxyz-a-1.0"), S(""));
    expect(&a, S(""), S(""));
    for (size_t n = 0; n < sizeof full - 1; n++) /* at any byte */
        nix_store_parse((struct str){full, n}, &s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
