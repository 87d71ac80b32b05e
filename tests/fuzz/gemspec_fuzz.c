/* The specification of an installed gem. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("usr/lib/ruby/gems/specifications/x-1.gemspec"), .bytes = in, .a = a};

    reader_run(&pkg_gemspec, &read);
}
