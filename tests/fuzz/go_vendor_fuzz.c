/* Go's vendor/modules.txt. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/vendor/modules.txt"), .bytes = in, .a = a};

    reader_run(&pkg_go_vendor, &read);
}
