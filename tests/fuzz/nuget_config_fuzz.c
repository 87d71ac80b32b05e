/* A packages.config. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/packages.config"), .bytes = in, .a = a};

    reader_run(&pkg_nuget_config, &read);
}
