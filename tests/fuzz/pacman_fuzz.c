/* The files of pacman: the first byte says which. */
#include "reader.h"

FUZZ(2048)
{
    static const char *const paths[] = {"var/lib/pacman/local/bash-5.2-1/desc",
                                        "var/lib/pacman/local/bash-5.2-1/files"};
    const char *path = paths[fuzz_byte(&in) % 2];
    struct read read = {.path = str_of(path), .bytes = in, .a = a};

    reader_run(&pkg_pacman, &read);
    pkg_join_owned(a, &read.packages, &read.owned);
    reader_found(&read);
}
