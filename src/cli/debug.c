/* lotse debug: single parts by themselves, for tests and for those who work on
 * lotse. What it prints is kept stable. */
#include "cli/debug.h"
#include "base/err.h"
#include "base/own.h"
#include "cli/cli.h"

#include <stdio.h>

static int debug_sandbox(const struct call *call)
{
    if (call->args.len != 2)
        return cli_fail("usage: lotse debug sandbox IMAGE");
    return cli_scan(call, call->args.at[1], SCAN_SELFTEST);
}

static int debug_run(const struct call *call)
{
    static const struct {
        const char *name;
        int (*run)(const struct call *call);
    } parts[] = {{"version", debug_version},   {"range", debug_range},
                 {"match", debug_match},       {"statements", debug_statements},
                 {"packages", debug_packages}, {"sandbox", debug_sandbox},
                 {"coverage", debug_coverage}};

    for (size_t i = 0; call->args.len && i < sizeof parts / sizeof *parts; i++)
        if (str_equal(call->args.at[0], str_of(parts[i].name)))
            return parts[i].run(call);
    return cli_fail(
        "usage: lotse debug version|range|match|statements|packages|sandbox|coverage; "
        "see lotse debug --help");
}

const struct command command_debug = {
    .name = "debug",
    .args = "version SCHEME [A B] | range SCHEME | match | statements | packages PATH | "
            "sandbox IMAGE | coverage",
    .title = "single parts by themselves",
    .text =
        "  lotse debug version deb 1.0~rc1 1.0   prints <, =, > or E\n"
        "  lotse debug version deb               the same for lines \"A<TAB>B\"\n"
        "  lotse debug version --valid deb       valid or invalid for each line\n"
        "  lotse debug range semver              in, out or E for lines "
        "\"RANGE<TAB>VERSION\"\n"
        "  lotse debug match                     findings for lines\n"
        "                                        "
        "\"ECOSYSTEM<TAB>PACKAGE<TAB>VERSION[<TAB>MODULE]\"\n"
        "  lotse debug statements                all statements of the database, a "
        "line each\n"
        "  lotse debug packages PATH             packages of a file, directory or "
        "image, as JSON\n"
        "  lotse debug sandbox IMAGE             lotse image with a reader that misbehaves "
        "on\n"
        "                                        files in lotse-selftest/\n"
        "  lotse debug coverage                  every reader, scheme and ecosystem, as "
        "Markdown\n",
    .options = {OPTION_VALID + 1, OPTION_FILES + 1, OPTION_DB + 1, OPTION_CACHE_DIR + 1,
                OPTION_NO_CACHE + 1, OPTION_PLATFORM + 1, OPTION_OUTPUT + 1,
                OPTION_FAIL_ON + 1, OPTION_NO_PROGRESS + 1, OPTION_JARS + 1,
                OPTION_LIMIT + 1, OPTION_MEMORY_LIMIT + 1, OPTION_TIMEOUT + 1,
                OPTION_REQUIRE_SANDBOX + 1, OPTION_DEBUG + 1},
    .run = debug_run,
    .hidden = true,
};
