/* A pubspec.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/pubspec.lock"), .bytes = in, .a = a};

    reader_run(&pkg_pubspec_lock, &read);
}
