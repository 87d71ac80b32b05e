/* RubyGems: Gem::Version and Gem::Requirement, whose documentation says: a version is
 * words between points, the first a number ("5.2.4.rc1"); "-" stands for ".pre.". Digits
 * and letters that touch are words of their own. Numbers come after letters, and what is
 * not there is 0. Zeros in front of the first letters do not count: 1.0.a is 1.a. The
 * reference is gem itself. */
#include "version/parts.h"
#include "version/version.h"

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

/* ---- words ---- */

/* What is left of a version, word by word. */
struct words {
    struct str rest;
    struct str pre;    /* ".pre" of a dash, still to be given out */
    bool letters;      /* there were some: zeros count from here on */
    const char *zeros; /* up to here they are known to count */
};

static bool is_word_byte(char c)
{
    return is_digit(c) || is_letter(c) || c == '-';
}

static bool is_other(char c)
{
    return !is_word_byte(c);
}

static bool is_zeros(struct str digits)
{
    while (take_word(&digits, S("0")))
        ;
    return digits.n == 0;
}

/* The next word as it stands there; empty at the end. */
static struct str raw_word(struct words *w)
{
    struct str word = w->pre;

    w->pre = (struct str){0};
    if (word.n)
        return word;
    take_run(&w->rest, is_other);
    if (take_word(&w->rest, S("-")))
        return S("pre");
    word = take_digits(&w->rest);
    return word.n ? word : take_run(&w->rest, is_letter);
}

/* Whether nothing but zeros stands in front of the first letters, or of the end. */
static bool only_zeros(struct words w)
{
    struct str word;

    do
        word = raw_word(&w);
    while (word.n && is_digit(word.p[0]) && is_zeros(word));
    return !word.n || !is_digit(word.p[0]);
}

/* The next word that counts. */
static struct str next_word(struct words *w)
{
    struct str word = raw_word(w);

    while (word.n && !w->letters && is_digit(word.p[0]) && is_zeros(word) &&
           word.p >= w->zeros) {
        struct words ahead = *w;

        if (!only_zeros(ahead)) {
            /* a number follows: all zeros up to it count, and need not be looked at again
             */
            for (struct str next = word; is_digit(next.p[0]) && is_zeros(next);
                 next = raw_word(&ahead))
                w->zeros = next.p + 1;
            break;
        }
        word = raw_word(w);
    }
    w->letters |= word.n && !is_digit(word.p[0]);
    return word;
}

/* Numbers above letters; what is not there is 0. */
static int compare_word(struct str a, struct str b)
{
    bool x = a.n && is_letter(a.p[0]), y = b.n && is_letter(b.p[0]);

    if (x != y)
        return x ? -1 : 1;
    return x ? str_compare(a, b) : compare_digits(a, b);
}

static int gem_compare(struct str a, struct str b)
{
    struct words x = {.rest = a}, y = {.rest = b};
    struct str v, w;
    int r;

    do {
        v = next_word(&x);
        w = next_word(&y);
        r = compare_word(v, w);
    } while (r == 0 && (v.n || w.n));
    return r;
}

/* ---- what is one ---- */

/* Digits, then words of letters and digits behind points; behind a dash also dashes. */
static bool gem_valid(struct str v)
{
    struct str core, pre, word;
    bool first = true, more = true, dash;

    v = trim(v);
    dash = str_cut(v, '-', &core, &pre);
    for (; more; first = false) {
        more = str_cut(core, '.', &word, &core);
        if (!word.n || (first ? take_digits(&word).n == 0 || word.n
                              : take_run(&word, is_word_byte).n == 0 || word.n))
            return false;
    }
    for (more = dash; more;) {
        more = str_cut(pre, '.', &word, &pre);
        if (take_run(&word, is_word_byte).n == 0 || word.n)
            return false;
    }
    return true;
}

/* ---- requirements ---- */

static bool is_op(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

/* Of the numbers in front of any letters, as many as "~>" holds fast: all but the last. */
static size_t count_fast(struct str v)
{
    struct words w = {.rest = v};
    size_t n = 0;

    for (struct str word = raw_word(&w); word.n && is_digit(word.p[0]); word = raw_word(&w))
        n++;
    return n > 1 ? n - 1 : 1;
}

/* The next number in front of any letters; empty, which is 0, behind them. */
static struct str next_number(struct words *w)
{
    struct str word = w->letters ? (struct str){0} : raw_word(w);

    w->letters |= word.n && !is_digit(word.p[0]);
    return w->letters ? (struct str){0} : word;
}

/* "~> 4.2.11": not less, and of 4.2. */
static bool is_near(struct str v, struct str bound)
{
    struct words x = {.rest = v}, y = {.rest = bound};
    int r = 0;

    if (gem_compare(v, bound) < 0)
        return false;
    for (size_t n = count_fast(bound); n > 0 && r == 0; n--) {
        struct str number = next_number(&x);

        r = compare_digits(number, next_number(&y));
    }
    return r <= 0;
}

/* ">= 1.2": 1 or 0, or -1 when it is none. */
static int holds(struct str condition, struct str v)
{
    struct str op, bound = trim(condition);
    int r;

    op = take_run(&bound, is_op);
    bound = trim(bound);
    if (!gem_valid(bound))
        return -1;
    r = gem_compare(v, bound);
    if (op.n == 0 || str_equal(op, S("=")))
        return r == 0;
    if (str_equal(op, S("!=")))
        return r != 0;
    if (str_equal(op, S("<")))
        return r < 0;
    if (str_equal(op, S("<=")))
        return r <= 0;
    if (str_equal(op, S(">")))
        return r > 0;
    if (str_equal(op, S(">=")))
        return r >= 0;
    return str_equal(op, S("~>")) ? is_near(v, bound) : -1;
}

static int gem_in_range(struct str range, struct str v)
{
    struct str condition;
    bool more = true;
    int in = 1;

    if (!gem_valid(v))
        return -1;
    if (!trim(range).n) /* nothing is asked, which is ">= 0" */
        return gem_compare(v, S("0")) >= 0;
    while (more) {
        int one;

        more = str_cut(range, ',', &condition, &range);
        one = holds(condition, v);
        if (one < 0)
            return -1;
        in &= one;
    }
    return in;
}

const struct version_scheme version_gem = {
    .name = "gem",
    .title = "RubyGems: Gem::Version",
    .checked = "gem",
    .valid = gem_valid,
    .compare = gem_compare,
    .in_range = gem_in_range,
};
