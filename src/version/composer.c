/* PHP: versions as Composer orders them: four numbers, then dev < alpha < beta < RC <
 * nothing < patch. What is behind a plus does not count. A branch has no place among
 * versions: it comes before them all. https://getcomposer.org/doc/articles/versions.md; the
 * reference is composer/semver. */
#include "version/composer.h"

#include "base/own.h"
#include "version/parts.h"
#include "version/version.h"

#include <string.h>

bool composer_is_branch(struct str normal)
{
    return str_starts(normal, S("dev-"));
}

static bool is_between(char c)
{
    return c == '.' || c == '-';
}

static int rank(struct str word)
{
    static const struct {
        const char *begins;
        int rank;
    } ranks[] = {{"dev", 0}, {"alpha", 1}, {"beta", 2}, {"RC", 3}, {"patch", 5}};

    if (is_digit(word.p[0]))
        return 4; /* where nothing is, too */
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        if (str_starts(word, str_of(ranks[i].begins)))
            return ranks[i].rank;
    return -1;
}

/* A number, or a word; empty at the end. */
static struct str next_word(struct str *s)
{
    take_run(s, is_between);
    return s->n && is_digit(s->p[0]) ? take_digits(s) : take_run(s, is_letter);
}

static int compare_words(struct str a, struct str b)
{
    for (;;) {
        struct str x = next_word(&a), y = next_word(&b);
        int r;

        if (!x.n && !y.n)
            return 0;
        if (!x.n)
            return is_digit(y.p[0]) || rank(y) > 4 ? -1 : 1;
        if (!y.n)
            return is_digit(x.p[0]) || rank(x) > 4 ? 1 : -1;
        r = is_digit(x.p[0]) && is_digit(y.p[0]) ? compare_digits(x, y) : rank(x) - rank(y);
        if (r)
            return r;
    }
}

int composer_order(struct str a, struct str b)
{
    bool x = composer_is_branch(a), y = composer_is_branch(b);

    if (x || y)
        return x && y ? str_compare(a, b) : x ? -1 : 1;
    return compare_words(a, b);
}

static bool composer_valid(struct str v)
{
    own(buf) out = {0};

    return v.n && !memchr(v.p, 0, v.n) && composer_normal(v, &out);
}

/* What is no version comes first, as it is. */
static int composer_compare(struct str a, struct str b)
{
    own(buf) x = {0}, y = {0};
    bool p = composer_normal(a, &x), q = composer_normal(b, &y);

    if (!p || !q)
        return p != q ? (p ? 1 : -1) : str_compare(a, b);
    return composer_order(buf_view(&x), buf_view(&y));
}

const struct version_scheme version_composer = {
    .name = "composer",
    .title = "Composer: composer/semver",
    .checked = "Composer's own composer/semver",
    .valid = composer_valid,
    .compare = composer_compare,
    .in_range = composer_in_range,
};
