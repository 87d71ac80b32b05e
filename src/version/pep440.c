/* Python: PEP 440,
 * https://packaging.python.org/en/latest/specifications/version-specifiers/
 *     [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
 * and all the spellings its appendix B takes for these: "v1.0-Alpha.1", "1.0-1" for
 * 1.0.post1, "1.0.rev2". The reference is packaging, which pip uses. */
#include "version/pep440.h"

#include "version/parts.h"
#include "version/version.h"

#include <strings.h>

/* White space as Python has it among ASCII. */
static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

struct str pep440_trim(struct str s)
{
    take_run(&s, is_blank);
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool is_mark(char c)
{
    return c == '-' || c == '_' || c == '.';
}

/* Any case. */
static bool take_letters(struct str *s, const char *word)
{
    struct str w = str_of(word);

    if (s->n < w.n || strncasecmp(s->p, w.p, w.n) != 0)
        return false;
    *s = str_from(*s, w.n);
    return true;
}

static struct str without_mark(struct str s)
{
    return s.n && is_mark(s.p[0]) ? str_from(s, 1) : s;
}

/* "-alpha.1": a mark or none, a word, a mark or none, digits or none. */
static bool take_part(struct str *s, const char *const *words, size_t *which,
                      struct str *digits)
{
    struct str rest = without_mark(*s);

    for (size_t i = 0; words[i]; i++) {
        if (!take_letters(&rest, words[i]))
            continue;
        rest = without_mark(rest);
        *digits = take_digits(&rest);
        *which = i;
        *s = rest;
        return true;
    }
    return false;
}

static void take_pre(struct str *s, struct pep440 *out)
{
    static const char *const words[] = {"alpha", "a",  "beta", "b", "preview",
                                        "pre",   "rc", "c",    NULL};
    static const enum pep440_pre means[] = {PEP440_A,  PEP440_A,  PEP440_B,  PEP440_B,
                                            PEP440_RC, PEP440_RC, PEP440_RC, PEP440_RC};
    size_t which;

    if (take_part(s, words, &which, &out->pre_n))
        out->pre = means[which];
}

/* "-1" alone is one, too. */
static void take_post(struct str *s, struct pep440 *out)
{
    static const char *const words[] = {"post", "rev", "r", NULL};
    struct str rest = *s;
    size_t which;

    if (take_word(&rest, S("-")) && rest.n && is_digit(rest.p[0])) {
        out->post_n = take_digits(&rest);
        *s = rest;
        out->post = true;
        return;
    }
    out->post = take_part(s, words, &which, &out->post_n);
}

static void take_dev(struct str *s, struct pep440 *out)
{
    static const char *const words[] = {"dev", NULL};
    size_t which;

    out->dev = take_part(s, words, &which, &out->dev_n);
}

/* Letters and digits, with marks between them. */
static bool is_local(struct str s)
{
    bool word = false;

    for (size_t i = 0; i < s.n; i++) {
        bool more = is_digit(s.p[i]) || is_letter(s.p[i]);

        if (!more && (!word || !is_mark(s.p[i])))
            return false;
        word = more;
    }
    return word;
}

/* "2.0.1", up to what is no number and point. */
static struct str take_release(struct str *s)
{
    struct str rest = *s, release = {rest.p, 0};

    for (;;) {
        struct str digits = take_digits(&rest);

        if (!digits.n)
            break;
        release.n = (size_t)(digits.p + digits.n - release.p);
        *s = rest;
        if (!take_word(&rest, S(".")))
            break;
    }
    return release;
}

bool pep440_parse(struct str v, struct pep440 *out)
{
    struct str rest;

    *out = (struct pep440){0};
    v = pep440_trim(v);
    take_letters(&v, "v");
    rest = v;
    out->epoch = take_digits(&rest);
    if (out->epoch.n && take_word(&rest, S("!")))
        v = rest;
    else
        out->epoch = (struct str){0};
    out->release = take_release(&v);
    if (!out->release.n)
        return false;
    take_pre(&v, out);
    take_post(&v, out);
    take_dev(&v, out);
    if (!take_word(&v, S("+")))
        return !v.n;
    out->local = v;
    return is_local(v);
}

/* ---- order ---- */

struct str pep440_number(struct str *release)
{
    struct str number = take_digits(release);

    take_word(release, S("."));
    return number;
}

int pep440_compare_release(struct str a, struct str b)
{
    int r = 0;

    while (r == 0 && (a.n || b.n)) {
        struct str x = pep440_number(&a);

        r = compare_digits(x, pep440_number(&b));
    }
    return r;
}

/* Where a version without a pre-release stands: a dev release of nothing else comes
 * before all of them, anything else behind. */
static int pre_rank(const struct pep440 *v)
{
    if (v->pre)
        return (int)v->pre;
    return v->dev && !v->post ? 0 : PEP440_RC + 1;
}

/* Words of local versions: numbers above letters, which have no case. */
static int compare_local_word(struct str a, struct str b)
{
    struct str x = a, y = b;
    bool number_a = take_digits(&x).n && !x.n, number_b = take_digits(&y).n && !y.n;
    int r;

    if (number_a != number_b)
        return number_a ? 1 : -1;
    if (number_a)
        return compare_digits(a, b);
    r = strncasecmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return r ? r : (a.n > b.n) - (a.n < b.n);
}

static bool is_no_mark(char c)
{
    return !is_mark(c);
}

/* None is below any, and of two that are alike the longer one is above. */
static int compare_local(struct str a, struct str b)
{
    while (a.n && b.n) {
        struct str x = take_run(&a, is_no_mark), y = take_run(&b, is_no_mark);
        int r = compare_local_word(x, y);

        if (r)
            return r;
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
    return (a.n > 0) - (b.n > 0);
}

int pep440_order(const struct pep440 *a, const struct pep440 *b)
{
    int r = compare_digits(a->epoch, b->epoch);

    if (r == 0)
        r = pep440_compare_release(a->release, b->release);
    if (r == 0)
        r = pre_rank(a) - pre_rank(b);
    if (r == 0)
        r = compare_digits(a->pre_n, b->pre_n);
    if (r == 0)
        r = a->post - b->post;
    if (r == 0)
        r = compare_digits(a->post_n, b->post_n);
    if (r == 0)
        r = b->dev - a->dev;
    if (r == 0)
        r = compare_digits(a->dev_n, b->dev_n);
    return r ? r : compare_local(a->local, b->local);
}

static bool pep440_valid(struct str v)
{
    struct pep440 parts;

    return pep440_parse(v, &parts);
}

/* What is no version comes before all that are, by its bytes. */
static int pep440_compare(struct str a, struct str b)
{
    struct pep440 x, y;
    bool good_a = pep440_parse(a, &x), good_b = pep440_parse(b, &y);

    if (good_a && good_b)
        return pep440_order(&x, &y);
    return good_a != good_b ? (good_a ? 1 : -1) : str_compare(a, b);
}

const struct version_scheme version_pep440 = {
    .name = "pep440",
    .title = "Python: PEP 440",
    .checked = "packaging",
    .valid = pep440_valid,
    .compare = pep440_compare,
    .in_range = pep440_in_range,
};
