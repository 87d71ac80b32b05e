/* An environment.yml. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("srv/environment.yml"), .bytes = in, .a = a};

    reader_run(&pkg_conda_env, &read);
}
