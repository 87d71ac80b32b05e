/* Julia: Semantic Versioning in which what is behind a plus counts, too, as it does for
 * packages that hold a built library: 3.0.13+0 < 3.0.13+1. The second and third number may
 * be missing, which are 0 then, and the dash in front of a letter: 1.2rc1. A dash or plus
 * with nothing behind is below or above all others of that number, as bounds need it:
 * 1.2.3- < 1.2.3-alpha, 1.2.3+9 < 1.2.3+. docs.julialang.org, "Version Number Literals";
 * the reference is VersionNumber of Julia, whose numbers end somewhere and ours do not. */
#include "version/semver.h"

#include "version/parts.h"
#include "version/version.h"

static bool is_core(char c)
{
    return is_digit(c) || c == '.';
}

static struct semver split(struct str v)
{
    struct semver s = {0};

    if (str_starts(v, S("v")) || str_starts(v, S("V")))
        v = str_from(v, 1);
    s.core = take_run(&v, is_core);
    s.has_build = str_cut(v, '+', &v, &s.build);
    s.has_pre = v.n > 0;
    take_word(&v, S("-"));
    s.pre = v;
    return s;
}

static bool is_digits(struct str s)
{
    return take_digits(&s).n > 0 && s.n == 0;
}

/* Behind a dash, or at once when it begins with a letter; "1.2.3-+1" is none. */
static bool is_pre(const struct semver *s)
{
    bool dash = s->core.p[s->core.n] == '-';

    if (!s->pre.n)
        return !s->has_build;
    return (dash || is_letter(s->pre.p[0])) && semver_is_build(s->pre);
}

static bool julia_valid(struct str v)
{
    struct semver s = split(v);
    size_t numbers = semver_count_words(s.core, is_digits);

    return numbers > 0 && numbers <= 3 && (!s.has_pre || is_pre(&s)) &&
           (!s.build.n || semver_is_build(s.build));
}

/* 1.2 is 1.2.0. */
static int compare_core(struct str a, struct str b)
{
    int r = 0;

    while (r == 0 && (a.n || b.n)) {
        struct str x, y;

        str_cut(a, '.', &x, &a);
        str_cut(b, '.', &y, &b);
        r = compare_digits(x, y);
    }
    return r;
}

static int compare_pre(const struct semver *a, const struct semver *b)
{
    if (a->has_pre && b->has_pre && (!a->pre.n || !b->pre.n))
        return (a->pre.n > 0) - (b->pre.n > 0);
    return semver_compare_pre(a, b);
}

static int compare_build(const struct semver *a, const struct semver *b)
{
    if (!a->has_build || !b->has_build)
        return a->has_build - b->has_build;
    if (!a->build.n || !b->build.n)
        return (a->build.n == 0) - (b->build.n == 0);
    return semver_compare_words(a->build, b->build);
}

static int julia_compare(struct str a, struct str b)
{
    struct semver x = split(a), y = split(b);
    int r = compare_core(x.core, y.core);

    if (r == 0)
        r = compare_pre(&x, &y);
    return r ? r : compare_build(&x, &y);
}

const struct version_scheme version_julia = {
    .name = "julia",
    .title = "Julia: Semantic Versioning in which builds count",
    .semver = true,
    .valid = julia_valid,
    .compare = julia_compare,
};
