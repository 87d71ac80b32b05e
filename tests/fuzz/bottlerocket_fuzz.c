/* Bottlerocket's inventory. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("usr/share/bottlerocket/application-inventory.json"),
                        .bytes = in,
                        .a = a};

    reader_run(&pkg_bottlerocket, &read);
}
