/* A perllocal.pod. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("usr/lib/perllocal.pod"), .bytes = in, .a = a};

    reader_run(&pkg_perllocal, &read);
}
