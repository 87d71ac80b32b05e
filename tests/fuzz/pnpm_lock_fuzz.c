/* pnpm's lock file. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("pnpm-lock.yaml"), .bytes = in, .a = a};

    reader_run(&pkg_pnpm_lock, &read);
}
