#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option cli_options[OPTION_COUNT] = {
#define OPTION(id, short_name, long_name, takes, value, help)                              \
    [OPTION_##id] = {short_name, long_name, takes, value, help},
#include "cli/option.def"
#undef OPTION
};

static bool allowed(const struct command *c, enum option_id id)
{
    if (id == OPTION_HELP)
        return true;
    for (size_t i = 0; i < sizeof c->options / sizeof *c->options && c->options[i]; i++)
        if (c->options[i] == (int)id + 1)
            return true;
    return false;
}

/* ---- mistyped words ---- */

/* Edits (insert, delete, replace) from a to b, up to 31 letters of each. */
static size_t distance(struct str a, struct str b)
{
    size_t row[33];

    if (a.n > 31 || b.n > 31)
        return 32;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t best = corner + (a.p[i - 1] != b.p[j - 1]);

            corner = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b.n];
}

const char *cli_nearest(struct str word, const char *const *words)
{
    const char *best = NULL;
    size_t least = 4;

    for (; *words; words++) {
        size_t d = distance(word, str_of(*words));

        if (str_starts(str_of(*words), word) && word.n > 1)
            d = 1;
        if (d >= least)
            continue;
        least = d;
        best = *words;
    }
    return best;
}

static bool unknown(const struct command *c, struct str name, bool is_long)
{
    const char *words[OPTION_COUNT + 1] = {0};
    const char *near;
    size_t n = 0;

    for (int id = 0; id < OPTION_COUNT; id++)
        if (allowed(c, (enum option_id)id))
            words[n++] = cli_options[id].name;
    near = is_long ? cli_nearest(name, words) : NULL;
    cli_warn("%s has no option %s" STR_FMT "%s%s", c->name, is_long ? "--" : "-",
             STR_ARG(name), near ? ", did you mean --" : "", near ? near : "");
    return false;
}

/* ---- parsing ---- */

static int find_long(const struct command *c, struct str name)
{
    for (int id = 0; id < OPTION_COUNT; id++)
        if (allowed(c, (enum option_id)id) && str_equal(name, str_of(cli_options[id].name)))
            return id;
    return -1;
}

static int find_short(const struct command *c, char name)
{
    for (int id = 0; id < OPTION_COUNT; id++)
        if (allowed(c, (enum option_id)id) && cli_options[id].short_name == name)
            return id;
    return -1;
}

struct parse {
    const struct command *c;
    int argc, at;
    char **argv;
    struct call *out;
};

static bool take_value(struct parse *p, int id, struct str value, bool has_value)
{
    const struct option *o = &cli_options[id];

    if (o->takes == TAKES_NOTHING && has_value) {
        cli_warn("--%s takes no value", o->name);
        return false;
    }
    if (o->takes != TAKES_NOTHING && !has_value) {
        if (p->at + 1 >= p->argc) {
            cli_warn("--%s wants a value: %s", o->name, o->value);
            return false;
        }
        value = str_of(p->argv[++p->at]);
    }
    if (o->takes != TAKES_NOTHING && !value.n) {
        cli_warn("--%s is empty, it wants a value: %s", o->name, o->value);
        return false;
    }
    *arena_push(p->out->a, &p->out->given[id]) = value;
    return true;
}

static bool take_long(struct parse *p, struct str word)
{
    struct str name, value;
    bool has_value = str_cut(word, '=', &name, &value);
    int id = find_long(p->c, name);

    return id < 0 ? unknown(p->c, name, true) : take_value(p, id, value, has_value);
}

/* "-o json" and "-ojson"; switches may stand together. */
static bool take_short(struct parse *p, struct str letters)
{
    while (letters.n) {
        int id = find_short(p->c, letters.p[0]);

        if (id < 0)
            return unknown(p->c, (struct str){letters.p, 1}, false);
        letters = str_from(letters, 1);
        if (cli_options[id].takes != TAKES_NOTHING)
            return take_value(p, id, letters, letters.n > 0);
        if (!take_value(p, id, (struct str){0}, false))
            return false;
    }
    return true;
}

/* --fail-on is LOTSE_FAIL_ON. */
static void take_environment(struct parse *p)
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option *o = &cli_options[id];
        char name[64];
        const char *value;
        size_t n = (size_t)snprintf(name, sizeof name, "LOTSE_%s", o->name);

        for (size_t i = 0; i < n; i++)
            name[i] = name[i] == '-' ? '_' : (char)(name[i] & ~(name[i] >= 'a' ? 32 : 0));
        value = getenv(name);
        if (!value || !*value || id == OPTION_HELP || p->out->given[id].len ||
            !allowed(p->c, (enum option_id)id))
            continue;
        if (o->takes == TAKES_NOTHING && strcmp(value, "0") == 0)
            continue;
        *arena_push(p->out->a, &p->out->given[id]) = str_of(value);
    }
}

bool cli_parse(const struct command *c, int argc, char **argv, struct call *out)
{
    struct parse p = {c, argc, 0, argv, out};
    bool only_args = false;

    for (; p.at < argc; p.at++) {
        struct str word = str_of(argv[p.at]);
        bool ok = true;

        if (only_args || word.n < 2 || word.p[0] != '-')
            *arena_push(out->a, &out->args) = word;
        else if (str_equal(word, S("--")))
            only_args = true;
        else if (str_starts(word, S("--")))
            ok = take_long(&p, str_from(word, 2));
        else
            ok = take_short(&p, str_from(word, 1));
        if (!ok) {
            cli_warn("see lotse %s --help", c->name);
            return false;
        }
    }
    take_environment(&p);
    return true;
}

bool cli_given(const struct call *call, enum option_id id)
{
    return call->given[id].len > 0;
}

struct str cli_value(const struct call *call, enum option_id id)
{
    const struct str_list *list = &call->given[id];

    return list->len ? list->at[list->len - 1] : (struct str){0};
}
