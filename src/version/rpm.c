/* rpm: [epoch:]version[-release]. The reference is rpm 4.18, rpm.vercmp() and
 * rpm.ver() of its Lua, the same order as labelCompare() of its Python.
 *
 * No epoch is epoch 0. A missing release sorts before every release: 1.0 < 1.0-1.
 * (In a dependency rpm takes a missing release for any release. Such a relation
 * is no order, 1.0-1 = 1.0 = 1.0-2, and is not what updates are decided by.)
 *
 * rpm's parser takes every string that is not empty. Here blanks and control
 * characters make it none: they end a version wherever rpm reads one. */
#include "version/version.h"

#include "version/parts.h"

struct rpm {
    struct str epoch, version, release;
    bool has_release; /* "1-" has one, and it is empty */
};

/* Only digits before a colon, or nothing, are an epoch: "a:1" is a version. */
static struct rpm split(struct str v)
{
    struct rpm r = {0};
    struct str rest = v;
    struct str digits = take_digits(&rest);

    if (take_word(&rest, S(":"))) {
        r.epoch = digits;
        v = rest;
    }
    r.has_release = str_cut_last(v, '-', &r.version, &r.release);
    if (!r.has_release) {
        r.version = v;
        r.release = (struct str){0};
    }
    return r;
}

/* What a version goes on with, in the order in which it sorts: 1~a < 1 < 1^a < 1.a
 * < 1.0. Anything else separates, and how much and which of it does not count. */
enum kind { TILDE, END, CARET, LETTERS, DIGITS };

static enum kind kind_of(struct str s)
{
    if (s.n == 0)
        return END;
    if (s.p[0] == '~' || s.p[0] == '^')
        return s.p[0] == '~' ? TILDE : CARET;
    return is_digit(s.p[0]) ? DIGITS : LETTERS;
}

static bool is_separator(char c)
{
    return !is_digit(c) && !is_letter(c) && c != '~' && c != '^';
}

static int compare_part(struct str a, struct str b)
{
    for (;;) {
        enum kind kind, other;
        int r = 0;

        take_run(&a, is_separator);
        take_run(&b, is_separator);
        kind = kind_of(a);
        other = kind_of(b);
        if (kind != other)
            return kind < other ? -1 : 1;
        if (kind == END)
            return 0;
        if (kind == DIGITS) {
            r = compare_digits(take_digits(&a), take_digits(&b));
        } else if (kind == LETTERS) {
            r = str_compare(take_run(&a, is_letter), take_run(&b, is_letter));
        } else {
            a = str_from(a, 1);
            b = str_from(b, 1);
        }
        if (r)
            return r;
    }
}

static int rpm_compare(struct str a, struct str b)
{
    struct rpm x = split(a), y = split(b);
    int r = compare_digits(x.epoch, y.epoch);

    if (r == 0)
        r = compare_part(x.version, y.version);
    if (r == 0)
        r = x.has_release - y.has_release;
    if (r == 0)
        r = compare_part(x.release, y.release);
    return r;
}

static bool rpm_valid(struct str v)
{
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] <= ' ' || v.p[i] == 127)
            return false;
    return v.n > 0;
}

const struct version_scheme version_rpm = {
    .name = "rpm",
    .title = "rpm: [epoch:]version[-release]",
    .checked = "rpm.vercmp of rpm's Lua",
    .valid = rpm_valid,
    .compare = rpm_compare,
};
