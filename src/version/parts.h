#ifndef VERSION_PARTS_H
#define VERSION_PARTS_H

#include "base/str.h"

/* What several schemes are made of. Letters and digits are those of ASCII,
 * whatever the locale: the reference programs see bytes, too. */

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
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/* Cuts word off the front of s; false, and s as it was, when it is not there. */
static inline bool take_word(struct str *s, struct str word)
{
    if (!str_starts(*s, word))
        return false;
    *s = str_from(*s, word.n);
    return true;
}

/* Cuts the bytes that are `wanted` off the front of s. */
static inline struct str take_run(struct str *s, bool (*wanted)(char c))
{
    struct str run = {s->p, 0};

    while (run.n < s->n && wanted(s->p[run.n]))
        run.n++;
    *s = str_from(*s, run.n);
    return run;
}

static inline struct str take_digits(struct str *s)
{
    return take_run(s, is_digit);
}

/* Two runs of digits as numbers of any length; an empty one is 0. */
static inline int compare_digits(struct str a, struct str b)
{
    while (take_word(&a, S("0")))
        ;
    while (take_word(&b, S("0")))
        ;
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    return str_compare(a, b);
}

#endif
