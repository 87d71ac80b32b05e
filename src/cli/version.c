#include "cli/cli.h"

#include <stdio.h>

#define LOTSE_VERSION "0.1.0"

static int version_run(const struct call *call)
{
    (void)call;
    puts("lotse " LOTSE_VERSION);
    return EXIT_CLEAN;
}

const struct command command_version = {
    .name = "version",
    .args = "",
    .title = "print the version",
    .run = version_run,
};
