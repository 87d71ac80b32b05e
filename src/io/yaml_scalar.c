#include "io/yaml_scalar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 18, NUMBER_MAX = 64 };

static bool is_one_of(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_equal(s, str_of(*words)))
            return true;
    return false;
}

static struct str take_digits(struct str *s)
{
    struct str digits = {s->p, 0};

    while (digits.n < s->n && s->p[digits.n] >= '0' && s->p[digits.n] <= '9')
        digits.n++;
    *s = str_from(*s, digits.n);
    return digits;
}

/* "0x1F", "0o17" */
static bool put_based(struct json_write *w, struct str s)
{
    static const char *const hex = "0123456789abcdefABCDEF", *const octal = "01234567";
    bool is_hex = str_starts(s, S("0x"));
    uint64_t value = 0;

    if ((!is_hex && !str_starts(s, S("0o"))) || s.n == 2 || s.n > 2 + 15)
        return false;
    for (size_t i = 2; i < s.n; i++) {
        const char *at = s.p[i] ? strchr(is_hex ? hex : octal, s.p[i]) : NULL;
        uint64_t digit;

        if (!at)
            return false;
        digit = (uint64_t)(at - (is_hex ? hex : octal));
        value = is_hex ? value * 16 + (digit < 16 ? digit : digit - 6) : value * 8 + digit;
    }
    json_put_i64(w, NULL, (int64_t)value);
    return true;
}

/* The parts of "-12", "+1", "1.5", ".5", "1.", "1.5e-3". */
struct decimal {
    bool minus, dot;
    struct str whole, part, exponent;
};

static bool take_exponent(struct str *s, struct str *out)
{
    struct str rest = str_from(*s, 1);

    if (!str_starts(*s, S("e")) && !str_starts(*s, S("E")))
        return true;
    if (str_starts(rest, S("-")) || str_starts(rest, S("+")))
        rest = str_from(rest, 1);
    *out = *s;
    *s = rest;
    return take_digits(s).n > 0;
}

static bool split(struct str s, struct decimal *d)
{
    *d = (struct decimal){.minus = str_starts(s, S("-"))};
    if (d->minus || str_starts(s, S("+")))
        s = str_from(s, 1);
    d->whole = take_digits(&s);
    d->dot = str_starts(s, S("."));
    if (d->dot) {
        s = str_from(s, 1);
        d->part = take_digits(&s);
        if (!take_exponent(&s, &d->exponent))
            return false;
    }
    return s.n == 0 && d->whole.n + d->part.n > 0 && d->whole.n <= DIGITS_MAX &&
           (d->whole.n < 2 || d->whole.p[0] != '0');
}

/* Written with the digits it came with, and those that JSON wants besides. */
static bool put_decimal(struct json_write *w, struct str s)
{
    char text[NUMBER_MAX + 4];
    struct decimal d;

    if (s.n > NUMBER_MAX || !split(s, &d))
        return false;
    snprintf(text, sizeof text, "%s%.*s%s%.*s%s%.*s", d.minus ? "-" : "", STR_ARG(d.whole),
             d.whole.n ? (d.dot ? "." : "") : "0.", STR_ARG(d.part),
             d.dot && !d.part.n ? "0" : "", STR_ARG(d.exponent));
    if (!isfinite(strtod(text, NULL)))
        return false;
    json_put_raw(w, NULL, str_of(text));
    return true;
}

void yaml_put_plain(struct json_write *w, struct str s)
{
    static const char *const null[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};

    if (is_one_of(s, null))
        json_put_null(w, NULL);
    else if (is_one_of(s, yes) || is_one_of(s, no))
        json_put_bool(w, NULL, is_one_of(s, yes));
    else if (!put_based(w, s) && !put_decimal(w, s))
        json_put_str(w, NULL, s);
}
