/* Bun's lock file. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("bun.lock"), .bytes = in, .a = a};

    reader_run(&pkg_bun_lock, &read);
}
