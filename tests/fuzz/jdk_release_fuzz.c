/* A Java runtime's file release. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("opt/java/release"), .bytes = in, .a = a};

    reader_run(&pkg_jdk_release, &read);
}
