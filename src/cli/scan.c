/* What the commands that scan have in common: from what was asked for to the report. */
#include "scan/scan.h"
#include "advisory/advisory.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "cache/cache.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "io/file.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct output {
    const struct report *format;
    struct str file; /* empty: standard output */
};

struct outputs {
    struct output *at;
    size_t len, cap;
};

/* ---- what was asked for ---- */

static int read_outputs(const struct call *call, struct outputs *out)
{
    const struct str_list *given = &call->given[OPTION_OUTPUT];

    for (size_t i = 0; i < given->len; i++) {
        struct output *o = arena_push(call->a, out);
        struct str name;

        if (str_cut(given->at[i], '=', &name, &o->file) && !o->file.n)
            return cli_fail("--output " STR_FMT ": to which file?", STR_ARG(given->at[i]));
        for (size_t j = 0; j + 1 < out->len; j++)
            if (str_equal(out->at[j].file, o->file))
                return cli_fail("two reports to the same place: " STR_FMT,
                                STR_ARG(o->file.n ? o->file : S("standard output")));
        o->format = report_find(name);
        if (!o->format)
            return cli_fail("there is no format " STR_FMT "; there are table, json",
                            STR_ARG(name));
    }
    if (!out->len)
        *arena_push(call->a, out) = (struct output){.format = &report_table};
    return 0;
}

static int read_severity(struct str word, const char *option, enum severity *out)
{
    if (!severity_parse(word, out))
        return cli_fail("--%s " STR_FMT ": one of negligible, low, medium, high, critical",
                        option, STR_ARG(word));
    return 0;
}

static int read_gate(const struct call *call, struct gate *gate)
{
    struct str fail_on = cli_value(call, OPTION_FAIL_ON);
    struct str threshold = cli_value(call, OPTION_SEVERITY);

    gate->strict = cli_given(call, OPTION_STRICT);
    gate->only_fixed = cli_given(call, OPTION_ONLY_FIXED);
    if (threshold.n && read_severity(threshold, "severity-threshold", &gate->severity))
        return EXIT_FAILURE_;
    if (str_equal(fail_on, S("none")))
        gate->none = true;
    else if (str_equal(fail_on, S("fixed")))
        gate->only_fixed = true;
    else if (fail_on.n && read_severity(fail_on, "fail-on", &gate->severity))
        return EXIT_FAILURE_;
    return 0;
}

static unsigned terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;

    if (columns && atoi(columns) > 0)
        return (unsigned)atoi(columns);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    return 0;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static void read_style(const struct call *call, struct report_style *style)
{
    bool terminal = isatty(STDOUT_FILENO);
    const char *term = getenv("TERM");

    style->colour = terminal && !(term && strcmp(term, "dumb") == 0);
    if (is_set("CLICOLOR_FORCE") || is_set("FORCE_COLOR"))
        style->colour = true;
    if (is_set("NO_COLOR") || cli_given(call, OPTION_NO_COLOR))
        style->colour = false;
    style->width = terminal || is_set("COLUMNS") ? terminal_width() : 0;
    style->only_fixed = cli_given(call, OPTION_ONLY_FIXED);
    if (cli_given(call, OPTION_SEVERITY))
        severity_parse(cli_value(call, OPTION_SEVERITY), &style->at_least);
}

/* ---- the report ---- */

static int write_outputs(const struct outputs *outputs, const struct result *r,
                         const struct report_style *style)
{
    int code = 0;

    for (size_t i = 0; i < outputs->len; i++) {
        const struct output *o = &outputs->at[i];
        struct report_style one = *style;
        own(buf) text = {0};
        own(arena) a = {0};
        struct err err = {0};

        if (o->file.n) {
            one.colour = false;
            one.width = 0;
        }
        o->format->write(r, &one, &text);
        if (o->file.n)
            file_sweep(str_copy(&a, o->file).p);
        if (file_write(o->file.n ? str_copy(&a, o->file).p : "-", buf_view(&text), &err) <
            0)
            code = cli_fail("%s", err.text);
    }
    return code;
}

/* The database of a scan. */
struct data {
    const struct call *call;
    struct db *db;
};

static int open_db(void *ctx, struct db **db, struct err *err)
{
    struct data *data = ctx;
    struct str dir = cli_db_dir(data->call);

    if (db_open(dir.p, &data->db, err) < 0) {
        if (err->code != ERR_NOTFOUND || cli_given(data->call, OPTION_DB))
            return err->code;
        cli_warn("%s", err->text);
        *err = (struct err){0};
    }
    *db = data->db;
    return 0;
}

static int read_budget(const struct call *call, struct budget *budget)
{
    struct str memory = cli_value(call, OPTION_MEMORY_LIMIT);
    struct str seconds = cli_value(call, OPTION_TIMEOUT);
    struct str jars = cli_value(call, OPTION_JARS);
    struct err err = {0};
    uint64_t n = 0;

    *budget = budget_layer;
    if (memory.n && (!limit_size(memory, &budget->memory) || budget->memory < 1 << 20))
        return cli_fail("--memory-limit " STR_FMT ": a size of at least 1M, like 256M",
                        STR_ARG(memory));
    if (seconds.n && (!str_u64(seconds, &n) || n == 0 || n > 86400))
        return cli_fail("--stall-timeout " STR_FMT ": seconds, 1 to 86400",
                        STR_ARG(seconds));
    if (n)
        budget->seconds = n;
    if (jars.n && budget_set(S("jars"), jars, &err) < 0)
        return cli_fail("--nested-jars-depth " STR_FMT ": %s", STR_ARG(jars), err.text);
    budget->jars = budget_layer.jars;
    mem_budget(budget->memory);
    return 0;
}

static int check_sandbox(const struct call *call)
{
    struct str lacks = {0};

    if (!cli_given(call, OPTION_DEBUG) && !cli_given(call, OPTION_REQUIRE_SANDBOX))
        return 0;
    lacks = scan_sandbox_lacks();
    if (lacks.n && cli_given(call, OPTION_REQUIRE_SANDBOX))
        return cli_fail("the parsers cannot be locked in here: " STR_FMT, STR_ARG(lacks));
    if (cli_given(call, OPTION_DEBUG))
        cli_warn("sandbox: %s" STR_FMT, lacks.n ? "partly, " : "complete", STR_ARG(lacks));
    return 0;
}

/* NULL where there can be none: that costs time, nothing else. */
static struct cache *open_cache(const struct call *call, uint64_t bound)
{
    struct str dir = cli_cache_dir(call);
    struct cache *cache = NULL;
    struct err err = {0};

    if (cli_given(call, OPTION_NO_CACHE))
        return NULL;
    if (!dir.n)
        err_set(&err, ERR_NOTFOUND, "no home directory");
    else if (cache_open(dir, bound, &cache, &err) == 0)
        return cache;
    if (cli_given(call, OPTION_DEBUG) || cli_given(call, OPTION_CACHE_DIR))
        cli_warn("nothing is kept for later scans: %s", err.text);
    return NULL;
}

int cli_scan(const struct call *call, struct str source, enum scan_what what)
{
    struct report_style style = {0};
    struct outputs outputs = {0};
    struct gate gate = {0};
    struct budget budget;
    struct progress progress;
    struct result result;
    struct err err = {0};
    struct data data = {.call = call};
    int code;

    if (read_outputs(call, &outputs) || read_gate(call, &gate) ||
        read_budget(call, &budget) || check_sandbox(call))
        return EXIT_FAILURE_;
    read_style(call, &style);
    progress_start(&progress, !cli_given(call, OPTION_NO_PROGRESS));
    struct scan_options options = {
        .platform = cli_value(call, OPTION_PLATFORM),
        .db = open_db,
        .db_ctx = &data,
        .budget = &budget,
        .jar_hashes = cli_value(call, OPTION_JAR_HASHES),
        .selftest = what == SCAN_SELFTEST,
        .checkout = what == SCAN_CHECKOUT,
        .include_dev = cli_given(call, OPTION_INCLUDE_DEV),
        .cache = open_cache(call, budget.cache),
        .progress = progress_tell,
        .ctx = &progress,
    };
    code = scan_image(call->a, source, &options, &result, &err);
    progress_end(&progress);
    code = code < 0 ? cli_fail("%s", err.text) : write_outputs(&outputs, &result, &style);
    if (code == 0)
        code = (int)scan_verdict(&result, &gate);
    cache_close(options.cache);
    db_close(data.db);
    return code;
}
