/* Chisel's manifest: what is not packed is read as it is. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("var/lib/chisel/manifest.wall"), .bytes = in, .a = a};

    reader_run(&pkg_chisel, &read);
}
