/* Carton's cpanfile.snapshot. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/cpanfile.snapshot"), .bytes = in, .a = a};

    reader_run(&pkg_cpan_snapshot, &read);
}
