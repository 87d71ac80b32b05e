/* Yarn's lock file, both forms. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("yarn.lock"), .bytes = in, .a = a};

    reader_run(&pkg_yarn_lock, &read);
}
