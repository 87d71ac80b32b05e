/* rpm: [epoch:]version[-release]. Runs of digits and runs of letters are
 * compared one after another, everything else only separates them; "~" sorts
 * before the end, "^" behind it and before anything else. The reference is rpm
 * itself, rpm.vercmp() of its Lua. As there, no release sorts before any, and no
 * epoch is epoch 0. */
#include "version/version.h"

#include "version/parts.h"

struct rpm {
    struct str epoch, version, release;
    bool has_release;
};

/* An epoch is digits up to a colon; without digits the colon is nothing. */
static struct rpm split(struct str v)
{
    struct rpm r = {0};
    struct str rest = v, head, tail;
    struct str epoch = take_digits(&rest);

    if (str_starts(rest, S(":"))) {
        r.epoch = epoch;
        v = str_from(rest, 1);
    }
    r.has_release = str_cut_last(v, '-', &head, &tail);
    r.version = r.has_release ? head : v;
    if (r.has_release)
        r.release = tail;
    return r;
}

static bool is_part(char c)
{
    return is_digit(c) || is_letter(c) || c == '~' || c == '^';
}

static struct str skip_separators(struct str s)
{
    while (s.n && !is_part(*s.p))
        s = str_from(s, 1);
    return s;
}

static struct str take_letters(struct str *s)
{
    struct str letters = {s->p, 0};

    while (letters.n < s->n && is_letter(s->p[letters.n]))
        letters.n++;
    *s = str_from(*s, letters.n);
    return letters;
}

/* "~" and "^" when either side has one next: 2 means neither has. */
static int compare_marks(struct str *a, struct str *b)
{
    bool at = str_starts(*a, S("~")), bt = str_starts(*b, S("~"));
    bool ac = str_starts(*a, S("^")), bc = str_starts(*b, S("^"));

    if (at != bt)
        return at ? -1 : 1;
    if (!at && ac != bc) {
        if (ac)
            return b->n ? -1 : 1;
        return a->n ? 1 : -1;
    }
    if (!at && !ac)
        return 2;
    *a = str_from(*a, 1);
    *b = str_from(*b, 1);
    return 0;
}

/* One run of each; digits sort behind letters and behind nothing. */
static int compare_run(struct str *a, struct str *b)
{
    bool number = is_digit(*a->p);
    struct str x = number ? take_digits(a) : take_letters(a);
    struct str y = number ? take_digits(b) : take_letters(b);

    if (!y.n)
        return number ? 1 : -1;
    return number ? compare_digits(x, y) : str_compare(x, y);
}

static int compare_part(struct str a, struct str b)
{
    if (str_equal(a, b))
        return 0;
    for (;;) {
        int r;

        a = skip_separators(a);
        b = skip_separators(b);
        r = compare_marks(&a, &b);
        if (r == 0)
            continue;
        if (r != 2)
            return r;
        if (!a.n || !b.n)
            return (a.n > 0) - (b.n > 0);
        r = compare_run(&a, &b);
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
    if (r == 0 && x.has_release != y.has_release)
        r = x.has_release ? 1 : -1;
    return r ? r : compare_part(x.release, y.release);
}

static bool rpm_valid(struct str v)
{
    struct rpm r = split(v);

    if (!r.version.n || (r.has_release && !r.release.n))
        return false;
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] <= ' ' || v.p[i] == 127)
            return false;
    return true;
}

const struct version_scheme version_rpm = {
    .name = "rpm",
    .title = "rpm: [epoch:]version[-release]",
    .valid = rpm_valid,
    .compare = rpm_compare,
};
