/* Version specifiers of PEP 440: "~=1.4, !=1.4.5, <2", all of which must hold; none at all
 * is met by every version. As packaging's SpecifierSet.contains with prereleases=True. */
#include "version/pep440.h"

#include "version/parts.h"

#include <strings.h>

static bool is_op(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

static bool is_pre(const struct pep440 *v)
{
    return v->pre || v->dev;
}

static bool same_base(const struct pep440 *a, const struct pep440 *b)
{
    return compare_digits(a->epoch, b->epoch) == 0 &&
           pep440_compare_release(a->release, b->release) == 0;
}

/* Without its local version. */
static struct pep440 public(const struct pep440 *v)
{
    struct pep440 p = *v;

    p.local = (struct str){0};
    return p;
}

static size_t count(struct str release)
{
    size_t n = 0;

    for (; release.n; n++)
        pep440_number(&release);
    return n;
}

/* Whether v begins with the first n numbers of release. */
static bool begins(const struct pep440 *v, const struct pep440 *with, size_t n)
{
    struct str a = v->release, b = with->release;

    if (compare_digits(v->epoch, with->epoch) != 0)
        return false;
    for (; n > 0; n--) {
        struct str x = pep440_number(&a);

        if (compare_digits(x, pep440_number(&b)) != 0)
            return false;
    }
    return true;
}

/* "==1.4" is met by 1.4+local, "==1.4+local" by nothing else. */
static bool equals(const struct pep440 *v, const struct pep440 *bound)
{
    struct pep440 p = bound->local.n ? *v : public(v);

    return pep440_order(&p, bound) == 0;
}

static int compare_public(const struct pep440 *v, const struct pep440 *bound)
{
    struct pep440 p = public(v);

    return pep440_order(&p, bound);
}

/* "<1.4" does not mean 1.4rc1. */
static bool is_less(const struct pep440 *v, const struct pep440 *bound)
{
    return pep440_order(v, bound) < 0 &&
           (is_pre(bound) || !is_pre(v) || !same_base(v, bound));
}

/* ">1.4" means neither 1.4.post1 nor 1.4+local. */
static bool is_more(const struct pep440 *v, const struct pep440 *bound)
{
    if (pep440_order(v, bound) <= 0)
        return false;
    if (!bound->post && v->post && same_base(v, bound))
        return false;
    return !v->local.n || !same_base(v, bound);
}

/* ---- "===": the normal form of v, letter for letter ---- */

static bool eat(struct str *text, struct str piece)
{
    if (text->n < piece.n || strncasecmp(text->p, str_chars(piece), piece.n) != 0)
        return false;
    *text = str_from(*text, piece.n);
    return true;
}

static bool eat_number(struct str *text, struct str digits)
{
    while (digits.n > 1 && digits.p[0] == '0')
        digits = str_from(digits, 1);
    return eat(text, digits.n ? digits : S("0"));
}

static bool eat_release(struct str *text, struct str release)
{
    for (bool first = true; release.n; first = false)
        if ((!first && !eat(text, S("."))) || !eat_number(text, pep440_number(&release)))
            return false;
    return true;
}

static bool is_zero(struct str digits)
{
    return compare_digits(digits, (struct str){0}) == 0;
}

static bool eat_local(struct str *text, struct str local)
{
    while (local.n) {
        struct str word = {local.p, 0}, digits;

        while (word.n < local.n &&
               (is_digit(local.p[word.n]) || is_letter(local.p[word.n])))
            word.n++;
        local = str_from(local, word.n);
        digits = word;
        if (take_digits(&digits).n && !digits.n ? !eat_number(text, word)
                                                : !eat(text, word))
            return false;
        if (local.n && !eat(text, S(".")))
            return false;
        local = str_from(local, 1);
    }
    return true;
}

static bool is_written(const struct pep440 *v, struct str text)
{
    static const struct str words[] = {
        [PEP440_A] = S("a"), [PEP440_B] = S("b"), [PEP440_RC] = S("rc")};

    return (is_zero(v->epoch) || (eat_number(&text, v->epoch) && eat(&text, S("!")))) &&
           eat_release(&text, v->release) &&
           (!v->pre || (eat(&text, words[v->pre]) && eat_number(&text, v->pre_n))) &&
           (!v->post || (eat(&text, S(".post")) && eat_number(&text, v->post_n))) &&
           (!v->dev || (eat(&text, S(".dev")) && eat_number(&text, v->dev_n))) &&
           (!v->local.n || (eat(&text, S("+")) && eat_local(&text, v->local))) && !text.n;
}

/* ---- one condition ---- */

/* "1.4.*": 1 or 0, or -1 when it is none. */
static int has_prefix(const struct pep440 *v, struct str text)
{
    struct pep440 bound;

    text.n -= S(".*").n;
    if (!pep440_parse(text, &bound) || bound.pre || bound.post || bound.dev ||
        bound.local.n || pep440_trim(text).n != text.n)
        return -1;
    return begins(v, &bound, count(bound.release));
}

/* The operators whose versions have no local part. */
static int compares(struct str op, const struct pep440 *v, const struct pep440 *bound)
{
    size_t n = count(bound->release);

    if (bound->local.n)
        return -1;
    if (str_equal(op, S("<=")))
        return compare_public(v, bound) <= 0;
    if (str_equal(op, S(">=")))
        return compare_public(v, bound) >= 0;
    if (str_equal(op, S("<")))
        return is_less(v, bound);
    if (str_equal(op, S(">")))
        return is_more(v, bound);
    if (str_equal(op, S("~=")) && n > 1)
        return compare_public(v, bound) >= 0 && begins(v, bound, n - 1);
    return -1;
}

/* What may stand behind "===": anything but white space, and what ends it in a line of
 * requirements. */
static bool is_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r') || s.p[i] == ';' ||
            s.p[i] == ')')
            return false;
    return true;
}

static int holds(struct str condition, const struct pep440 *v)
{
    struct pep440 bound;
    struct str text = condition, op;
    bool equal;
    int r;

    if (take_word(&text, S("===")))
        return is_text(pep440_trim(text)) ? is_written(v, pep440_trim(text)) : -1;
    op = take_run(&text, is_op);
    equal = str_equal(op, S("=="));
    text = pep440_trim(text);
    if (!equal && !str_equal(op, S("!=")))
        return pep440_parse(text, &bound) ? compares(op, v, &bound) : -1;
    if (str_ends(text, S(".*")))
        r = has_prefix(v, text);
    else
        r = pep440_parse(text, &bound) ? equals(v, &bound) : -1;
    return r < 0 || equal ? r : !r;
}

int pep440_in_range(struct str range, struct str v)
{
    struct pep440 version;
    struct str condition;
    bool more = true;
    int in = 1;

    if (!pep440_parse(v, &version))
        return -1;
    while (more) {
        int one;

        more = str_cut(range, ',', &condition, &range);
        condition = pep440_trim(condition);
        if (!condition.n)
            continue;
        one = holds(condition, &version);
        if (one < 0)
            return -1;
        in &= one;
    }
    return in;
}
