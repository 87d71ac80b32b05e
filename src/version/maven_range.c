/* Maven's ranges: sets one after another, [1.0,2.0) and (,1.0],[1.2,) and [1.0], of
 * which any holds,
 * https://maven.apache.org/pom.html#Dependency_Version_Requirement_Specification. The
 * reference is VersionRange of maven-artifact 3.8.7.
 *
 * To Maven a bare 1.0 is a wish that any version may take the place of. Here, where
 * it is asked what a range names, it is just that version. A range that Maven
 * takes, though it ends nowhere (the empty one) or has a bound that is no version
 * ("[1,2,3]"), is none. */
#include "version/maven.h"

#include "version/parts.h"

struct set {
    struct str low, high;
    bool with_low, with_high;
};

/* Java's: everything up to the blank. */
static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static struct str trim(struct str s)
{
    take_run(&s, is_blank);
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool is_inside(char c)
{
    return c != ']' && c != ')';
}

/* Both bounds are versions or not there, and the lower is not the higher one. */
static bool is_set(const struct set *s)
{
    int r;

    if ((s->low.n && !maven_valid(s->low)) || (s->high.n && !maven_valid(s->high)))
        return false;
    r = s->low.n && s->high.n ? maven_compare(s->low, s->high) : -1;
    return r < 0 || (r == 0 && s->with_low && s->with_high);
}

/* "[1.0,2.0)" off the front of rest. */
static bool take_set(struct str *rest, struct set *s)
{
    bool open = take_word(rest, S("("));
    struct str inside, low, high;

    if (!open && !take_word(rest, S("[")))
        return false;
    inside = trim(take_run(rest, is_inside));
    *s = (struct set){.with_low = !open, .with_high = str_starts(*rest, S("]"))};
    if (rest->n == 0)
        return false;
    *rest = str_from(*rest, 1);
    if (str_cut(inside, ',', &low, &high)) {
        s->low = trim(low);
        s->high = trim(high);
    } else {
        s->low = s->high = inside;
        if (inside.n == 0 || open || !s->with_high)
            return false;
    }
    return is_set(s);
}

static bool is_in(const struct set *s, struct str v)
{
    int low = s->low.n ? maven_compare(v, s->low) : 1;
    int high = s->high.n ? maven_compare(v, s->high) : -1;

    return (low > 0 || (low == 0 && s->with_low)) &&
           (high < 0 || (high == 0 && s->with_high));
}

int maven_in_range(struct str range, struct str v)
{
    struct set set, last = {0};
    int in = 0;

    if (!maven_valid(v))
        return -1;
    if (maven_valid(range))
        return maven_compare(range, v) == 0;
    for (bool first = true; first || range.n; first = false, last = set) {
        if (!take_set(&range, &set))
            return -1;
        if (last.high.n && (set.low.n == 0 || maven_compare(set.low, last.high) < 0))
            return -1; /* they go upwards and do not overlap */
        in |= is_in(&set, v);
        range = trim(range);
        if (take_word(&range, S(",")))
            range = trim(range);
    }
    return in;
}
