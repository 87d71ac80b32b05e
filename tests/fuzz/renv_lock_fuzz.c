/* A renv.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/renv.lock"), .bytes = in, .a = a};

    reader_run(&pkg_renv_lock, &read);
}
