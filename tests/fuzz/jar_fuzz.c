/* An archive of Java, with archives in it. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("opt/a-1.0.jar"), .bytes = in, .a = a};

    reader_run(&pkg_jar, &read);
}
