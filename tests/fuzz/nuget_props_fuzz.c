/* A Directory.Packages.props. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Directory.Packages.props"), .bytes = in, .a = a};

    reader_run(&pkg_nuget_props, &read);
}
