#include "model/ecosystem.h"

#include "base/own.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void named(const char *type, const char *name, const char *expect)
{
    own(arena) a = {0};
    const struct ecosystem *e = ecosystem_of_type(str_of(type));
    struct str is;

    assert_non_null(e);
    is = str_copy(&a, ecosystem_name(&a, e, str_of(name)));
    assert_string_equal(is.p, expect);
}

static void names(void **state)
{
    (void)state;
    named("pypi", "Zope.Interface", "zope-interface");
    named("nuget", "Newtonsoft.Json", "newtonsoft.json");
    named("cran", "Rcpp", "Rcpp");
}

/* Advisories have both the URL and what it is without scheme and ending. */
static void places(void **state)
{
    (void)state;
    named("swift", "github.com/apple/swift-nio", "github.com/apple/swift-nio");
    named("swift", "https://github.com/Apple/swift-nio.git", "github.com/apple/swift-nio");
    named("swift", "ssh://git@github.com/apple/swift-nio/", "github.com/apple/swift-nio");
    named("swift", "git@github.com:apple/swift-nio.git", "github.com/apple/swift-nio");
    named("swift", "", "");
    named("swift", "://", "");
    named("swift", "a/b@c", "a/b@c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
