/* A deps.json of .NET. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("app/x.deps.json"), .bytes = in, .a = a};

    reader_run(&pkg_nuget_deps, &read);
}
