/* A packages.lock.json. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/packages.lock.json"), .bytes = in, .a = a};

    reader_run(&pkg_nuget_lock, &read);
}
