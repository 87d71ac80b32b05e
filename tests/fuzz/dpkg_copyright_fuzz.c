/* Licences out of a Debian copyright file: what comes of them is short, and one text. */
#include "reader.h"

#include "model/licence.h"

FUZZ(2048)
{
    struct read read = {.path = S("usr/share/doc/libc6/copyright"), .bytes = in, .a = a};

    reader_run(&pkg_dpkg_copyright, &read);
    must(read.owned.len <= 1);
    if (read.owned.len)
        must(read.owned.at[0].licence.n && read.owned.at[0].licence.n < 8192);
    if (read.owned.len)
        licence_spdx(a, read.owned.at[0].licence);
}
