/* A cabal.project.freeze. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/cabal.project.freeze"), .bytes = in, .a = a};

    reader_run(&pkg_cabal_freeze, &read);
}
