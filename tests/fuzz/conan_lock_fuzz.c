/* A conan.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/conan.lock"), .bytes = in, .a = a};

    reader_run(&pkg_conan_lock, &read);
}
