/* A composer.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/composer.lock"), .bytes = in, .a = a};

    reader_run(&pkg_composer_lock, &read);
}
