/* CRAN (R): numbers between points and dashes, all alike: 1.2-3 is 1.2.3. What is
 * alike and has more numbers is greater: 1.0 < 1.0.0. Described under
 * help(numeric_version) and in "Writing R Extensions"; the reference is R 4.2:
 * numeric_version() for what is a version, utils::compareVersion() for the order.
 * Numbers may be of any length; to R those past 2147483647 are none. */
#include "version/version.h"

#include "version/parts.h"

static bool is_mark(char c)
{
    return c == '.' || c == '-';
}

static bool is_number(char c)
{
    return !is_mark(c);
}

/* What is no version is cut at the marks as well. What is no number sorts behind
 * the numbers, as bytes. */
static int compare_words(struct str a, struct str b)
{
    struct str x = a, y = b;

    take_digits(&x);
    take_digits(&y);
    if (x.n || y.n)
        return !x.n != !y.n ? (x.n ? 1 : -1) : str_compare(a, b);
    return compare_digits(a, b);
}

static int cran_compare(struct str a, struct str b)
{
    for (;;) {
        int r = compare_words(take_run(&a, is_number), take_run(&b, is_number));

        if (r)
            return r;
        if (a.n == 0 || b.n == 0)
            return (a.n > 0) - (b.n > 0);
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
}

static bool cran_valid(struct str v)
{
    bool good = v.n > 0;

    while (good && v.n) {
        good = take_digits(&v).n > 0;
        if (v.n) {
            good = good && is_mark(v.p[0]) && v.n > 1;
            v = str_from(v, 1);
        }
    }
    return good;
}

const struct version_scheme version_cran = {
    .name = "cran",
    .title = "CRAN: R's numeric versions",
    .checked = "R",
    .valid = cran_valid,
    .compare = cran_compare,
};
