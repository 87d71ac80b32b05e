/* cpanm's install.json and MYMETA.json. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {
        .path = S("usr/local/lib/perl5/.meta/x-1/install.json"), .bytes = in, .a = a};

    reader_run(&pkg_cpan_meta, &read);
}
