/* What Composer makes of a version before it compares it: "v1.2" and "1.2.0+build" are
 * 1.2.0.0, "1.0.b2" is 1.0.0.0-beta2, "2010-01-02" is 2010.01.02, "1.x-dev" is above all
 * 1.x, "dev-main" a branch. https://getcomposer.org/doc/articles/versions.md; the reference
 * is VersionParser::normalize of composer/semver. */
#include "version/composer.h"

#include "base/own.h"
#include "version/parts.h"

#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct str trim(struct str s)
{
    take_run(&s, is_blank);
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool is_solid(char c)
{
    return !is_blank(c) && c != ',';
}

/* In any case of its letters. */
static bool take_any(struct str *s, struct str word)
{
    if (s->n < word.n || strncasecmp(s->p, word.p, word.n) != 0)
        return false;
    *s = str_from(*s, word.n);
    return true;
}

static bool cut_any(struct str *s, struct str word)
{
    if (s->n < word.n || strncasecmp(s->p + s->n - word.n, word.p, word.n) != 0)
        return false;
    s->n -= word.n;
    return true;
}

/* ---- what is put around a version ---- */

struct str composer_without_alias(struct str v)
{
    struct str rest = v, first = take_run(&rest, is_solid), as;

    if (!first.n || !rest.n || rest.p[0] != ' ')
        return v;
    while (take_word(&rest, S(" ")))
        ;
    if (!take_word(&rest, S("as ")))
        return v;
    while (take_word(&rest, S(" ")))
        ;
    as = take_run(&rest, is_solid);
    return as.n && !rest.n ? first : v;
}

struct str composer_cut_flag(struct str *v)
{
    static const char *const flags[] = {"@stable", "@RC", "@beta", "@alpha", "@dev"};

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        struct str flag = str_of(flags[i]);

        if (cut_any(v, flag))
            return str_from(flag, 1);
    }
    return (struct str){0};
}

static bool is_not_blank(char c)
{
    return !is_blank(c);
}

/* "1.0+build" without it. */
static struct str without_build(struct str v)
{
    struct str head, build, rest;

    if (!str_cut(v, '+', &head, &build) || !head.n || !build.n)
        return v;
    rest = head;
    if (take_run(&rest, is_solid).n != head.n)
        return v;
    return take_run(&build, is_not_blank).n && !build.n ? head : v;
}

/* ---- what follows the numbers ---- */

static bool take_mark(struct str *s, char mark)
{
    if (!s->n || s->p[0] != mark)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* ".2", "-2.5" */
static struct str take_further(struct str *s)
{
    struct str from = *s, rest = *s;

    for (;;) {
        if (!take_mark(&rest, '.'))
            take_mark(&rest, '-');
        if (!take_digits(&rest).n)
            break;
        *s = rest;
    }
    return (struct str){from.p, from.n - s->n};
}

static bool ends_dev(struct str s, bool *dev)
{
    struct str rest = s;

    if (!take_mark(&rest, '.'))
        take_mark(&rest, '-');
    *dev = take_any(&rest, S("dev")) && !rest.n;
    return *dev || !s.n;
}

static bool end_of(struct str s, struct composer_end *out)
{
    static const char *const words[] = {"stable", "beta",  "b",  "RC", "alpha",
                                        "a",      "patch", "pl", "p"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str rest = s;

        if (!take_any(&rest, str_of(words[i])))
            continue;
        out->stability = (struct str){s.p, s.n - rest.n};
        out->number = take_further(&rest);
        if (ends_dev(rest, &out->dev))
            return true;
    }
    *out = (struct composer_end){0};
    return ends_dev(s, &out->dev);
}

bool composer_end(struct str s, struct composer_end *out)
{
    struct str rest = s;

    *out = (struct composer_end){0};
    if ((take_mark(&rest, '.') || take_mark(&rest, '_') || take_mark(&rest, '-')) &&
        end_of(rest, out))
        return true;
    return end_of(s, out);
}

static struct str long_name(struct str stability)
{
    if (stability.n == 1)
        return stability.p[0] == 'a' || stability.p[0] == 'A'   ? S("alpha")
               : stability.p[0] == 'b' || stability.p[0] == 'B' ? S("beta")
                                                                : S("patch");
    if (cut_any(&stability, S("pl")))
        return S("patch");
    if (cut_any(&stability, S("rc")))
        return S("RC");
    return stability;
}

static void put_lower(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];

        buf_add(out, &c, 1);
    }
}

static void put_end(struct buf *out, const struct composer_end *end)
{
    struct str number = end->number, name = long_name(end->stability);

    if (str_equal(end->stability, S("stable")))
        return;
    if (end->stability.n) {
        buf_str(out, S("-"));
        if (str_equal(name, S("RC")))
            buf_str(out, name);
        else
            put_lower(out, name);
        while (take_mark(&number, '.') || take_mark(&number, '-'))
            ;
        buf_str(out, number);
    }
    if (end->dev)
        buf_str(out, S("-dev"));
}

/* ---- the three forms ---- */

/* "1.2", up to four numbers, the first of at most five digits. */
static bool put_classic(struct str v, struct buf *out)
{
    struct str rest = v, end, first;
    struct composer_end e;
    int n = 1;

    take_any(&rest, S("v"));
    end = rest;
    first = take_digits(&end);
    if (!first.n || first.n > 5)
        return false;
    for (; n < 4; n++) {
        struct str next = end;

        if (!take_mark(&next, '.') || !take_digits(&next).n)
            break;
        end = next;
    }
    if (!composer_end(end, &e))
        return false;
    buf_str(out, (struct str){rest.p, rest.n - end.n});
    for (; n < 4; n++)
        buf_str(out, S(".0"));
    put_end(out, &e);
    return true;
}

/* Cuts off a mark, or none, and least to most digits. */
static bool take_group(struct str *s, size_t least, size_t most)
{
    struct str rest = *s;
    size_t n = 0;

    if (!take_mark(&rest, '.') && !take_mark(&rest, ':'))
        take_mark(&rest, '-');
    while (n < most && n < rest.n && is_digit(rest.p[n]))
        n++;
    if (n < least)
        return false;
    *s = str_from(rest, n);
    return true;
}

/* Whether so many groups of two digits and, maybe, one of up to three lead to an end. */
static bool fits_date(struct str s, int twos, int threes, struct str *end,
                      struct composer_end *e)
{
    while (twos-- > 0)
        if (!take_group(&s, 2, 2))
            return false;
    while (threes-- > 0)
        if (!take_group(&s, 1, 3))
            return false;
    *end = s;
    return composer_end(s, e);
}

/* "2010-01-02", "20100102.103000": the pairs that leave an end behind them, more first. */
static bool put_date(struct str v, struct buf *out)
{
    struct str rest = v, year, end;
    struct composer_end e;
    char point = '.';

    take_any(&rest, S("v"));
    year = rest;
    if (take_digits(&year).n < 4)
        return false;
    year = str_from(rest, 4);
    for (int twos = 6; twos >= 1; twos--)
        for (int threes = 1; threes >= 0; threes--) {
            if (!fits_date(year, twos, threes, &end, &e))
                continue;
            for (size_t i = 0; i < rest.n - end.n; i++)
                buf_add(out, is_digit(rest.p[i]) ? &rest.p[i] : &point, 1);
            put_end(out, &e);
            return true;
        }
    return false;
}

/* "1.x" of "1.x-dev": what is not there or a wildcard is above all. */
static bool put_branch(struct str v, struct buf *out)
{
    struct str rest;
    size_t begin = out->len;
    int n = 0;

    if (!cut_any(&v, S("dev")))
        return false;
    if (v.n && (v.p[v.n - 1] == '-' || v.p[v.n - 1] == '.'))
        v.n--;
    rest = trim(v);
    take_any(&rest, S("v"));
    for (; n < 4 && rest.n; n++) {
        struct str next = rest, digits;

        if (n && !take_mark(&next, '.'))
            break;
        digits = take_digits(&next);
        if (!digits.n && (!n || !(take_any(&next, S("x")) || take_mark(&next, '*'))))
            break;
        rest = next;
        if (n)
            buf_str(out, S("."));
        buf_str(out, digits.n ? digits : S("9999999"));
    }
    if (!n || rest.n) {
        out->len = begin;
        return false;
    }
    for (; n < 4; n++)
        buf_str(out, S(".9999999"));
    buf_str(out, S("-dev"));
    return true;
}

bool composer_normal(struct str v, struct buf *out)
{
    v = composer_without_alias(trim(v));
    composer_cut_flag(&v);
    if (str_equal(v, S("master")) || str_equal(v, S("trunk")) ||
        str_equal(v, S("default"))) {
        buf_str(out, S("dev-"));
        buf_str(out, v);
        return true;
    }
    if (take_any(&v, S("dev-"))) {
        buf_str(out, S("dev-"));
        buf_str(out, v);
        return true;
    }
    v = without_build(v);
    return put_classic(v, out) || put_date(v, out) || put_branch(v, out);
}
