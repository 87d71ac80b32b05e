/* lotse image SOURCE */
#include "cli/cli.h"

static int image_run(const struct call *call)
{
    if (call->args.len != 1)
        return cli_fail("which image? usage: lotse image [OPTIONS] SOURCE");
    return cli_scan(call, call->args.at[0], SCAN_IMAGE);
}

const struct command command_image = {
    .name = "image",
    .args = "SOURCE",
    .title = "find known vulnerabilities in a container image",
    .text =
        "SOURCE is a file or directory, alone or behind the name of its kind:\n"
        "  docker-archive:FILE[:TAG]   docker save, podman save\n"
        "  oci-archive:FILE[:TAG]      an OCI layout in a tar, ctr image export\n"
        "  oci-dir:DIR[:TAG]           an OCI layout in a directory\n"
        "  dir:DIR                     an unpacked root file system\n"
        "  tar:FILE                    a root file system in a tar, podman export\n"
        "Archives and layers may be packed with gzip, zstd, xz or bzip2.\n"
        "\n"
        "  lotse image app.tar\n"
        "  lotse image --severity-threshold high -o table -o json=app.json app.tar\n"
        "  lotse image --platform linux/arm64 oci-archive:app.tar\n"
        "\n"
        "Exit codes: 0 clean, 1 findings at or over the gate (--fail-on), 2 failed, or\n"
        "something could not be read, 3 nothing could be judged.\n",
    .options = {OPTION_OUTPUT + 1, OPTION_SEVERITY + 1, OPTION_FAIL_ON + 1,
                OPTION_ONLY_FIXED + 1, OPTION_INCLUDE_DEV + 1, OPTION_STRICT + 1,
                OPTION_PLATFORM + 1, OPTION_DB + 1, OPTION_CACHE_DIR + 1,
                OPTION_NO_CACHE + 1, OPTION_NO_COLOR + 1, OPTION_NO_PROGRESS + 1,
                OPTION_JARS + 1, OPTION_JAR_HASHES + 1, OPTION_LIMIT + 1,
                OPTION_MEMORY_LIMIT + 1, OPTION_TIMEOUT + 1, OPTION_REQUIRE_SANDBOX + 1,
                OPTION_DEBUG + 1},
    .run = image_run,
};
