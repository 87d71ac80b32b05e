/* Platforms: wanted, os, arch, variant, a line each. */
#include "fuzz.h"
#include "image/manifest.h"

FUZZ(128)
{
    struct str wanted, os, arch, variant;

    str_cut(in, '\n', &wanted, &in);
    str_cut(in, '\n', &os, &in);
    str_cut(in, '\n', &arch, &variant);
    platform_matches(wanted, os, arch, variant);
    if (str_find(os, S("/")) < 0 && str_find(arch, S("/")) < 0 && (os.n || arch.n))
        must(
            platform_matches(str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(os), STR_ARG(arch)),
                             os, arch, variant) ||
            fuzz_has_nul(os) || fuzz_has_nul(arch));
}
