/* A luarocks.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/luarocks.lock"), .bytes = in, .a = a};

    reader_run(&pkg_luarocks_lock, &read);
}
