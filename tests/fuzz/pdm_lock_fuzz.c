/* A pdm.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/pdm.lock"), .bytes = in, .a = a};

    reader_run(&pkg_pdm_lock, &read);
}
