/* The files of opkg: the first byte says which. */
#include "reader.h"

FUZZ(2048)
{
    static const char *const paths[] = {"usr/lib/opkg/status",
                                        "var/lib/opkg/info/busybox.list",
                                        "usr/lib/opkg/info/busybox.control"};
    const char *path = paths[fuzz_byte(&in) % 3];
    struct read read = {.path = str_of(path), .bytes = in, .a = a};

    reader_run(&pkg_opkg, &read);
    pkg_join_owned(a, &read.packages, &read.owned);
    reader_found(&read);
}
