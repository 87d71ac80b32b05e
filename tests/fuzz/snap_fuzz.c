/* The files of a snap: the first byte says which. */
#include "reader.h"

FUZZ(2048)
{
    static const char *const paths[] = {"meta/snap.yaml", "snap/x/1/snap/manifest.yaml"};
    const char *path = paths[fuzz_byte(&in) % 2];
    struct read read = {.path = str_of(path), .bytes = in, .a = a};

    reader_run(&pkg_snap, &read);
    pkg_join_owned(a, &read.packages, &read.owned);
    reader_found(&read);
}
