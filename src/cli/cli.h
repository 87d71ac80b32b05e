#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

struct err;

/* ---- options: one table, from which flags, help, and environment come ---- */

enum option_takes {
    TAKES_NOTHING, /* a switch */
    TAKES_VALUE,   /* the last one given counts */
    TAKES_LIST,    /* each one given counts */
};

enum option_id {
#define OPTION(id, short_name, long_name, takes, value, help) OPTION_##id,
#include "cli/option.def"
#undef OPTION
    OPTION_COUNT,
};

struct option {
    char short_name; /* 0: none */
    const char *name;
    enum option_takes takes;
    const char *value; /* what help calls it, "FILE" */
    const char *help;
};

extern const struct option cli_options[OPTION_COUNT];

/* ---- commands ---- */

/* What a command was called with. */
struct call {
    struct arena *a;
    struct str_list args;                /* what is no option */
    struct str_list given[OPTION_COUNT]; /* values; of a switch "" */
};

/* One command. To add one: write src/cli/NAME.c, add COMMAND(NAME) to list.def,
 * and a case to tests/cases/. */
struct command {
    const char *name;
    const char *args;  /* "SOURCE" */
    const char *title; /* one line */
    const char *text;  /* what help says more, with examples; may be NULL */
    int options[32];   /* enum option_id + 1, 0 at the end; --help always goes */
    int (*run)(const struct call *call); /* gives the exit code */
    bool hidden; /* for those who work on lotse: not in the list of commands */
};

#define COMMAND(name) extern const struct command command_##name;
#include "cli/list.def"
#undef COMMAND

extern const struct command *const commands[];

/* Options may also be set in the environment: --fail-on as LOTSE_FAIL_ON. The
 * command line wins. False, and what is wrong printed, when it makes no sense. */
bool cli_parse(const struct command *c, int argc, char **argv, struct call *out);

bool cli_given(const struct call *call, enum option_id id);
struct str cli_value(const struct call *call, enum option_id id); /* the last, or empty */

/* Prints "lotse: MESSAGE" on standard error, with nothing in it that moves a cursor. */
void cli_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* On standard output, in the same way but for line ends. Gives the bytes written. */
size_t cli_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* cli_warn, and gives 2. */
int cli_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Scans and reports, as the options say; gives the exit code. */
enum scan_what {
    SCAN_IMAGE,
    SCAN_SELFTEST, /* an image, with the reader that misbehaves */
    SCAN_CHECKOUT, /* a folder of source code */
};
int cli_scan(const struct call *call, struct str source, enum scan_what what);

void cli_help(const struct command *c); /* of one command; NULL: of all */

/* Sets the limits that --limit and LOTSE_LIMIT_NAME ask for (io/budget.h). False, and
 * what is wrong printed, when one makes no sense. */
bool cli_limits(const struct call *call);
void cli_help_limits(struct arena *a); /* the table of them */

/* The known word nearest to a mistyped one, NULL when none is near. */
const char *cli_nearest(struct str word, const char *const *words);

/* ---- directories ---- */

/* Where the advisory database is: --db, LOTSE_DB, or below XDG_CACHE_HOME or the
 * home directory. Empty when there is none of them. NUL-terminated. */
struct str cli_db_dir(const struct call *call);

/* Where the facts of layers are kept, in the same way: --cache-dir, LOTSE_CACHE_DIR. */
struct str cli_cache_dir(const struct call *call);

enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_FAILURE_ = 2, EXIT_UNJUDGED = 3 };

#endif
