/* A build.sbt.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/build.sbt.lock"), .bytes = in, .a = a};

    reader_run(&pkg_sbt_lock, &read);
}
