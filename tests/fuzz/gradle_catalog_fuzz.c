/* A version catalog of Gradle. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/libs.versions.toml"), .bytes = in, .a = a};

    reader_run(&pkg_gradle_catalog, &read);
}
