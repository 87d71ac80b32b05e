/* Go: versions of modules, https://go.dev/ref/mod#versions, which are Semantic Versioning
 * behind a "v" ("v0.0.0-20190101000000-0123456789ab", "v2.0.0+incompatible"); and those of
 * Go itself, of which the standard library has its: go1.21.3, go1.21rc2. These order as
 * govulncheck takes them: 1.21 is 1.21.0, 1.21rc2 is 1.21.0-rc.2. What is behind a plus
 * does not count. */
#include "version/parts.h"
#include "version/semver.h"
#include "version/version.h"

struct go {
    struct str numbers[3];   /* empty: 0 */
    struct str kind, number; /* "rc", "2" of go1.21rc2 */
    struct str pre, build;
    bool has_pre, has_build;
    bool good; /* so far */
};

static struct go split(struct str v)
{
    struct go g = {.good = true};

    if (!take_word(&v, S("go")))
        take_word(&v, S("v"));
    g.has_build = str_cut(v, '+', &v, &g.build);
    g.has_pre = str_cut(v, '-', &v, &g.pre);
    for (size_t i = 0; i < 3; i++) {
        g.numbers[i] = take_digits(&v);
        g.good &= semver_is_number(g.numbers[i]);
        if (!take_word(&v, S(".")))
            break;
    }
    if (v.n && !g.numbers[2].n && !g.has_pre) {
        g.kind = take_run(&v, is_lower);
        g.number = take_digits(&v);
        g.good &= str_equal(g.kind, S("rc")) || str_equal(g.kind, S("beta")) ||
                  str_equal(g.kind, S("alpha"));
        g.good &= semver_is_number(g.number);
    }
    g.good &= v.n == 0;
    return g;
}

static bool ends_in_point(struct str v)
{
    struct str plain, rest;

    str_cut(v, '+', &plain, &rest);
    str_cut(plain, '-', &plain, &rest);
    return str_ends(plain, S("."));
}

static bool go_valid(struct str v)
{
    struct go g = split(v);

    return g.good && !ends_in_point(v) && (!g.has_pre || semver_is_pre(g.pre)) &&
           (!g.has_build || semver_is_build(g.build));
}

/* "rc.2", whichever way it is written. */
static int compare_pre(const struct go *a, const struct go *b)
{
    struct str x = a->kind.n ? a->kind : a->pre, y = b->kind.n ? b->kind : b->pre;
    struct str rest_x = a->number, rest_y = b->number;
    int r;

    if (a->kind.n == 0 && b->kind.n == 0)
        return semver_compare_words(x, y);
    if (!a->kind.n)
        str_cut(a->pre, '.', &x, &rest_x);
    if (!b->kind.n)
        str_cut(b->pre, '.', &y, &rest_y);
    r = semver_compare_words(x, y);
    if (r || !rest_x.n || !rest_y.n)
        return r ? r : (rest_x.n > 0) - (rest_y.n > 0);
    return semver_compare_words(rest_x, rest_y);
}

static int go_compare(struct str a, struct str b)
{
    struct go x = split(a), y = split(b);
    bool pre_x = x.has_pre || x.kind.n, pre_y = y.has_pre || y.kind.n;

    if (x.good != y.good) /* what is none, below what is one */
        return x.good ? 1 : -1;
    if (!x.good)
        return str_compare(a, b);
    for (size_t i = 0; i < 3; i++) {
        int r = compare_digits(x.numbers[i], y.numbers[i]);

        if (r)
            return r;
    }
    if (pre_x != pre_y)
        return pre_x ? -1 : 1;
    return pre_x ? compare_pre(&x, &y) : 0;
}

const struct version_scheme version_go = {
    .name = "go",
    .title = "Go: modules, and Go itself",
    .semver = true,
    .valid = go_valid,
    .compare = go_compare,
};
