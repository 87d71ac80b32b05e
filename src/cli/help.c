#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/list.def"
#undef COMMAND
    NULL,
};

enum { INDENT = 30, WIDTH = 80 };

/* Text behind the indent, broken at blanks. */
static void put_wrapped(const char *text)
{
    struct str rest = str_of(text), word;
    size_t at = INDENT;

    while (rest.n) {
        str_cut(rest, ' ', &word, &rest);
        if (at > INDENT && at + 1 + word.n > WIDTH) {
            printf("\n%*s", INDENT, "");
            at = INDENT;
        }
        at += (size_t)printf("%s" STR_FMT, at > INDENT ? " " : "", STR_ARG(word));
    }
    putchar('\n');
}

static void put_option(const struct option *o)
{
    char left[64];
    int n = o->short_name
                ? snprintf(left, sizeof left, "  -%c, --%s", o->short_name, o->name)
                : snprintf(left, sizeof left, "      --%s", o->name);

    if (o->value)
        n += snprintf(left + n, sizeof left - (size_t)n, " %s", o->value);
    printf("%-*s", INDENT, left);
    if (n >= INDENT)
        printf("\n%*s", INDENT, "");
    put_wrapped(o->help);
}

static void help_all(void)
{
    puts("lotse finds what is dangerous in a container image, and says what to do about "
         "it.\n"
         "\n"
         "usage: lotse COMMAND [OPTIONS] [ARGUMENTS]\n");
    for (const struct command *const *c = commands; *c; c++)
        if (!(*c)->hidden)
            printf("  %-10s %s\n", (*c)->name, (*c)->title);
    puts("\n"
         "First steps:\n"
         "  lotse db build --feeds DIR        make the advisory database from feeds\n"
         "  docker save -o app.tar app:1.2    an image as a file\n"
         "  lotse image app.tar               what is wrong with it, and the fix\n"
         "\n"
         "exit codes: 0 clean, 1 findings, 2 failed or incomplete, 3 nothing could be "
         "judged\n"
         "lotse COMMAND --help says more.");
}

void cli_help(const struct command *c)
{
    if (!c) {
        help_all();
        return;
    }
    printf("%s\n\nusage: lotse %s [OPTIONS] %s\n\n", c->title, c->name, c->args);
    for (size_t i = 0; i < sizeof c->options / sizeof *c->options && c->options[i]; i++)
        put_option(&cli_options[c->options[i] - 1]);
    put_option(&cli_options[OPTION_HELP]);
    puts("\nEach option may be set in the environment: --fail-on as LOTSE_FAIL_ON.");
    if (c->text)
        printf("\n%s", c->text);
}

static const struct command *find(struct str name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (str_equal(name, str_of((*c)->name)))
            return *c;
    return NULL;
}

static int help_run(const struct call *call)
{
    const struct command *c = call->args.len ? find(call->args.at[0]) : NULL;

    if (call->args.len && str_equal(call->args.at[0], S("limits"))) {
        cli_help_limits(call->a);
        return EXIT_CLEAN;
    }
    if (call->args.len && !c)
        return cli_fail("there is no command " STR_FMT, STR_ARG(call->args.at[0]));
    cli_help(c);
    return EXIT_CLEAN;
}

const struct command command_help = {
    .name = "help",
    .args = "[COMMAND|limits]",
    .title = "explain a command",
    .run = help_run,
};
