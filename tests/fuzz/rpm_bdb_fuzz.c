/* rpm's database, a Berkeley DB hash. */
#include "reader.h"

FUZZ(32768)
{
    struct read read = {.path = S("var/lib/rpm/Packages"), .bytes = in, .a = a};

    reader_run(&pkg_rpm, &read);
}
