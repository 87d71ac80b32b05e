/* The door of the command line. */
#include "base/mem.h"
#include "base/own.h"
#include "cli/cli.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cli_fail(const char *fmt, ...)
{
    va_list ap;

    fputs("lotse: ", stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    return EXIT_FAILURE_;
}

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

struct str cli_db_dir(const struct call *call)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (cli_given(call, OPTION_DB))
        return str_copy(call->a, cli_value(call, OPTION_DB));
    if (cache && cache[0] == '/') /* relative ones are to be ignored, says XDG */
        return str_printf(call->a, "%s/lotse/db", cache);
    if (!home || home[0] != '/') {
        const struct passwd *user = getpwuid(getuid());

        home = user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
    }
    if (!home || home[1] == '\0')
        return (struct str){0};
    return str_printf(call->a, "%s/.cache/lotse/db", home);
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

/* A full disk or a closed pipe behind standard output is no success. */
int main(int argc, char **argv)
{
    int code;

    mem_prepare();
    code = run(argc, argv);

    if (fflush(stdout) != 0 || ferror(stdout))
        code = cli_fail("standard output could not be written");
    return code;
}
