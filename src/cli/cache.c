/* lotse cache: what is kept for later scans. */
#include "cache/cache.h"
#include "base/err.h"
#include "cli/cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum { DAY = 24 * 60 * 60, DAYS_MAX = 36500 };

static int sweep(const struct call *call, int64_t before, struct cache_state *out)
{
    struct str dir = cli_cache_dir(call);
    struct err err = {0};

    if (!dir.n)
        return cli_fail("no home directory, so nothing is kept: name a place with "
                        "--cache-dir");
    return cache_sweep(dir, before, out, &err) < 0 ? cli_fail("%s", err.text) : 0;
}

static int status(const struct call *call)
{
    struct cache_state state;

    if (sweep(call, 0, &state))
        return EXIT_FAILURE_;
    cli_print("cache   " STR_FMT "\n", STR_ARG(cli_cache_dir(call)));
    cli_print("layers  %" PRIu64 "\n", state.files);
    cli_print("size    %.1f MB\n", (double)state.bytes / 1e6);
    return EXIT_CLEAN;
}

static int clean(const struct call *call)
{
    struct str days = cli_value(call, OPTION_OLDER);
    struct cache_state state;
    int64_t before = INT64_MAX;
    uint64_t n;

    if (cli_given(call, OPTION_ALL) == (days.n > 0))
        return cli_fail("clean what? lotse cache clean --older DAYS, or --all");
    if (days.n && (!str_u64(days, &n) || n > DAYS_MAX))
        return cli_fail("--older " STR_FMT ": days, 0 to %d", STR_ARG(days), DAYS_MAX);
    if (days.n)
        before = (int64_t)time(NULL) - (int64_t)n * DAY;
    if (sweep(call, before, &state))
        return EXIT_FAILURE_;
    cli_print("removed %" PRIu64 " of %" PRIu64 " layers, %.1f MB\n", state.removed,
              state.removed + state.files, (double)state.removed_bytes / 1e6);
    return EXIT_CLEAN;
}

static int cache_run(const struct call *call)
{
    if (call->args.len == 1 && str_equal(call->args.at[0], S("status")))
        return status(call);
    if (call->args.len == 1 && str_equal(call->args.at[0], S("clean")))
        return clean(call);
    return cli_fail("usage: lotse cache status|clean; see lotse cache --help");
}

const struct command command_cache = {
    .name = "cache",
    .args = "status|clean",
    .title = "what is kept of layers for later scans",
    .text = "  lotse cache status             where it is, and how large\n"
            "  lotse cache clean --older 30   removes what was not used for 30 days\n"
            "  lotse cache clean --all        removes everything\n"
            "Nothing is lost: the next scan reads the layers again.\n",
    .options = {OPTION_CACHE_DIR + 1, OPTION_OLDER + 1, OPTION_ALL + 1},
    .run = cache_run,
};
