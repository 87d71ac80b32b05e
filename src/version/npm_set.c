/* npm: what one condition says, "^1.2", "~1", "1.x", "<=2", "1.2 - 2.3". Each comes down
 * to bounds, of which those above end in "-0" so that pre-releases stay outside: "^1.2"
 * is ">=1.2.0 <2.0.0-0". */
#include "version/npm_set.h"

#include "version/parts.h"
#include "version/semver.h"

#include <string.h>

enum op { OP_EQ, OP_LT, OP_LE, OP_GT, OP_GE };

/* "v1.2.x": numbers from the left, of which some may be missing. */
struct partial {
    struct str prefix; /* "v", "=" and blanks */
    enum { NONE, X, NUMBER } is[3];
    uint64_t n[3];
    struct str pre;
    bool has_pre;
};

static bool is_prefix(char c)
{
    return c == '=' || c == 'v' || npm_is_blank(c);
}

static bool is_build(char c)
{
    return is_digit(c) || is_letter(c) || c == '-';
}

void npm_skip_builds(struct str *s)
{
    while (s->n > 1 && s->p[0] == '+' && is_build(s->p[1]))
        do {
            *s = str_from(*s, 1);
            take_run(s, is_build);
        } while (s->n > 1 && s->p[0] == '.' && is_build(s->p[1]));
}

static bool is_word_or_point(char c)
{
    return is_build(c) || c == '.';
}

static bool take_x(struct str *s, struct partial *p, int i)
{
    struct str digits = *s;

    if (take_word(s, S("x")) || take_word(s, S("X")) || take_word(s, S("*"))) {
        p->is[i] = X;
        return true;
    }
    if (!take_word(s, S("0")))
        take_digits(s);
    digits.n -= s->n;
    p->is[i] = NUMBER;
    p->n[i] = npm_number(digits);
    return digits.n > 0;
}

/* Cuts a partial version off s; false when there is none. */
static bool take_partial(struct str *s, struct partial *p)
{
    *p = (struct partial){.prefix = take_run(s, is_prefix)};
    if (!take_x(s, p, 0))
        return false;
    for (int i = 1; i < 3; i++)
        if (!take_word(s, S(".")))
            return true;
        else if (!take_x(s, p, i))
            return false;
    p->has_pre = take_word(s, S("-"));
    if (p->has_pre)
        p->pre = take_run(s, is_word_or_point);
    return !p->has_pre || semver_is_pre(p->pre);
}

static bool op_holds(enum op op, int r)
{
    switch (op) {
    case OP_LT:
        return r < 0;
    case OP_LE:
        return r <= 0;
    case OP_GT:
        return r > 0;
    case OP_GE:
        return r >= 0;
    default:
        return r == 0;
    }
}

/* False when a number in it is too great. */
static bool bound(struct npm_set *set, enum op op, struct npm_version to)
{
    for (int i = 0; i < 3; i++)
        if (to.n[i] > NPM_GREATEST)
            return false;
    set->any = false;
    set->in &= op_holds(op, npm_compare_parsed(set->v, &to));
    if (to.has_pre && memcmp(set->v->n, to.n, sizeof to.n) == 0)
        set->pre = true;
    return true;
}

/* ">=0.0.0" says nothing. */
static bool from(struct npm_set *set, uint64_t major, uint64_t minor, uint64_t patch)
{
    if (!major && !minor && !patch)
        return true;
    return bound(set, OP_GE, (struct npm_version){.n = {major, minor, patch}});
}

static bool below(struct npm_set *set, uint64_t major, uint64_t minor, uint64_t patch)
{
    return bound(set, OP_LT, (struct npm_version){{major, minor, patch}, S("0"), true});
}

static struct npm_version whole(const struct partial *p)
{
    return (struct npm_version){{p->n[0], p->n[1], p->n[2]}, p->pre, p->has_pre};
}

static bool from_whole(struct npm_set *set, const struct partial *p)
{
    if (p->has_pre)
        return bound(set, OP_GE, whole(p));
    return from(set, p->n[0], p->n[1], p->n[2]);
}

/* ">=1.2.0 <2.0.0-0" where the first number may not change, and so on. */
static bool same_major(struct npm_set *set, const struct partial *p)
{
    return below(set, p->n[0] + 1, 0, 0);
}

static bool same_minor(struct npm_set *set, const struct partial *p)
{
    return below(set, p->n[0], p->n[1] + 1, 0);
}

/* "^1.2.3": up to the next version with another first number that is not 0. */
static bool caret(struct npm_set *set, const struct partial *p)
{
    if (p->is[0] != NUMBER)
        return true;
    if (p->is[1] != NUMBER)
        return from(set, p->n[0], 0, 0) && same_major(set, p);
    if (p->is[2] != NUMBER)
        return from(set, p->n[0], p->n[1], 0) &&
               (p->n[0] ? same_major(set, p) : same_minor(set, p));
    if (!from_whole(set, p))
        return false;
    if (p->n[0])
        return same_major(set, p);
    return p->n[1] ? same_minor(set, p) : below(set, 0, 0, p->n[2] + 1);
}

/* "~1.2.3": the last number may grow; "~1": the second one, too. */
static bool tilde(struct npm_set *set, const struct partial *p)
{
    if (p->is[0] != NUMBER)
        return true;
    if (p->is[1] != NUMBER)
        return from(set, p->n[0], 0, 0) && same_major(set, p);
    if (p->is[2] != NUMBER)
        return from(set, p->n[0], p->n[1], 0) && same_minor(set, p);
    return from_whole(set, p) && same_minor(set, p);
}

/* "1.x", ">1.x", "<=1": the numbers that are missing stand for all there are. */
static bool x_range(struct npm_set *set, enum op op, const struct partial *p)
{
    bool minor = p->is[1] == NUMBER;
    uint64_t n[2] = {p->n[0], minor ? p->n[1] : 0};

    if (p->is[0] != NUMBER) /* ">*" and "<*" have nothing in them */
        return op == OP_GT || op == OP_LT ? below(set, 0, 0, 0) : true;
    if (op == OP_EQ)
        return from(set, n[0], n[1], 0) &&
               (minor ? same_minor(set, p) : same_major(set, p));
    if (op == OP_GT || op == OP_LE)
        n[minor]++;
    if (op == OP_GT || op == OP_GE)
        return from(set, n[0], n[1], 0);
    return below(set, n[0], n[1], 0);
}

static enum op take_op(struct str *s)
{
    bool less = take_word(s, S("<")), more = !less && take_word(s, S(">"));
    bool equal = take_word(s, S("="));

    if (less)
        return equal ? OP_LE : OP_LT;
    if (more)
        return equal ? OP_GE : OP_GT;
    return OP_EQ;
}

/* "1.x.3" and "x.1" are no ranges, though "^1.x.3" is one. */
static bool in_order(const struct partial *p)
{
    return (p->is[0] == NUMBER || p->is[1] != NUMBER) &&
           (p->is[1] == NUMBER || p->is[2] != NUMBER);
}

static bool has_x(const struct partial *p)
{
    return p->is[0] != NUMBER || p->is[1] != NUMBER || p->is[2] != NUMBER;
}

/* ">=v1.2.3-rc.1" */
static bool compare_whole(struct npm_set *set, struct str text)
{
    struct str version = text;
    enum op op = take_op(&version);
    struct npm_version to;

    if (str_equal(text, S("")) || str_equal(text, S(">=0.0.0")))
        return true;
    if (version.n > NPM_LONGEST)
        return false;
    take_word(&version, S("v"));
    return npm_parse(version, &to) && bound(set, op, to);
}

/* The first star counts for nothing where it is no number, nor does an operator before
 * it: "1.2.3*", ">=*1.2.3". */
static bool compare_starred(struct npm_set *set, struct str text)
{
    char without[NPM_LONGEST + 8];
    ptrdiff_t at = str_find(text, S("*"));
    size_t n;

    if (at < 0)
        return compare_whole(set, text);
    if (text.n > sizeof without)
        return false;
    n = (size_t)at;
    if (n && text.p[n - 1] == '=')
        n--;
    if (n && (text.p[n - 1] == '<' || text.p[n - 1] == '>'))
        n--;
    memcpy(without, text.p, n);
    memcpy(without + n, text.p + at + 1, text.n - (size_t)at - 1);
    return compare_whole(set, (struct str){without, text.n - (size_t)at - 1 + n});
}

bool npm_condition(struct npm_set *set, struct str text)
{
    struct str rest = text;
    struct partial p;
    enum op op;

    if (take_word(&rest, S("^")))
        return take_partial(&rest, &p) && !rest.n && caret(set, &p);
    if (take_word(&rest, S("~"))) {
        take_word(&rest, S(">"));
        return take_partial(&rest, &p) && !rest.n && tilde(set, &p);
    }
    op = take_op(&rest);
    if (take_partial(&rest, &p) && !rest.n && in_order(&p) && has_x(&p))
        return x_range(set, op, &p);
    return compare_starred(set, text);
}

/* A whole version behind "- " is put behind an operator as it stands: a "v" at most. */
static bool is_plain(const struct partial *p)
{
    return !p->prefix.n || str_equal(p->prefix, S("v"));
}

static bool hyphen_from(struct npm_set *set, const struct partial *p)
{
    if (p->is[0] != NUMBER)
        return true;
    if (p->is[1] != NUMBER)
        return from(set, p->n[0], 0, 0);
    if (p->is[2] != NUMBER)
        return from(set, p->n[0], p->n[1], 0);
    if (p->prefix.n) /* ">=v0.0.0" says something */
        return is_plain(p) && bound(set, OP_GE, whole(p));
    return from_whole(set, p);
}

static bool hyphen_to(struct npm_set *set, const struct partial *p)
{
    if (p->is[0] != NUMBER)
        return true;
    if (p->is[1] != NUMBER)
        return same_major(set, p);
    if (p->is[2] != NUMBER)
        return same_minor(set, p);
    return (p->has_pre || is_plain(p)) && bound(set, OP_LE, whole(p));
}

int npm_hyphen(struct npm_set *set, struct str text)
{
    struct partial low, high;

    take_run(&text, npm_is_blank);
    if (!take_partial(&text, &low))
        return 0;
    npm_skip_builds(&text);
    if (!take_run(&text, npm_is_blank).n || !take_word(&text, S("-")) ||
        !take_run(&text, npm_is_blank).n || !take_partial(&text, &high))
        return 0;
    npm_skip_builds(&text);
    take_run(&text, npm_is_blank);
    if (text.n)
        return 0;
    return hyphen_from(set, &low) && hyphen_to(set, &high) ? 1 : -1;
}
