/* A uv.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/uv.lock"), .bytes = in, .a = a};

    reader_run(&pkg_uv_lock, &read);
}
