/* lotse debug version and range: how versions order, line by line. */
#include "base/err.h"
#include "cli/debug.h"
#include "version/version.h"

#include <stdio.h>
#include <stdlib.h>

/* '<', '=', '>', or 'E' when either is not a version. */
static char compare(const struct version_scheme *s, struct str a, struct str b)
{
    int r;

    if (!s->valid(a) || !s->valid(b))
        return 'E';
    r = s->compare(a, b);
    return r < 0 ? '<' : r > 0 ? '>' : '=';
}

static const struct version_scheme *scheme_of(const struct call *call)
{
    const struct version_scheme *s =
        call->args.len > 1 ? version_find(call->args.at[1]) : NULL;

    if (s)
        return s;
    fputs("lotse: which scheme? there are", stderr);
    for (const struct version_scheme *const *one = version_schemes; *one; one++)
        fprintf(stderr, " %s", (*one)->name);
    fputc('\n', stderr);
    return NULL;
}

static void each_line(const struct version_scheme *s,
                      void (*each)(const struct version_scheme *s, struct str line))
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;

    while ((n = getline(&line, &room, stdin)) >= 0) {
        if (n && line[n - 1] == '\n')
            n--;
        each(s, (struct str){line, (size_t)n});
    }
    free(line);
}

static void put_line(const char *answer)
{
    fputs_unlocked(answer, stdout);
    putc_unlocked('\n', stdout);
}

static void put_valid(const struct version_scheme *s, struct str line)
{
    put_line(s->valid(line) ? "valid" : "invalid");
}

/* "A<TAB>B" and nothing more. */
static void put_order(const struct version_scheme *s, struct str line)
{
    struct str a, b, more;
    bool two = str_cut(line, '\t', &a, &b) && !str_cut(b, '\t', &b, &more);
    char answer[] = {two ? compare(s, a, b) : 'E', '\0'};

    put_line(answer);
}

static void put_range(const struct version_scheme *s, struct str line)
{
    struct str range, version;

    int in =
        str_cut(line, '\t', &range, &version) ? version_in_range(s, range, version) : -1;

    put_line(in < 0 ? "E" : in ? "in" : "out");
}

int debug_version(const struct call *call)
{
    const struct version_scheme *s = scheme_of(call);

    if (!s)
        return EXIT_FAILURE_;
    if (call->args.len == 4 && !cli_given(call, OPTION_VALID))
        printf("%c\n", compare(s, call->args.at[2], call->args.at[3]));
    else if (call->args.len == 2)
        each_line(s, cli_given(call, OPTION_VALID) ? put_valid : put_order);
    else
        return cli_fail("usage: lotse debug version SCHEME [A B], or --valid SCHEME");
    return EXIT_CLEAN;
}

int debug_range(const struct call *call)
{
    const struct version_scheme *s = scheme_of(call);

    if (!s)
        return EXIT_FAILURE_;
    each_line(s, put_range);
    return EXIT_CLEAN;
}
