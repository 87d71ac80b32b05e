/* Constraints of Composer, https://getcomposer.org/doc/articles/versions.md: "^1.2",
 * "~2.3.4 || 1.*", ">=1.0,<2.0", "1.0 - 2.0", "dev-main", "1.0@beta". Parts between commas
 * or blanks all hold, of those between "||" (or "|") any does. The reference is
 * VersionParser and Constraint of composer/semver 3.3. */
#include "version/composer.h"

#include "base/own.h"
#include "version/parts.h"

#include <strings.h>

/* ---- one condition on a version, both in their normal form ---- */

static int holds(struct str op, struct str bound, struct str v)
{
    bool branch = composer_is_branch(bound) || composer_is_branch(v);
    int r = composer_order(v, bound);

    if (str_equal(op, S("!=")) || str_equal(op, S("<>")))
        return branch ? !str_equal(v, bound) : r != 0;
    if (!op.n || str_equal(op, S("=")) || str_equal(op, S("==")))
        return branch ? str_equal(v, bound) : r == 0;
    if (branch)
        return 0;
    if (str_equal(op, S("<")))
        return r < 0;
    if (str_equal(op, S("<=")))
        return r <= 0;
    return str_equal(op, S(">")) ? r > 0 : r >= 0;
}

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
    return holds(S(">="), buf_view(&low), v) && holds(S("<"), buf_view(&high), v);
}

/* ---- the forms; -2: it is another ---- */

enum { NOT_THIS = -2 };

/* "*", "x.x", "v*" */
static int any(struct str s, struct str v)
{
    bool marked = take_v(&s);

    if (!s.n || !is_wild(s.p[0]))
        return NOT_THIS;
    for (s = str_from(s, 1); s.n; s = str_from(s, 2), marked = true)
        if (s.n < 2 || s.p[0] != '.' || !is_wild(s.p[1]))
            return NOT_THIS;
    return marked ? holds(S(">="), S("0.0.0.0-dev"), v) : 1;
}

/* "~1.2.3" */
static int tilde(struct str s, struct str v)
{
    struct pieces p;
    int position;

    if (!take_word(&s, S("~")))
        return NOT_THIS;
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
        return NOT_THIS;
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
        return NOT_THIS;
    put_numbers(&low, &p, p.count, false);
    put_numbers(&high, &p, p.count, true);
    return (str_equal(buf_view(&low), S("0.0.0.0-dev")) && !composer_is_branch(v)
                ? 1
                : holds(S(">="), buf_view(&low), v)) &&
           holds(S("<"), buf_view(&high), v);
}

/* Behind "1.0 - 2.0" all of 2.0 is in, behind "1.0 - 2.0.0" just that. */
static int up_to(struct str to, const struct pieces *p, struct str v)
{
    own(buf) high = {0};

    if (!composer_normal(to, &high))
        return -1;
    if (p->count >= 3 || !is_plain(p))
        return holds(S("<="), buf_view(&high), v);
    high.len = 0;
    put_numbers(&high, p, p->count < 2 ? 1 : 2, true);
    return holds(S("<"), buf_view(&high), v);
}

static int hyphen(struct str s, struct str v)
{
    ptrdiff_t at = str_find(s, S(" - "));
    struct str from, to;
    struct pieces p, q;
    own(buf) low = {0};
    int in;

    if (at < 0)
        return NOT_THIS;
    from = (struct str){s.p, (size_t)at};
    to = str_from(s, (size_t)at + 3);
    while (str_ends(from, S(" ")))
        from.n--;
    while (take_word(&to, S(" ")))
        ;
    if (!take_pieces(from, &p) || !take_pieces(to, &q))
        return NOT_THIS;
    if (!composer_normal(from, &low))
        return -1;
    if (is_plain(&p))
        buf_str(&low, S("-dev"));
    in = up_to(to, &q, v);
    return in < 0 ? in : in && holds(S(">="), buf_view(&low), v);
}

/* ---- "<1.0", ">= 2.0@beta", "dev-main" ---- */

static struct str take_op(struct str *s)
{
    static const char *const ops[] = {"<>", "!=", ">=", "<=", "==", ">", "<", "="};

    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (take_word(s, str_of(ops[i])))
            return str_of(ops[i]);
    return (struct str){0};
}

static bool is_of_name(char c)
{
    return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '/';
}

/* "main-dev" is what somebody wrote for dev-main. */
static bool normal_or_branch(struct str s, struct buf *out)
{
    struct str rest = s;

    if (composer_normal(s, out))
        return true;
    take_run(&rest, is_of_name);
    if (!str_ends(s, S("-dev")) || rest.n)
        return false;
    buf_str(out, S("dev-"));
    buf_str(out, (struct str){s.p, s.n - 4});
    return true;
}

/* Whether a dash is followed by an end; RC is none here, as the reference has it. */
static bool has_end(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        struct composer_end e;

        if (s.p[i] == '-' && composer_end(str_from(s, i + 1), &e) &&
            !(e.stability.n == 2 && strncasecmp(e.stability.p, "rc", 2) == 0))
            return true;
    }
    return false;
}

/* Patches are. */
static bool is_stable(struct str normal)
{
    return !composer_is_branch(normal) && !str_ends(normal, S("-dev")) &&
           str_find(normal, S("-alpha")) < 0 && str_find(normal, S("-beta")) < 0 &&
           str_find(normal, S("-RC")) < 0;
}

static int compare(struct str s, struct str flag, struct str v)
{
    struct str op = take_op(&s);
    own(buf) bound = {0};
    bool equal = !op.n || str_equal(op, S("=")) || str_equal(op, S("=="));

    s = str_trim(s);
    if (!normal_or_branch(s, &bound))
        return -1;
    if (!equal && flag.n && is_stable(buf_view(&bound))) {
        buf_char(&bound, '-');
        buf_str(&bound, flag);
    } else if ((str_equal(op, S("<")) || str_equal(op, S(">="))) && !has_end(s) &&
               !str_starts(s, S("dev-"))) {
        buf_str(&bound, S("-dev"));
    }
    return holds(op, buf_view(&bound), v);
}

/* ---- the whole ---- */

static bool is_solid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ',' || !is_not_blank(s.p[i]))
            return false;
    return true;
}

/* "dev-main#3f5a2c": the branch. */
static struct str without_commit(struct str s)
{
    struct str head, commit;

    if (!str_cut(s, '#', &head, &commit) || !commit.n || !head.n || !is_solid(head) ||
        str_find(head, S("@")) >= 0)
        return s;
    return (str_starts(head, S("dev-")) && head.n > 4) ||
                   (str_ends(head, S(".x-dev")) && head.n > 6)
               ? head
               : s;
}

static int in_part(struct str s, struct str v)
{
    static int (*const forms[])(struct str s, struct str v) = {any, tilde, caret, wild,
                                                               hyphen};
    struct str flag = {0};

    s = composer_without_alias(s);
    if (is_solid(s)) {
        flag = composer_cut_flag(&s);
        if (flag.n && !s.n)
            s = S("*");
        if (str_equal(flag, S("stable")))
            flag = (struct str){0};
    }
    s = without_commit(s);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        int in = forms[i](s, v);

        if (in != NOT_THIS)
            return in;
    }
    return compare(s, flag, v);
}

static bool is_gap(char c)
{
    return c == ' ' || c == ',';
}

/* Whether the blank or comma at i parts two conditions: no dash beside it ("1 - 2"), no
 * further comma, "as" or the end behind it. */
static bool is_comma(struct str s, size_t i)
{
    struct str rest = str_from(s, i + 1);

    if (i >= s.n || !is_gap(s.p[i]) || s.p[i - 1] == '-' || !rest.n || rest.p[0] == '-')
        return false;
    return rest.p[0] == ' ' ? str_trim(rest).n > 0 || rest.n > 1
                            : rest.p[0] != ',' && !str_starts(rest, S("as"));
}

/* Where a gap of `n` bytes begins that parts two conditions; s.n when there is none. It
 * does not begin behind an operator ("> 1") or the word "as". */
static size_t find_gap(struct str s, size_t *n)
{
    for (size_t i = 1; i < s.n; i++) {
        struct str front = {s.p, i};
        size_t at = i;

        if (!is_gap(s.p[i]) || strchr("<>=, ", s.p[i - 1]) || str_ends(front, S("as")))
            continue;
        while (at < s.n && s.p[at] == ' ')
            at++;
        for (at += at < s.n && s.p[at] == ','; at-- > i;) {
            if (!is_comma(s, at))
                continue;
            while (at + 1 < s.n && s.p[at + 1] == ' ')
                at++;
            *n = at + 1 - i;
            return i;
        }
    }
    return s.n;
}

static int in_parts(struct str s, struct str v)
{
    int in = 1;

    for (bool more = true; more;) {
        size_t gap = 0, n = find_gap(s, &gap);
        int one = in_part((struct str){s.p, n}, v);

        if (one < 0)
            return -1;
        in &= one;
        more = n < s.n;
        s = str_from(s, n + gap);
    }
    return in;
}

int composer_in_range(struct str range, struct str v)
{
    own(buf) normal = {0};
    int in = 0;
    bool more = true;

    if (!composer_normal(v, &normal))
        return -1;
    for (range = str_trim(range); more;) {
        struct str set;
        int one;

        more = str_cut(range, '|', &set, &range);
        if (more)
            take_word(&range, S("|"));
        one = in_parts(str_trim(set), buf_view(&normal));
        if (one < 0)
            return -1;
        in |= one;
    }
    return in;
}
