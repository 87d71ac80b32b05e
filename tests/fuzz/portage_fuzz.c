/* CONTENTS of an installed ebuild. */
#include "reader.h"

FUZZ(2048)
{
    struct read read = {
        .path = S("var/db/pkg/dev-libs/openssl-3.0.13-r2/CONTENTS"), .bytes = in, .a = a};

    reader_run(&pkg_portage, &read);
}
