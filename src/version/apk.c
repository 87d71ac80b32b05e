/* Alpine: digits{.digits}[letter]{_suffix[digits]}[-rdigits]. Compared part by
 * part; what kind of part follows counts as well as its value. The reference is
 * `apk version -t` of apk-tools 2.14 (Alpine 3.20), whose grammar is looser than
 * it looks: empty runs of digits are 0. */
#include "version/version.h"

#include "version/parts.h"

#include <stdint.h>
#include <string.h>

/* In this order: of two versions that are alike so far, the one whose next
 * part is of a later kind is the lower one. */
enum kind {
    KIND_DIGITS_OR_ZERO, /* digits behind a point: leading zeros count */
    KIND_DIGITS,
    KIND_LETTER,
    KIND_SUFFIX,
    KIND_SUFFIX_NUMBER,
    KIND_REVISION,
    KIND_END,
    KIND_INVALID,
};

struct apk {
    struct str rest;
    enum kind kind; /* of the part that rest begins with */
};

enum { DIGITS_MAX = 18 };

static const char *const before[] = {"alpha", "beta", "pre", "rc"};
static const char *const behind[] = {"cvs", "svn", "git", "hg", "p"};

/* Which kind of part comes next, its mark ("." "_" "-r") consumed. */
static void find_next(struct apk *v)
{
    enum kind was = v->kind, next = KIND_INVALID;
    char c = v->rest.n ? *v->rest.p : '\0';

    if (!v->rest.n) {
        next = KIND_END;
    } else if (was <= KIND_DIGITS && is_lower(c)) {
        next = KIND_LETTER;
    } else if (was == KIND_LETTER && is_digit(c)) {
        next = KIND_DIGITS;
    } else if (was == KIND_SUFFIX && is_digit(c)) {
        next = KIND_SUFFIX_NUMBER;
    } else {
        if (c == '.')
            next = KIND_DIGITS_OR_ZERO;
        else if (c == '_')
            next = KIND_SUFFIX;
        else if (str_starts(v->rest, S("-r")))
            next = KIND_REVISION;
        v->rest = str_from(v->rest, next == KIND_REVISION ? 2 : 1);
    }
    /* parts come in order, but for points, suffixes behind suffixes, and
     * digits behind a letter */
    if (next < was && !(next == KIND_DIGITS_OR_ZERO && was == KIND_DIGITS) &&
        !(next == KIND_SUFFIX && was == KIND_SUFFIX_NUMBER) &&
        !(next == KIND_DIGITS && was == KIND_LETTER))
        next = KIND_INVALID;
    v->kind = next;
}

static int64_t invalid(struct apk *v)
{
    v->kind = KIND_INVALID;
    return -1;
}

static bool take_word(struct str *s, const char *const *words, int n, int64_t *at)
{
    for (*at = 0; *at < n; ++*at)
        if (str_starts(*s, str_of(words[*at]))) {
            *s = str_from(*s, strlen(words[*at]));
            return true;
        }
    return false;
}

/* The value of a part of digits; false when there are too many of them. */
static bool take_number(struct apk *v, int64_t *value)
{
    struct str digits = take_digits(&v->rest);

    *value = 0;
    for (size_t i = 0; i < digits.n && digits.n < DIGITS_MAX; i++)
        *value = *value * 10 + (digits.p[i] - '0');
    return digits.n < DIGITS_MAX;
}

/* The value of the next part; v moves on to the one behind it. */
static int64_t take_part(struct apk *v)
{
    int64_t value = 0;

    switch (v->kind) {
    case KIND_DIGITS_OR_ZERO:
        if (str_starts(v->rest,
                       S("0"))) { /* .01 is less than .1: the more zeros, the less */
            while (str_starts(v->rest, S("0"))) {
                v->rest = str_from(v->rest, 1);
                value--;
            }
            v->kind = v->rest.n ? KIND_DIGITS : KIND_END;
            return value;
        }
        /* fall through */
    case KIND_DIGITS:
    case KIND_SUFFIX_NUMBER:
    case KIND_REVISION:
        if (!take_number(v, &value))
            return invalid(v);
        break;
    case KIND_LETTER:
        value = v->rest.n ? *v->rest.p : 0;
        v->rest = str_from(v->rest, 1);
        break;
    case KIND_SUFFIX:
        if (take_word(&v->rest, before, 4, &value))
            value -= 4;
        else if (!take_word(&v->rest, behind, 5, &value))
            return invalid(v);
        break;
    case KIND_END:
    case KIND_INVALID:
        return invalid(v);
    }
    find_next(v);
    return value;
}

static int apk_compare(struct str a, struct str b)
{
    struct apk x = {a, a.n ? KIND_DIGITS : KIND_END}, y = {b, b.n ? KIND_DIGITS : KIND_END};

    while (x.kind == y.kind && x.kind < KIND_END) {
        int64_t va = take_part(&x), vb = take_part(&y);

        if (va != vb)
            return va < vb ? -1 : 1;
    }
    if (x.kind == y.kind)
        return 0;
    /* the longer one is greater, unless what it has more says "before that" */
    if (x.kind == KIND_SUFFIX && take_part(&x) < 0)
        return -1;
    if (y.kind == KIND_SUFFIX && take_part(&y) < 0)
        return 1;
    return x.kind > y.kind ? -1 : 1;
}

static bool apk_valid(struct str s)
{
    struct apk v = {s, s.n ? KIND_DIGITS : KIND_END};

    while (v.kind < KIND_END)
        take_part(&v);
    return v.kind == KIND_END && s.n > 0;
}

const struct version_scheme version_apk = {
    .name = "apk",
    .title = "Alpine: apk-tools 2.14",
    .valid = apk_valid,
    .compare = apk_compare,
};
