/* An installed.json of Composer's. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/vendor/composer/installed.json"), .bytes = in, .a = a};

    reader_run(&pkg_composer_installed, &read);
}
