/* Cargo: Semantic Versioning, in numbers of 64 bits, and its requirements: "1.2" is
 * "^1.2"; ~ = > >= < <=; 1.* and * ; a comma means and.
 * https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html; the
 * reference is the crate semver 1.0.14, with cmp_precedence() for the order: what
 * is behind a plus does not count. */
#include "version/semver.h"

#include "version/parts.h"
#include "version/version.h"

enum op { EXACT, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, TILDE, CARET };

enum { COMPARATORS_MAX = 32 }; /* the crate takes no more */

struct comparator {
    enum op op;
    struct str number[3];
    size_t count;       /* how many of them are said */
    struct semver text; /* for its pre-release */
};

static bool is_number(struct str s)
{
    uint64_t n;

    return semver_is_number(s) && str_u64(s, &n);
}

static bool cargo_valid(struct str v)
{
    struct str rest = semver_split(v).core, number;
    bool good = semver_valid(v);

    while (good && rest.n) {
        str_cut(rest, '.', &number, &rest);
        good = is_number(number);
    }
    return good;
}

static bool is_wildcard(struct str s)
{
    return str_equal(s, S("*")) || str_equal(s, S("x")) || str_equal(s, S("X"));
}

static bool is_blank(char c)
{
    return c == ' ';
}

static struct str trim(struct str s)
{
    take_run(&s, is_blank);
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* None is a caret. */
static enum op take_op(struct str *s)
{
    static const struct {
        struct str text;
        enum op op;
    } ops[] = {
        {S("="), EXACT}, {S(">="), GREATER_EQUAL}, {S(">"), GREATER}, {S("<="), LESS_EQUAL},
        {S("<"), LESS},  {S("~"), TILDE},          {S("^"), CARET},
    };

    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (take_word(s, ops[i].text))
            return ops[i].op;
    return CARET;
}

/* "1", "1.2", "1.2.3", "1.*", "1.2.*", "1.*.*". */
static bool read_numbers(struct str core, struct comparator *c, bool *wild)
{
    bool more = true;

    for (size_t i = 0; more; i++) {
        struct str word;

        more = str_cut(core, '.', &word, &core);
        if (i == 3)
            return false;
        if (i && is_wildcard(word))
            *wild = true;
        else if (*wild || !is_number(word))
            return false;
        else
            c->number[c->count++] = word;
    }
    return true;
}

/* "^1.2.3-rc.1". With a wildcard and without an operator it is exact, as far as
 * it goes. */
static bool read_comparator(struct str s, struct comparator *c)
{
    size_t n = s.n;
    bool bare, wild = false;

    *c = (struct comparator){.op = take_op(&s)};
    bare = s.n == n;
    c->text = semver_split(trim(s));
    if (!read_numbers(c->text.core, c, &wild))
        return false;
    if (bare && wild)
        c->op = EXACT;
    if (c->count < 3)
        return !c->text.has_pre && !c->text.has_build;
    return (!c->text.has_pre || semver_is_pre(c->text.pre)) &&
           (!c->text.has_build || semver_is_build(c->text.build));
}

/* v against the numbers that are said: how many are alike, and how the first differs
 * that is not. */
static int compare_numbers(const struct semver *v, const struct comparator *c,
                           size_t *alike)
{
    struct str rest = v->core, number;
    int r = 0;

    for (*alike = 0; *alike < c->count && r == 0; *alike += r == 0) {
        str_cut(rest, '.', &number, &rest);
        r = compare_digits(number, c->number[*alike]);
    }
    return r;
}

/* ^1.2.3 keeps its first number that is not 0, and ^0.0 the zeros it says; ~1.2.3
 * two numbers. */
static size_t kept(const struct comparator *c)
{
    if (c->op == TILDE)
        return c->count < 2 ? c->count : 2;
    for (size_t i = 0; i < c->count; i++)
        if (!str_equal(c->number[i], S("0")))
            return i + 1;
    return c->count;
}

static bool holds(const struct comparator *c, const struct semver *v)
{
    size_t alike;
    int r = compare_numbers(v, c, &alike), pre = semver_compare_pre(v, &c->text);
    bool exact = r == 0 && pre == 0;

    if (r == 0 && c->count == 3)
        r = pre;
    switch (c->op) {
    case EXACT:
        return exact;
    case GREATER:
        return r > 0;
    case GREATER_EQUAL:
        return exact || r > 0;
    case LESS:
        return r < 0;
    case LESS_EQUAL:
        return exact || r < 0;
    case TILDE:
        return alike >= kept(c) && (c->count == 3 ? r >= 0 : pre >= 0);
    default:
        return alike >= kept(c) && r >= 0;
    }
}

/* Whether c asks for a pre-release of just these numbers. */
static bool asks_for_pre(const struct comparator *c, const struct semver *v)
{
    size_t alike;

    return c->text.has_pre && compare_numbers(v, c, &alike) == 0;
}

/* All comparators hold. A pre-release is only in when one asks for it. */
static int cargo_in_range(struct str range, struct str version)
{
    struct semver v = semver_split(version);
    bool in = true, pre = !v.has_pre, more = true;

    if (!cargo_valid(version))
        return -1;
    range = trim(range);
    if (is_wildcard(range))
        return pre;
    for (size_t n = 0; more; n++) {
        struct comparator c;
        struct str text;

        more = str_cut(range, ',', &text, &range);
        if (n == COMPARATORS_MAX || !read_comparator(trim(text), &c))
            return -1;
        in = in && holds(&c, &v);
        pre = pre || asks_for_pre(&c, &v);
    }
    return in && pre;
}

const struct version_scheme version_cargo = {
    .name = "cargo",
    .title = "Cargo: Semantic Versioning, 64-bit numbers",
    .semver = true,
    .checked = "the crate semver",
    .valid = cargo_valid,
    .compare = semver_compare,
    .in_range = cargo_in_range,
};
