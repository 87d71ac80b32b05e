/* Constraints of Composer that stand for a span: "^1.2", "~2.3.4", "1.*", "1.0 - 2.0". A
 * bound is a version's numbers, filled up with zeros, and "-dev", which is before all that
 * begin with them. https://getcomposer.org/doc/articles/versions.md; the reference is
 * VersionParser of composer/semver 3.3. */
#include "version/composer.h"

#include "base/own.h"
#include "version/parts.h"

#include <strings.h>

/* ---- a version as ranges are made of it: numbers, then an end or a wildcard ---- */

struct pieces {
    struct str n[4]; /* empty: not there */
    int count;
    struct composer_end end;
    bool wild; /* ".x-dev" */
};

static bool is_plain(const struct pieces *p)
{
    return !p->end.stability.n && !p->end.dev && !p->wild;
}

static bool is_wild(char c)
{
    return c == 'x' || c == 'X' || c == '*';
}

static bool is_not_blank(char c)
{
    return c != ' ' && !(c >= '\t' && c <= '\r');
}

static bool take_v(struct str *s)
{
    return take_word(s, S("v")) || take_word(s, S("V"));
}

static void take_numbers(struct str *s, struct pieces *p, int most)
{
    *p = (struct pieces){0};
    while (p->count < most) {
        struct str rest = *s;

        if (p->count && !take_word(&rest, S(".")))
            return;
        p->n[p->count] = take_digits(&rest);
        if (!p->n[p->count].n)
            return;
        p->count++;
        *s = rest;
    }
}

/* ".x-dev" */
static bool is_wild_dev(struct str s)
{
    if (!take_word(&s, S(".")) || !s.n || !is_wild(s.p[0]))
        return false;
    s = str_from(s, 1);
    if (!take_word(&s, S(".")))
        take_word(&s, S("-"));
    return s.n == 3 && strncasecmp(s.p, "dev", 3) == 0;
}

static bool take_pieces(struct str s, struct pieces *p)
{
    struct str head, build;

    if (str_cut(s, '+', &head, &build)) {
        if (!take_run(&build, is_not_blank).n || build.n)
            return false;
        s = head;
    }
    take_v(&s);
    take_numbers(&s, p, 4);
    if (!p->count)
        return false;
    p->wild = is_wild_dev(s);
    return p->wild || composer_end(s, &p->end);
}

/* Adds one to a number of any length. */
static void put_next(struct buf *out, struct str digits)
{
    size_t begin = out->len;

    buf_str(out, digits);
    for (size_t i = out->len; i-- > begin;) {
        if (out->at[i] != '9') {
            out->at[i]++;
            return;
        }
        out->at[i] = '0';
    }
    buf_char(out, '0');
    memmove(out->at + begin + 1, out->at + begin, out->len - begin - 1);
    out->at[begin] = '1';
}

/* The first `keep` numbers, of which the last may be raised, then zeros, and "-dev". */
static void put_numbers(struct buf *out, const struct pieces *p, int keep, bool raise)
{
    for (int i = 0; i < 4; i++) {
        if (i)
            buf_char(out, '.');
        if (i >= keep || !p->n[i].n)
            buf_char(out, '0');
        else if (raise && i == keep - 1)
            put_next(out, p->n[i]);
        else
            buf_str(out, p->n[i]);
    }
    buf_str(out, S("-dev"));
}

/* From text, as it is or its first -dev, up to below what the pieces are raised to. */
static int between(struct str text, const struct pieces *p, int keep, struct str v)
{
    own(buf) low = {0}, high = {0}, written = {0};

    buf_str(&written, text);
    if (is_plain(p))
        buf_str(&written, S("-dev"));
    if (!composer_normal(buf_view(&written), &low))
        return -1;
    put_numbers(&high, p, keep, true);
    return composer_holds(S(">="), buf_view(&low), v) &&
           composer_holds(S("<"), buf_view(&high), v);
}

/* ---- the forms ---- */

/* "*", "x.x", "v*" */
static int any(struct str s, struct str v)
{
    bool marked = take_v(&s);

    if (!s.n || !is_wild(s.p[0]))
        return COMPOSER_NOT_THIS;
    for (s = str_from(s, 1); s.n; s = str_from(s, 2), marked = true)
        if (s.n < 2 || s.p[0] != '.' || !is_wild(s.p[1]))
            return COMPOSER_NOT_THIS;
    return marked ? composer_holds(S(">="), S("0.0.0.0-dev"), v) : 1;
}

/* "~1.2.3" */
static int tilde(struct str s, struct str v)
{
    struct pieces p;
    int position;

    if (!take_word(&s, S("~")))
        return COMPOSER_NOT_THIS;
    if (str_starts(s, S(">")) || !take_pieces(s, &p))
        return -1;
    position = p.count + p.wild;
    return between(s, &p, position > 1 ? position - 1 : 1, v);
}

/* "^0.2.3" */
static int caret(struct str s, struct str v)
{
    struct pieces p;
    int keep = 1;

    if (!take_word(&s, S("^")))
        return COMPOSER_NOT_THIS;
    if (!take_pieces(s, &p))
        return -1;
    while (keep < 3 && keep < p.count && str_equal(p.n[keep - 1], S("0")))
        keep++;
    return between(s, &p, keep, v);
}

/* "1.2.*" */
static int wild(struct str s, struct str v)
{
    own(buf) low = {0}, high = {0};
    struct pieces p;
    bool stars = false;

    take_word(&s, S("v"));
    take_numbers(&s, &p, 3);
    for (; s.n >= 2 && s.p[0] == '.' && is_wild(s.p[1]); s = str_from(s, 2))
        stars = true;
    if (!p.count || !stars || s.n)
        return COMPOSER_NOT_THIS;
    put_numbers(&low, &p, p.count, false);
    put_numbers(&high, &p, p.count, true);
    return (str_equal(buf_view(&low), S("0.0.0.0-dev")) && !composer_is_branch(v)
                ? 1
                : composer_holds(S(">="), buf_view(&low), v)) &&
           composer_holds(S("<"), buf_view(&high), v);
}

/* Behind "1.0 - 2.0" all of 2.0 is in, behind "1.0 - 2.0.0" just that. */
static int up_to(struct str to, const struct pieces *p, struct str v)
{
    own(buf) high = {0};

    if (!composer_normal(to, &high))
        return -1;
    if (p->count >= 3 || !is_plain(p))
        return composer_holds(S("<="), buf_view(&high), v);
    high.len = 0;
    put_numbers(&high, p, p->count < 2 ? 1 : 2, true);
    return composer_holds(S("<"), buf_view(&high), v);
}

static int hyphen(struct str s, struct str v)
{
    ptrdiff_t at = str_find(s, S(" - "));
    struct str from, to;
    struct pieces p, q;
    own(buf) low = {0};
    int in;

    if (at < 0)
        return COMPOSER_NOT_THIS;
    from = (struct str){s.p, (size_t)at};
    to = str_from(s, (size_t)at + 3);
    while (str_ends(from, S(" ")))
        from.n--;
    while (take_word(&to, S(" ")))
        ;
    if (!take_pieces(from, &p) || !take_pieces(to, &q))
        return COMPOSER_NOT_THIS;
    if (!composer_normal(from, &low))
        return -1;
    if (is_plain(&p))
        buf_str(&low, S("-dev"));
    in = up_to(to, &q, v);
    return in < 0 ? in : in && composer_holds(S(">="), buf_view(&low), v);
}

int composer_form(struct str s, struct str v)
{
    static int (*const forms[])(struct str s, struct str v) = {any, tilde, caret, wild,
                                                               hyphen};
    int in = COMPOSER_NOT_THIS;

    for (size_t i = 0; i < sizeof forms / sizeof *forms && in == COMPOSER_NOT_THIS; i++)
        in = forms[i](s, v);
    return in;
}
