/* rpm's database, in its own form. */
#include "reader.h"

FUZZ(8192)
{
    struct read read = {.path = S("var/lib/rpm/Packages.db"), .bytes = in, .a = a};

    reader_run(&pkg_rpm, &read);
}
