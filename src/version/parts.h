#ifndef VERSION_PARTS_H
#define VERSION_PARTS_H

#include "base/str.h"

/* What several schemes are made of. */

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool is_letter(char c)
{
    return is_lower((char)(c | 32));
}

/* Cuts the digits off the front of s. */
static inline struct str take_digits(struct str *s)
{
    struct str digits = {s->p, 0};

    while (digits.n < s->n && is_digit(s->p[digits.n]))
        digits.n++;
    *s = str_from(*s, digits.n);
    return digits;
}

/* Two runs of digits as numbers of any length; an empty one is 0. */
static inline int compare_digits(struct str a, struct str b)
{
    while (a.n && *a.p == '0')
        a = str_from(a, 1);
    while (b.n && *b.p == '0')
        b = str_from(b, 1);
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    return str_compare(a, b);
}

#endif
