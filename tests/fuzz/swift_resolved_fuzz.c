/* A Package.resolved. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Package.resolved"), .bytes = in, .a = a};

    reader_run(&pkg_swift_resolved, &read);
}
