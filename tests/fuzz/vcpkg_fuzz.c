/* vcpkg's status. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/vcpkg/status"), .bytes = in, .a = a};

    reader_run(&pkg_vcpkg, &read);
}
