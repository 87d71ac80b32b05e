/* Julia's Manifest.toml. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Manifest.toml"), .bytes = in, .a = a};

    reader_run(&pkg_julia_manifest, &read);
}
