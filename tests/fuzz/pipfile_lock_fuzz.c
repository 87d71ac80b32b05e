/* A Pipfile.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Pipfile.lock"), .bytes = in, .a = a};

    reader_run(&pkg_pipfile_lock, &read);
}
