/* package.json of an installed package. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/node_modules/x/package.json"), .bytes = in, .a = a};

    reader_run(&pkg_npm, &read);
}
