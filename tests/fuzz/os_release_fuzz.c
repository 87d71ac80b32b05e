/* Values of os-release: short, trimmed, without control characters, and clean
 * already when they are cleaned again. */
#include "fuzz.h"
#include "model/os_release.h"

FUZZ(1024)
{
    static const char *const keys[] = {"ID", "NAME", "PRETTY_NAME", "A"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str v = os_release_get(a, in, keys[i]);

        must(v.n <= 200);
        must(str_equal(v, os_release_clean(a, v)));
        for (size_t j = 0; j < v.n; j++)
            must((unsigned char)v.p[j] >= ' ' && v.p[j] != 0x7f);
    }
}
