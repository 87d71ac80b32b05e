/* The limits of readers from the command line and the environment. */
#include "base/err.h"
#include "cli/cli.h"
#include "io/budget.h"

#include <stdio.h>
#include <stdlib.h>

static bool set(struct str name, struct str value, const char *from)
{
    struct err err = {0};

    if (budget_set(name, value, &err) == 0)
        return true;
    cli_fail("%s: %s; see lotse help limits", from, err.text);
    return false;
}

/* zstd-window is LOTSE_LIMIT_ZSTD_WINDOW. */
static bool from_environment(struct arena *a, const char *limit)
{
    struct str name = str_printf(a, "LOTSE_LIMIT_%s", limit);
    const char *value;

    for (size_t i = 0; i < name.n; i++)
        ((char *)name.p)[i] = name.p[i] == '-'   ? '_'
                              : name.p[i] >= 'a' ? (char)(name.p[i] - 32)
                                                 : name.p[i];
    value = getenv(name.p);
    return !value || !*value || set(str_of(limit), str_of(value), name.p);
}

bool cli_limits(const struct call *call)
{
    const struct str_list *given = &call->given[OPTION_LIMIT];
    struct str name, value;

    for (const struct limit *l = limits; l->name; l++)
        if (!from_environment(call->a, l->name))
            return false;
    for (size_t i = 0; i < given->len; i++) {
        str_cut(given->at[i], '=', &name, &value);
        if (!set(name, value, "--limit"))
            return false;
    }
    return true;
}

void cli_help_limits(struct arena *a)
{
    puts(
        "What one input may ask for. What goes over a limit is told, and the exit code\n"
        "is 2. --limit zstd-window=64M sets one for this run, LOTSE_LIMIT_ZSTD_WINDOW=64M\n"
        "for all of them; LAYERS and FEEDS say what holds otherwise.\n\n"
        "NAME         LAYERS   FEEDS");
    for (const struct limit *l = limits; l->name; l++)
        printf("%-12s %-8s %-8s %s\n", l->name, limit_text(a, l->unit, l->layer).p,
               limit_text(a, l->unit, l->feed).p, l->text);
}
