/* A stack.yaml.lock. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/stack.yaml.lock"), .bytes = in, .a = a};

    reader_run(&pkg_stack_lock, &read);
}
