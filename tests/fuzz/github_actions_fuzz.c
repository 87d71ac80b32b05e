/* A workflow of GitHub. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("srv/.github/workflows/x.yml"), .bytes = in, .a = a};

    reader_run(&pkg_github_actions, &read);
}
