/* A poetry.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/poetry.lock"), .bytes = in, .a = a};

    reader_run(&pkg_poetry_lock, &read);
}
