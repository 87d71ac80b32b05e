/* apk's list of what is installed. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("lib/apk/db/installed"), .bytes = in, .a = a};

    reader_run(&pkg_apk, &read);
}
