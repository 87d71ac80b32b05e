/* Bitnami: Semantic Versioning, but what is behind the dash is the revision of the
 * package, and comes after the version: 1.2.3 < 1.2.3-1 < 1.2.3-2. So it is
 * described in https://github.com/bitnami/go-version; the records are those of
 * https://github.com/bitnami/vulndb. There is no program to ask.
 *
 * The records say more than go-version takes: 0, 2023.03.13, nightly.2026-03-10.0.
 * So there may be any number of words between the points, of which those that are
 * not there are 0, and numbers may begin with 0. And no revision is revision 0:
 * what was introduced with 1.19.0-0 is in 1.19.0, what was fixed with it is not. */
#include "version/semver.h"

#include "version/parts.h"
#include "version/version.h"

/* 1.2 and 1.2.0: what is not there is 0. Numbers below words. */
static int compare_core(struct str a, struct str b)
{
    for (bool more = true; more;) {
        struct str x, y;
        bool more_a = str_cut(a, '.', &x, &a), more_b = str_cut(b, '.', &y, &b);
        int r = semver_compare_words(x.n ? x : S("0"), y.n ? y : S("0"));

        if (r)
            return r;
        more = more_a || more_b;
    }
    return 0;
}

static int bitnami_compare(struct str a, struct str b)
{
    struct semver x = semver_split(a), y = semver_split(b);
    int r = compare_core(x.core, y.core);

    if (r)
        return r;
    return semver_compare_words(x.has_pre ? x.pre : S("0"), y.has_pre ? y.pre : S("0"));
}

static bool bitnami_valid(struct str v)
{
    struct semver s = semver_split(v);
    size_t digits = 0;

    for (size_t i = 0; i < v.n; i++)
        digits += is_digit(v.p[i]);
    return digits && semver_is_build(s.core) && (!s.has_pre || semver_is_build(s.pre)) &&
           (!s.has_build || semver_is_build(s.build));
}

const struct version_scheme version_bitnami = {
    .name = "bitnami",
    .title = "Bitnami: Semantic Versioning with revisions",
    .semver = true,
    .valid = bitnami_valid,
    .compare = bitnami_compare,
};
