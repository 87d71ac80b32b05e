/* A list of libraries, packed, in a program. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("usr/bin/x"), .bytes = in, .a = a};

    reader_run(&pkg_native_image, &read);
}
