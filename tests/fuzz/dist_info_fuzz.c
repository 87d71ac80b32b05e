/* METADATA of an installed Python package. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path =
                            S("srv/lib/python3.11/site-packages/x-1.dist-info/METADATA"),
                        .bytes = in,
                        .a = a};

    reader_run(&pkg_dist_info, &read);
}
