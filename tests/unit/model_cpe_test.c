/* Names of the Common Platform Enumeration. */
#include "base/arena.h"
#include "base/own.h"
#include "model/cpe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void written(void **state)
{
    static const struct {
        const char *product, *version, *cpe;
    } cases[] = {
        {"openbsd:openssh", "9.2p1", "cpe:2.3:a:openbsd:openssh:9.2p1:*:*:*:*:*:*:*"},
        {"nodejs:node.js", "18.19.0-rc.1",
         "cpe:2.3:a:nodejs:node.js:18.19.0-rc.1:*:*:*:*:*:*:*"},
        {"erlang:erlang\\/otp", "25.2", "cpe:2.3:a:erlang:erlang\\/otp:25.2:*:*:*:*:*:*:*"},
        {"php:php", "8.2.0RC1+x~y", "cpe:2.3:a:php:php:8.2.0rc1\\+x\\~y:*:*:*:*:*:*:*"},
    };
    own(arena) a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str got = cpe_write(&a, str_of(cases[i].product), str_of(cases[i].version));

        if (!str_equal(got, str_of(cases[i].cpe)))
            fail_msg("%s: " STR_FMT, cases[i].cpe, STR_ARG(got));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(written)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
