/* A Gemfile.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Gemfile.lock"), .bytes = in, .a = a};

    reader_run(&pkg_gemfile_lock, &read);
}
