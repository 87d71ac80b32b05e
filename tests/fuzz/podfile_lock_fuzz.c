/* A Podfile.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Podfile.lock"), .bytes = in, .a = a};

    reader_run(&pkg_podfile_lock, &read);
}
