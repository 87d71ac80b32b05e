/* Programs by their content. */
#include "reader.h"

FUZZ(65536)
{
    struct read read = {.path = S("opt/redis-server"), .bytes = in, .a = a};

    reader_run(&pkg_program, &read);
}
