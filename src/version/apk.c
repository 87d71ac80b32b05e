/* Alpine: digits{.digits}[letter]{_suffix[digits]}[-rdigits]. The reference is
 * apk-tools 2.14.4 (Alpine 3.20): `apk version -t` for the order, `apk version
 * --check` for what is a version, with one exception: there the empty string is
 * one, here it is none.
 *
 * The reference is looser than it looks: digits may be missing anywhere and are
 * 0 then ("1.", "1-r", even "x"), a letter may be followed by digits again
 * ("1a2.3"), and "_" may end a version. Eighteen digits in a row are too many.
 *
 * apk-tools 2.10 (Alpine 3.10) has no such limit and overflows instead, and has
 * 1.0_alpha behind 1.0. The ~hash of apk-tools 3 is no part of a version yet. */
#include "version/version.h"

#include "version/parts.h"

#include <stdint.h>

/* A version is a row of parts. Of two that are alike so far, the one whose next
 * part is of the earlier kind is the lower one: 1_rc < 1 < 1-r1 < 1_p < 1a < 1.0. */
enum kind {
    BEFORE, /* _alpha _beta _pre _rc */
    END,
    REVISION,
    SUFFIX_NUMBER,
    SUFFIX, /* _cvs _svn _git _hg _p */
    LETTER,
    NUMBER,
    FRACTION, /* digits behind a point: leading zeros count */
    BROKEN,
};

struct part {
    enum kind kind;
    int64_t value;
};

struct walk {
    struct str rest;
    enum kind kind; /* of the part that rest begins with; SUFFIX for BEFORE, too */
};

enum { DIGITS_MAX = 17 };

/* The kind of what follows a part; the mark it begins with is consumed. */
static enum kind next_kind(enum kind was, struct str *rest)
{
    bool number = was == NUMBER || was == FRACTION;

    if (rest->n == 0)
        return END;
    if (number && is_lower(rest->p[0]))
        return LETTER;
    if (was == LETTER && is_digit(rest->p[0]))
        return NUMBER;
    if ((was == SUFFIX || was == BEFORE) && is_digit(rest->p[0]))
        return SUFFIX_NUMBER;
    if (number && take_word(rest, S(".")))
        return FRACTION;
    if (was != REVISION && take_word(rest, S("_")))
        return SUFFIX;
    return take_word(rest, S("-r")) ? REVISION : BROKEN;
}

/* No digits are 0. */
static bool take_number(struct str *rest, int64_t *value)
{
    struct str digits = take_digits(rest);
    uint64_t n = 0;

    if (digits.n > DIGITS_MAX)
        return false;
    str_u64(digits, &n);
    *value = (int64_t)n;
    return true;
}

/* Zeros in front of a fraction: the more, the lower, so .001 (-1) < .01 (0) < .1 (1).
 * The last one is left and begins a NUMBER, here 01. */
static int64_t take_zeros(struct str *rest)
{
    int64_t value = 0;

    while (str_starts(*rest, S("00"))) {
        *rest = str_from(*rest, 1);
        value--;
    }
    return value;
}

static bool take_suffix(struct str *rest, struct part *p)
{
    static const struct str names[] = {
        S("alpha"), S("beta"), S("pre"), S("rc"), /* what comes before the version */
        S("cvs"),   S("svn"),  S("git"), S("hg"), S("p"),
    };

    if (rest->n == 0)
        return true; /* "1_" is 1_cvs */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (take_word(rest, names[i])) {
            p->value = (int64_t)i - 4;
            p->kind = i < 4 ? BEFORE : SUFFIX;
            return true;
        }
    p->kind = BEFORE;
    return false;
}

/* The next part; w moves on to the one behind it. */
static struct part take_part(struct walk *w)
{
    struct part p = {.kind = w->kind};
    bool good = true;

    if (p.kind == END || p.kind == BROKEN)
        return p;
    if (p.kind == FRACTION && str_starts(w->rest, S("0"))) {
        p.value = take_zeros(&w->rest);
        w->kind = NUMBER;
        return p;
    }
    if (p.kind == LETTER) {
        p.value = w->rest.p[0];
        w->rest = str_from(w->rest, 1);
    } else if (p.kind == SUFFIX) {
        good = take_suffix(&w->rest, &p);
    } else {
        good = take_number(&w->rest, &p.value);
    }
    if (!good)
        p.value = -1;
    w->kind = good ? next_kind(p.kind, &w->rest) : BROKEN;
    return p;
}

static int apk_compare(struct str a, struct str b)
{
    struct walk x = {a, NUMBER}, y = {b, NUMBER};

    for (;;) {
        struct part p = take_part(&x), q = take_part(&y);

        if (p.kind != q.kind)
            return p.kind < q.kind ? -1 : 1;
        if (p.value != q.value)
            return p.value < q.value ? -1 : 1;
        if (p.kind == END || p.kind == BROKEN)
            return 0;
    }
}

static bool apk_valid(struct str v)
{
    struct walk w = {v, NUMBER};

    while (w.kind != END && w.kind != BROKEN)
        take_part(&w);
    return w.kind == END && v.n > 0;
}

const struct version_scheme version_apk = {
    .name = "apk",
    .title = "Alpine: apk-tools 2.14",
    .checked = "apk version",
    .valid = apk_valid,
    .compare = apk_compare,
};
