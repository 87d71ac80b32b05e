/* A Cargo.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Cargo.lock"), .bytes = in, .a = a};

    reader_run(&pkg_cargo_lock, &read);
}
