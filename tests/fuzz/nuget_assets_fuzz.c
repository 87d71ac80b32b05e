/* A project.assets.json. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/project.assets.json"), .bytes = in, .a = a};

    reader_run(&pkg_nuget_assets, &read);
}
