/* A rebar.lock, and so Erlang's terms. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/rebar.lock"), .bytes = in, .a = a};

    reader_run(&pkg_rebar_lock, &read);
}
