/* Homebrew's receipt. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("usr/local/Cellar/wget/1.24.5/INSTALL_RECEIPT.json"),
                        .bytes = in,
                        .a = a};

    reader_run(&pkg_brew, &read);
}
