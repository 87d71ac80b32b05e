/* A DESCRIPTION of R. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("usr/lib/R/library/x/DESCRIPTION"), .bytes = in, .a = a};

    reader_run(&pkg_r_description, &read);
}
