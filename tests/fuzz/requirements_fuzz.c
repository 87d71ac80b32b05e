/* A requirements.txt. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("srv/requirements.txt"), .bytes = in, .a = a};

    reader_run(&pkg_requirements, &read);
}
