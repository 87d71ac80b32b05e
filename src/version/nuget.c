/* NuGet: Semantic Versioning with one to four numbers, of which those that are not there
 * are 0, leading zeros, and words in any case: 1.0 = 1.0.0.0, 1.0.0-RC.1 = 1.0.0-rc.01.
 * https://learn.microsoft.com/nuget/concepts/package-versioning; there is no program to
 * ask.
 *
 * Ranges, of the same page: 1.0 (and above), [1.0], (1.0,), (,1.0], [1.0,2.0); and floating
 * ones, 1.*, 1.0.0-*, *, which name what begins so. */
#include "version/parts.h"
#include "version/semver.h"
#include "version/version.h"

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

static bool is_number(struct str s)
{
    return take_digits(&s).n > 0 && s.n == 0;
}

static bool nuget_valid(struct str v)
{
    struct semver s = semver_split(trim(v));
    size_t numbers = semver_count_words(s.core, is_number);

    return numbers >= 1 && numbers <= 4 && (!s.has_pre || semver_is_build(s.pre)) &&
           (!s.has_build || semver_is_build(s.build));
}

static int compare_caseless(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int r = n ? strncasecmp(a.p, b.p, n) : 0;

    return r ? r : (a.n > b.n) - (a.n < b.n);
}

/* Numbers below words. */
static int compare_word(struct str a, struct str b)
{
    bool x = is_number(a), y = is_number(b);

    if (x && y)
        return compare_digits(a, b);
    return x != y ? (x ? -1 : 1) : compare_caseless(a, b);
}

/* rc.1 and rc.2; fewer words below more. */
static int compare_words(struct str a, struct str b)
{
    while (a.n && b.n) {
        struct str x, y;
        int r;

        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        r = compare_word(x, y);
        if (r)
            return r;
    }
    return (a.n > 0) - (b.n > 0);
}

static int compare_core(struct str a, struct str b)
{
    while (a.n || b.n) {
        struct str x, y;
        int r;

        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        r = compare_word(x.n ? x : S("0"), y.n ? y : S("0"));
        if (r)
            return r;
    }
    return 0;
}

static int nuget_compare(struct str a, struct str b)
{
    struct semver x = semver_split(trim(a)), y = semver_split(trim(b));
    int r = compare_core(x.core, y.core);

    if (r || (!x.has_pre && !y.has_pre))
        return r;
    if (x.has_pre != y.has_pre)
        return x.has_pre ? -1 : 1;
    return compare_words(x.pre, y.pre);
}

/* ---- ranges ---- */

/* "1.0-rc.*": the same numbers, and a pre-release that begins so, or none. */
static int in_floating_pre(const struct semver *want, const struct semver *has)
{
    struct str whole = want->pre;

    if (str_ends(whole, S(".")))
        whole.n--;
    if (!nuget_valid(want->core) || trim(want->core).n != want->core.n || want->has_build ||
        (want->pre.n && !semver_is_build(whole)))
        return -1;
    return compare_core(want->core, has->core) == 0 &&
           (!has->has_pre || (has->pre.n >= want->pre.n &&
                              strncasecmp(has->pre.p, want->pre.p, want->pre.n) == 0));
}

/* "1.2.*": v, written out, begins as what is in front of the star. */
static int in_floating(struct str range, struct str v)
{
    struct semver want = semver_split((struct str){range.p, range.n - 1}),
                  has = semver_split(v);
    struct str rest = want.core;
    bool in = !has.has_pre;

    if (want.has_pre)
        return in_floating_pre(&want, &has);
    if ((rest.n && !str_ends(rest, S("."))) || want.has_build)
        return -1; /* "1*" */
    while (rest.n) {
        struct str x, y;

        str_cut(rest, '.', &x, &rest);
        str_cut(has.core, '.', &y, &has.core);
        if (!is_number(x))
            return -1;
        in &= compare_word(x, y.n ? y : S("0")) == 0;
    }
    return in;
}

static bool is_bound(struct str s)
{
    return s.n == 0 || nuget_valid(s);
}

static int in_interval(struct str range, struct str v)
{
    bool with_low = range.p[0] == '[', with_high = str_ends(range, S("]"));
    struct str inside = {range.p + 1, range.n - 2}, low, high;
    int above, below;

    if (!str_cut(inside, ',', &low, &high)) {
        if (!with_low || !with_high || !nuget_valid(inside))
            return -1;
        return nuget_compare(inside, v) == 0;
    }
    low = trim(low);
    high = trim(high);
    if (!is_bound(low) || !is_bound(high) || (!low.n && !high.n))
        return -1;
    if (low.n && high.n && nuget_compare(low, high) > 0)
        return -1;
    above = low.n ? nuget_compare(v, low) : 1;
    below = high.n ? nuget_compare(v, high) : -1;
    return (above > 0 || (above == 0 && with_low)) &&
           (below < 0 || (below == 0 && with_high));
}

static int nuget_in_range(struct str range, struct str v)
{
    range = trim(range);
    v = trim(v);
    if (!nuget_valid(v) || !range.n)
        return -1;
    if (str_ends(range, S("*")))
        return in_floating(range, v);
    if (range.n > 2 && (range.p[0] == '[' || range.p[0] == '(') &&
        (str_ends(range, S("]")) || str_ends(range, S(")"))))
        return in_interval(range, v);
    return nuget_valid(range) ? nuget_compare(v, range) >= 0 : -1;
}

const struct version_scheme version_nuget = {
    .name = "nuget",
    .title = "NuGet: Semantic Versioning with up to four numbers",
    .semver = true,
    .valid = nuget_valid,
    .compare = nuget_compare,
    .in_range = nuget_in_range,
};
