/* Hackage (Haskell): numbers between points, of which the longer is greater: 1.0 <
 * 1.0.0. https://cabal.readthedocs.io, "Package versions"; the reference is Cabal
 * 3.4: no leading zeros, and nine digits at most in a number. (The old tags,
 * "1.0-beta", Cabal takes and forgets; here they make it none.) */
#include "version/hackage.h"

#include "version/parts.h"
#include "version/version.h"

enum { DIGITS_MAX = 9 };

bool hackage_number(struct str word)
{
    struct str rest = word;

    return take_digits(&rest).n > 0 && rest.n == 0 && word.n <= DIGITS_MAX &&
           (word.n == 1 || word.p[0] != '0');
}

bool hackage_valid(struct str v)
{
    struct str word;
    bool good, more;

    do {
        more = str_cut(v, '.', &word, &v);
        good = hackage_number(word);
    } while (good && more);
    return good;
}

/* Numbers below what is none. */
static int compare_words(struct str a, struct str b)
{
    struct str x = a, y = b;
    bool number = take_digits(&x).n > 0 && x.n == 0,
         other = take_digits(&y).n > 0 && y.n == 0;

    if (number != other)
        return number ? -1 : 1;
    return number ? compare_digits(a, b) : str_compare(a, b);
}

int hackage_compare(struct str a, struct str b)
{
    for (;;) {
        struct str x, y;
        bool more_a = str_cut(a, '.', &x, &a), more_b = str_cut(b, '.', &y, &b);
        int r = compare_words(x, y);

        if (r)
            return r;
        if (!more_a || !more_b)
            return more_a - more_b;
    }
}

const struct version_scheme version_hackage = {
    .name = "hackage",
    .title = "Hackage: the Haskell package versioning policy",
    .checked = "Cabal",
    .valid = hackage_valid,
    .compare = hackage_compare,
    .in_range = hackage_in_range,
};
