/* A packrat.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/packrat.lock"), .bytes = in, .a = a};

    reader_run(&pkg_packrat_lock, &read);
}
