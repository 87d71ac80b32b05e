/* A gradle.lockfile. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/gradle.lockfile"), .bytes = in, .a = a};

    reader_run(&pkg_gradle_lock, &read);
}
