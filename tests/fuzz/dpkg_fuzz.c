/* The files of dpkg: the first byte says which. */
#include "reader.h"

FUZZ(2048)
{
    static const char *const paths[] = {"var/lib/dpkg/status", "var/lib/dpkg/status.d/base",
                                        "var/lib/dpkg/info/libc6:amd64.list",
                                        "var/lib/dpkg/info/base-files.md5sums"};
    const char *path = paths[fuzz_byte(&in) % 4];
    struct read read = {.path = str_of(path), .bytes = in, .a = a};

    reader_run(&pkg_dpkg, &read);
    pkg_join_owned(a, &read.packages, &read.owned);
    reader_found(&read);
}
