/* The version of a Go program's own module: by flags of the linker, and by its commit. */
#include "base/own.h"
#include "pkg/go_modules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void expect(struct str is, const char *wanted, const char *of)
{
    if (!str_equal(is, str_of(wanted)))
        fail_msg("%s: \"" STR_FMT "\", and \"%s\" is right", of, STR_ARG(is), wanted);
}

/* Settings as the text of a program has them, to the version that is linked in. */
static void test_linked(void **state)
{
    static const char *const cases[][2] = {
        {"-ldflags=-X main.version=v1.2.3", "v1.2.3"},
        {"-ldflags=\"-s -w -X main.version=1.2.3\"", "v1.2.3"},
        {"-ldflags=\"-X 'main.date=a b' -X 'main.Version=1.2.3'\"", "v1.2.3"},
        {"-ldflags=\"-X \\\"main.version=1.2.3\\\"\"", "v1.2.3"},
        {"-ldflags=`-X main.version=1.2.3`", "v1.2.3"},
        {"-ldflags=-X=main.gitVersion=v1.2.3-rc.1+x", "v1.2.3-rc.1+x"},
        {"-ldflags=-X\tmain.version=1.2.3\n", "v1.2.3"},
        {"-ldflags=-X example.com/app/cmd.version=1.2.3", "v1.2.3"},
        {"-ldflags=-X example.org/common/version.Version=1.2.3", "v1.2.3"},
        {"-ldflags=-X example.org/other.Version=1.2.3", ""},
        {"-ldflags=-X main.commit=1.2.3", ""},
        {"-ldflags=-X main.version=master", ""},
        {"-ldflags=-X main.version=12", ""},
        {"-ldflags=-X main.version=1.2/3", ""},
        {"-ldflags=-X main.version=", ""},
        {"-ldflags=-X version=1.2.3", ""},
        {"-ldflags=-X", ""},
        {"-ldflags=-w main.version=1.2.3", ""},
        {"-ldflags=\"", ""},
        {"-ldflags", ""},
        {"-gcflags=-X main.version=1.2.3", ""},
        {"-ldflags=-X main.version="
         "1.234567890123456789012345678901234567890123456789012345678901234567890",
         ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        own(arena) a = {0};
        struct go_settings s = {0};

        go_setting(&a, &s, str_of(cases[i][0]));
        expect(go_version_linked(&a, &s, S("example.com/app")), cases[i][1], cases[i][0]);
    }
}

static void test_commit(void **state)
{
    static const char *const cases[][4] = {
        {"0123456789abcdef", "2023-01-02T03:04:05Z", "false",
         "v0.0.0-20230102030405-0123456789ab"},
        {"0123456789abcdef", "2023-01-02T03:04:05Z", "true",
         "v0.0.0-20230102030405-0123456789ab+dirty"},
        {"0123456789a", "2023-01-02T03:04:05Z", "false", ""},
        {"0123456789abcdefg", "2023-01-02T03:04:05Z", "false", ""},
        {"0123456789abcdef", "2023-01-02", "false", ""},
        {"", "", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        own(arena) a = {0};
        struct go_settings s = {0};

        go_setting(&a, &s, str_printf(&a, "vcs.revision=%s", cases[i][0]));
        go_setting(&a, &s, str_printf(&a, "vcs.time=%s", cases[i][1]));
        go_setting(&a, &s, str_printf(&a, "vcs.modified=%s", cases[i][2]));
        expect(go_version_commit(&a, &s), cases[i][3], cases[i][0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_linked),
        cmocka_unit_test(test_commit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
