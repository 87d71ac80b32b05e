/* Pub (Dart, Flutter): Semantic Versioning, in which what is behind a plus counts,
 * too, and numbers may have leading zeros: 1.0.0 < 1.0.0+1 < 1.0.0+2.
 * https://pub.dev/packages/pub_semver; there is no program to ask, the rules are
 * those of its README and of pub_semver 2.1. Two are passed over: to Dart the word
 * 0x10 is the number sixteen, and -1 one below 0; here both are words.
 *
 * Constraints, https://dart.dev/tools/pub/dependencies#version-constraints: any,
 * ^1.2.3, or comparisons that all hold: ">=1.2.3 <2.0.0". */
#include "version/semver.h"

#include "version/parts.h"
#include "version/version.h"

#include <string.h>

static bool is_number(struct str s)
{
    return take_digits(&s).n > 0 && s.n == 0;
}

static bool pub_valid(struct str v)
{
    struct semver s = semver_split(v);

    return semver_count_words(s.core, is_number) == 3 &&
           (!s.has_pre || semver_is_build(s.pre)) &&
           (!s.has_build || semver_is_build(s.build));
}

static int pub_compare(struct str a, struct str b)
{
    struct semver x = semver_split(a), y = semver_split(b);
    int r = semver_compare(a, b);

    if (r)
        return r;
    if (x.has_build != y.has_build)
        return x.has_build ? 1 : -1;
    return x.has_build ? semver_compare_words(x.build, y.build) : 0;
}

static int compare_core(struct str a, struct str b)
{
    return semver_compare_words(semver_split(a).core, semver_split(b).core);
}

/* Everything, but for what is below low and above high. */
struct span {
    struct str low, high; /* empty: no bound */
    bool with_low, with_high;
};

static void raise_low(struct span *s, struct str v, bool with)
{
    int r = s->low.n ? pub_compare(v, s->low) : 1;

    if (r > 0) {
        s->low = v;
        s->with_low = with;
    } else if (r == 0) {
        s->with_low = s->with_low && with;
    }
}

static void lower_high(struct span *s, struct str v, bool with)
{
    int r = s->high.n ? pub_compare(v, s->high) : -1;

    if (r < 0) {
        s->high = v;
        s->with_high = with;
    } else if (r == 0) {
        s->with_high = s->with_high && with;
    }
}

/* <2.0.0 lets no 2.0.0-rc in, unless the other end is one: >=2.0.0-rc <2.0.0. */
static bool is_below(const struct span *s, struct str v)
{
    struct semver high = semver_split(s->high);
    bool low_is_pre = semver_split(s->low).has_pre && compare_core(s->low, s->high) == 0;

    if (!high.has_pre && !high.has_build && !low_is_pre)
        return compare_core(v, s->high) < 0;
    return pub_compare(v, s->high) < 0;
}

static bool is_in(const struct span *s, struct str v)
{
    int r = s->low.n ? pub_compare(v, s->low) : 1;

    if (r < 0 || (r == 0 && !s->with_low))
        return false;
    if (s->high.n == 0)
        return true;
    return s->with_high ? pub_compare(v, s->high) <= 0 : is_below(s, v);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_text(char c)
{
    return is_digit(c) || is_letter(c) || (c && strchr(".+-", c));
}

/* "^1.2.3": the first number stays, and behind a 0 the second one, too. */
static int caret(struct str than, struct str v)
{
    struct str a, b, x, y;

    if (!pub_valid(than))
        return -1;
    str_cut(semver_split(than).core, '.', &x, &a);
    str_cut(semver_split(v).core, '.', &y, &b);
    if (pub_compare(v, than) < 0 || compare_digits(x, y))
        return 0;
    if (compare_digits(x, S("0")))
        return 1;
    str_cut(a, '.', &x, &a);
    str_cut(b, '.', &y, &b);
    return compare_digits(x, y) == 0;
}

/* ">=1.2.3" off the front of range; blanks may be left out. */
static bool take_comparison(struct str *range, struct span *s)
{
    bool less = take_word(range, S("<")), more = !less && take_word(range, S(">"));
    bool with = !less && !more ? true : take_word(range, S("="));
    struct str v;

    take_run(range, is_blank);
    v = take_run(range, is_text);
    if (!pub_valid(v))
        return false;
    if (!less)
        raise_low(s, v, with);
    if (!more)
        lower_high(s, v, with);
    return true;
}

static int pub_in_range(struct str range, struct str v)
{
    struct span span = {0};

    range = str_trim(range);
    if (!pub_valid(v) || range.n == 0)
        return -1;
    if (str_equal(range, S("any")))
        return 1;
    if (take_word(&range, S("^"))) {
        take_run(&range, is_blank);
        return caret(range, v);
    }
    for (; range.n; take_run(&range, is_blank))
        if (!take_comparison(&range, &span))
            return -1;
    return is_in(&span, v);
}

const struct version_scheme version_pub = {
    .name = "pub",
    .title = "Pub: Semantic Versioning in which builds count",
    .semver = true,
    .valid = pub_valid,
    .compare = pub_compare,
    .in_range = pub_in_range,
};
