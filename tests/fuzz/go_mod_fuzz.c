/* A go.mod. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/go.mod"), .bytes = in, .a = a};

    reader_run(&pkg_go_mod, &read);
}
