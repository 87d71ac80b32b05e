#ifndef CLI_DEBUG_H
#define CLI_DEBUG_H

#include "cli/cli.h"

/* The parts of lotse debug; each gives the exit code. */
int debug_version(const struct call *call);
int debug_range(const struct call *call);
int debug_statements(const struct call *call);
int debug_match(const struct call *call);
int debug_coverage(const struct call *call);
int debug_packages(const struct call *call);

#endif
