/* Hex (Elixir, Erlang): Semantic Versioning, and requirements: == != ! > >= < <= and
 * ~>, joined by " and " and " or ", of which and binds tighter.
 * https://hexdocs.pm/elixir/Version.html; the reference is Elixir 1.14,
 * Version.match?/2: a pre-release is in whenever it lies within.
 *
 * ~> 1.2 is >= 1.2.0 and < 2.0.0-0, ~> 1.2.3 is >= 1.2.3 and < 1.3.0-0. */
#include "version/semver.h"

#include "version/parts.h"
#include "version/version.h"

enum op { EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, ABOUT };

static bool is_blank(char c)
{
    return c == ' ';
}

static bool is_text(char c)
{
    return c != ' ' && c != '<' && c != '=' && c != '>' && c != '!' && c != '~';
}

/* None is ==. */
static enum op take_op(struct str *s)
{
    static const struct {
        struct str text;
        enum op op;
    } ops[] = {
        {S("=="), EQUAL},         {S("!="), NOT_EQUAL}, {S("!"), NOT_EQUAL},
        {S(">="), GREATER_EQUAL}, {S(">"), GREATER},    {S("<="), LESS_EQUAL},
        {S("<"), LESS},           {S("~>"), ABOUT},
    };

    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (take_word(s, ops[i].text))
            return ops[i].op;
    return EQUAL;
}

/* "1.2" or "1.2-rc": two numbers, and what may follow. */
static bool is_short(struct str s, struct semver *v, struct str number[2])
{
    *v = semver_split(s);
    return str_cut(v->core, '.', &number[0], &number[1]) && semver_is_number(number[0]) &&
           semver_is_number(number[1]) && (!v->has_pre || semver_is_pre(v->pre)) &&
           (!v->has_build || semver_is_build(v->build));
}

/* v >= 1.2.0-rc, with the same first number. */
static int about_two(const struct semver *least, const struct str number[2],
                     struct str version)
{
    struct semver v = semver_split(version);
    struct str major, minor, patch, rest;
    int r;

    str_cut(v.core, '.', &major, &rest);
    str_cut(rest, '.', &minor, &patch);
    if (compare_digits(major, number[0]))
        return 0;
    r = compare_digits(minor, number[1]);
    if (r == 0)
        r = compare_digits(patch, S("0"));
    return r ? r > 0 : semver_compare_pre(&v, least) >= 0;
}

/* The first two numbers of both are the same. */
static bool same_minor(struct str a, struct str b)
{
    struct str x = semver_split(a).core, y = semver_split(b).core, one, other;
    int r = 0;

    for (int i = 0; i < 2 && r == 0; i++) {
        str_cut(x, '.', &one, &x);
        str_cut(y, '.', &other, &y);
        r = compare_digits(one, other);
    }
    return r == 0;
}

static int about(struct str than, struct str v)
{
    struct semver s;
    struct str number[2];

    if (is_short(than, &s, number))
        return about_two(&s, number, v);
    if (!semver_valid(than))
        return -1;
    return semver_compare(v, than) >= 0 && same_minor(v, than);
}

/* v against one condition: 1, 0, or -1 when it is none. */
static int holds(enum op op, struct str than, struct str v)
{
    int r;

    if (op == ABOUT)
        return about(than, v);
    if (!semver_valid(than))
        return -1;
    r = semver_compare(v, than);
    switch (op) {
    case NOT_EQUAL:
        return r != 0;
    case GREATER:
        return r > 0;
    case GREATER_EQUAL:
        return r >= 0;
    case LESS:
        return r < 0;
    case LESS_EQUAL:
        return r <= 0;
    default:
        return r == 0;
    }
}

/* "~> 1.2" off the front of range. */
static int take_condition(struct str *range, struct str v)
{
    enum op op;

    take_run(range, is_blank);
    op = take_op(range);
    take_run(range, is_blank);
    return holds(op, take_run(range, is_text), v);
}

enum joint { STOP, AND, OR, BROKEN };

/* The words stand between blanks. */
static enum joint take_joint(struct str *range)
{
    size_t blanks = take_run(range, is_blank).n;

    if (range->n == 0)
        return STOP;
    if (blanks && take_word(range, S("and ")))
        return AND;
    return blanks && take_word(range, S("or ")) ? OR : BROKEN;
}

static int hex_in_range(struct str range, struct str v)
{
    enum joint joint = AND;
    int any = 0, all = 1;

    if (!semver_valid(v))
        return -1;
    while (joint != STOP) {
        int one = take_condition(&range, v);

        joint = one < 0 ? BROKEN : take_joint(&range);
        if (joint == BROKEN)
            return -1;
        all &= one;
        if (joint != AND) {
            any |= all;
            all = 1;
        }
    }
    return any;
}

const struct version_scheme version_hex = {
    .name = "hex",
    .title = "Hex: Semantic Versioning as Elixir has it",
    .semver = true,
    .checked = "Elixir",
    .valid = semver_valid,
    .compare = semver_compare,
    .in_range = hex_in_range,
};
