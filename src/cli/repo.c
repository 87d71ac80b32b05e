/* lotse repo DIR */
#include "cli/cli.h"

static int repo_run(const struct call *call)
{
    if (call->args.len != 1)
        return cli_fail("which folder? usage: lotse repo [OPTIONS] DIR");
    return cli_scan(call, call->args.at[0], SCAN_CHECKOUT);
}

const struct command command_repo = {
    .name = "repo",
    .args = "DIR",
    .title = "find known vulnerabilities in what source code depends on",
    .text =
        "DIR is a folder of source code. Read are its lock files and manifests, and "
        "archives\n"
        "of libraries that lie in it, wherever they are; not entered are folders of "
        "version\n"
        "control, and those of installed packages (node_modules, .venv) where a lock file\n"
        "lists what is in them.\n"
        "\n"
        "  lotse repo .\n"
        "  lotse repo --include-dev --fail-on high -o json=repo.json .\n"
        "\n"
        "Exit codes: 0 clean, 1 findings at or over the gate (--fail-on), 2 failed, or\n"
        "something could not be read, 3 nothing could be judged.\n",
    .options = {OPTION_OUTPUT + 1, OPTION_SEVERITY + 1, OPTION_FAIL_ON + 1,
                OPTION_ONLY_FIXED + 1, OPTION_INCLUDE_DEV + 1, OPTION_STRICT + 1,
                OPTION_DB + 1, OPTION_NO_COLOR + 1, OPTION_NO_PROGRESS + 1, OPTION_JARS + 1,
                OPTION_JAR_HASHES + 1, OPTION_LIMIT + 1, OPTION_MEMORY_LIMIT + 1,
                OPTION_TIMEOUT + 1, OPTION_REQUIRE_SANDBOX + 1, OPTION_DEBUG + 1},
    .run = repo_run,
};
