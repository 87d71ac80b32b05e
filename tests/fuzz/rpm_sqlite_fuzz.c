/* rpm's database, in SQLite. */
#include "reader.h"

FUZZ(16384)
{
    struct read read = {.path = S("var/lib/rpm/rpmdb.sqlite"), .bytes = in, .a = a};

    reader_run(&pkg_rpm, &read);
}
