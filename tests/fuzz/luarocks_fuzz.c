/* A rockspec. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("usr/lib/luarocks/rocks-5.4/x/1.0-1/x-1.0-1.rockspec"), .bytes = in, .a = a};

    reader_run(&pkg_luarocks, &read);
}
