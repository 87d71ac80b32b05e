/* The door of the command line. */
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "cli/cli.h"
#include "cli/streams.h"
#include "io/aside.h"
#include "io/file.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command *find(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

static int no_command(const char *name)
{
    const char *words[32] = {0}, *near;
    size_t n = 0;

    for (const struct command *const *c = commands; *c && n < 31; c++)
        if (!(*c)->hidden)
            words[n++] = (*c)->name;
    near = cli_nearest(str_of(name), words);
    return cli_fail("there is no command %s%s%s; see lotse help", name,
                    near ? ", did you mean " : "", near ? near : "");
}

static int run(int argc, char **argv)
{
    own(arena) a = {0};
    struct call *call = arena_new(&a, struct call);
    const struct command *c;

    call->a = &a;
    if (argc < 2) {
        cli_help(NULL);
        return EXIT_FAILURE_;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        cli_help(NULL);
        return EXIT_CLEAN;
    }
    c = find(strcmp(argv[1], "--version") == 0 ? "version" : argv[1]);
    if (!c)
        return no_command(argv[1]);
    if (!cli_parse(c, argc - 2, argv + 2, call))
        return EXIT_FAILURE_;
    if (cli_given(call, OPTION_HELP)) {
        cli_help(c);
        return EXIT_CLEAN;
    }
    if (!cli_limits(call))
        return EXIT_FAILURE_;
    return c->run(call);
}

static pid_t main_process;

/* A mapped file (cache/) is shorter than it was. In a child, which reads the image, it
 * comes once more and ends it. */
static void on_bus(int number)
{
    static const char text[] =
        "lotse: a file was cut off while it was being read; run again\n";

    (void)number;
    if (getpid() == main_process && write(2, text, sizeof text - 1) != 0)
        _exit(EXIT_FAILURE_);
}

static void watch_bus(void)
{
    struct sigaction action = {.sa_handler = on_bus, .sa_flags = (int)SA_RESETHAND};

    main_process = getpid();
    sigaction(SIGBUS, &action, NULL);
}

/* A full disk or a closed pipe behind standard output is no success. */
int main(int argc, char **argv)
{
    int code;

    mem_prepare();
    streams_open();
    aside_watch_signals();
    watch_bus();
    code = run(argc, argv);
    if (streams_close() < 0)
        code = cli_fail("standard output could not be written");
    return code;
}
