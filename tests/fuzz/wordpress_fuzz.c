/* A plugin of WordPress. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("var/www/wp-content/plugins/x/x.php"), .bytes = in, .a = a};

    reader_run(&pkg_wordpress, &read);
}
