#include "image/manifest.h"

#include <sys/utsname.h>

/* Go's names for what uname calls the machine. */
static const struct {
    const char *machine, *platform;
} machines[] = {
    {"x86_64", "linux/amd64"},
    {"aarch64", "linux/arm64"},
    {"armv7l", "linux/arm/v7"},
    {"armv6l", "linux/arm/v6"},
    {"i686", "linux/386"},
    {"ppc64le", "linux/ppc64le"},
    {"s390x", "linux/s390x"},
    {"riscv64", "linux/riscv64"},
    {"loongarch64", "linux/loong64"},
    {"mips64", "linux/mips64le"},
};

struct str platform_here(void)
{
    static struct str here;
    struct utsname u;

    if (here.n)
        return here;
    here = S("linux/amd64");
    if (uname(&u) == 0)
        for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
            if (str_equal(str_of(u.machine), str_of(machines[i].machine)))
                here = str_of(machines[i].platform);
    return here;
}

bool platform_matches(struct str wanted, struct str os, struct str arch, struct str variant)
{
    struct str part, rest = wanted.n ? wanted : platform_here();

    str_cut(rest, '/', &part, &rest);
    if (!str_equal(part, os))
        return false;
    str_cut(rest, '/', &part, &rest);
    if (!str_equal(part, arch))
        return false;
    return rest.n == 0 || variant.n == 0 || str_equal(rest, variant);
}
