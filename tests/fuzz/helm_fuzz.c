/* A Chart.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/Chart.lock"), .bytes = in, .a = a};

    reader_run(&pkg_helm, &read);
}
