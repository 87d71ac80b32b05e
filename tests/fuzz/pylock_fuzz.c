/* A pylock.toml. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/pylock.toml"), .bytes = in, .a = a};

    reader_run(&pkg_pylock, &read);
}
