/* Portage (Gentoo): digits{.digits}[letter]{_suffix[digits]}[-rdigits], Package
 * Manager Specification, https://projects.gentoo.org/pms/, 3.2 for what is a
 * version and algorithms 3.1 to 3.7 for the order. There is no program to ask.
 *
 * A number behind a point that begins with 0 is a fraction: 1.01 < 1.1, and 1.010 is
 * 1.01. What is no version goes on with bytes that are none of this; they count
 * last. */
#include "version/version.h"

#include "version/parts.h"

struct portage {
    struct str numbers, letter, suffixes, revision;
    struct str rest; /* of what is no version */
};

/* "1.2.3" off the front of s. */
static struct str take_numbers(struct str *s)
{
    struct str from = *s, rest;

    take_digits(s);
    for (rest = *s; take_word(&rest, S(".")) && take_digits(&rest).n; rest = *s)
        *s = rest;
    return (struct str){from.p, from.n - s->n};
}

/* In their order; an end is between _rc and _p. */
enum suffix { ALPHA, BETA, PRE, RC, END, P };

/* "_rc1" off the front of s. */
static enum suffix take_suffix(struct str *s, struct str *digits)
{
    static const struct {
        struct str text;
        enum suffix suffix;
    } names[] = {
        {S("_alpha"), ALPHA}, {S("_beta"), BETA}, {S("_pre"), PRE},
        {S("_rc"), RC},       {S("_p"), P},
    };

    *digits = (struct str){0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (take_word(s, names[i].text)) {
            *digits = take_digits(s);
            return names[i].suffix;
        }
    return END;
}

static struct portage split(struct str v)
{
    struct portage p = {.numbers = take_numbers(&v), .rest = v};
    struct str rest, digits;

    p.letter = (struct str){v.p, v.n && is_lower(v.p[0])};
    rest = v = str_from(v, p.letter.n);
    while (take_suffix(&rest, &digits) != END)
        ;
    p.suffixes = (struct str){v.p, v.n - rest.n};
    p.rest = rest;
    if (take_word(&rest, S("-r"))) {
        p.revision = take_digits(&rest);
        if (p.revision.n)
            p.rest = rest;
    }
    return p;
}

static struct str without_zeros(struct str s)
{
    while (s.n && s.p[s.n - 1] == '0')
        s.n--;
    return s;
}

/* The first one is a number; the others are, too, unless either begins with 0. */
static int compare_number(struct str a, struct str b, bool first)
{
    if (!first && (str_starts(a, S("0")) || str_starts(b, S("0"))))
        return str_compare(without_zeros(a), without_zeros(b));
    return compare_digits(a, b);
}

static int compare_numbers(struct str a, struct str b)
{
    for (bool first = true;; first = false) {
        struct str x, y;
        bool more_a = str_cut(a, '.', &x, &a), more_b = str_cut(b, '.', &y, &b);
        int r = compare_number(x, y, first);

        if (r)
            return r;
        if (!more_a || !more_b)
            return more_a - more_b;
    }
}

static int compare_suffixes(struct str a, struct str b)
{
    for (;;) {
        struct str x, y;
        enum suffix p = take_suffix(&a, &x), q = take_suffix(&b, &y);
        int r = p == q ? compare_digits(x, y) : p < q ? -1 : 1;

        if (r || p == END)
            return r;
    }
}

static int portage_compare(struct str a, struct str b)
{
    struct portage x = split(a), y = split(b);
    int r = compare_numbers(x.numbers, y.numbers);

    if (r == 0)
        r = str_compare(x.letter, y.letter);
    if (r == 0)
        r = compare_suffixes(x.suffixes, y.suffixes);
    if (r == 0)
        r = compare_digits(x.revision, y.revision);
    if (r == 0)
        r = str_compare(x.rest, y.rest);
    return r;
}

static bool portage_valid(struct str v)
{
    return v.n && is_digit(v.p[0]) && split(v).rest.n == 0;
}

const struct version_scheme version_portage = {
    .name = "portage",
    .title = "Gentoo: Package Manager Specification",
    .valid = portage_valid,
    .compare = portage_compare,
};
