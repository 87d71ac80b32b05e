/* A package that Conda installed. */
#include "reader.h"

FUZZ(4096)
{
    struct read read = {.path = S("opt/conda/conda-meta/x-1-0.json"), .bytes = in, .a = a};

    reader_run(&pkg_conda_meta, &read);
}
