/* A mix.lock, and so Elixir's terms. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/mix.lock"), .bytes = in, .a = a};

    reader_run(&pkg_mix_lock, &read);
}
