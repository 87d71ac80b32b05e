/* A pom.xml. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/pom.xml"), .bytes = in, .a = a};

    reader_run(&pkg_pom, &read);
}
