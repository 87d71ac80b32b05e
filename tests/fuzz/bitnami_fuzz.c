/* The SPDX document of a Bitnami component. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {
        .path = S("opt/bitnami/redis/.spdx-redis.spdx"), .bytes = in, .a = a};

    reader_run(&pkg_bitnami, &read);
}
