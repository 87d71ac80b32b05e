/* npm's lock file, all versions. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("package-lock.json"), .bytes = in, .a = a};

    reader_run(&pkg_npm_lock, &read);
}
