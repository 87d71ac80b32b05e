/* Constraints of Composer, https://getcomposer.org/doc/articles/versions.md: "^1.2",
 * "~2.3.4 || 1.*", ">=1.0,<2.0", "1.0 - 2.0", "dev-main", "1.0@beta". Parts between commas
 * or blanks all hold, of those between "||" (or "|") any does. The reference is
 * VersionParser and Constraint of composer/semver 3.3. */
#include "version/composer.h"

#include "base/own.h"
#include "version/parts.h"

#include <strings.h>

static bool is_not_blank(char c)
{
    return c != ' ' && !(c >= '\t' && c <= '\r');
}

/* ---- one condition on a version, both in their normal form ---- */

int composer_holds(struct str op, struct str bound, struct str v)
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
    return composer_holds(op, buf_view(&bound), v);
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
    struct str flag = {0};
    int in;

    s = composer_without_alias(s);
    if (is_solid(s)) {
        flag = composer_cut_flag(&s);
        if (flag.n && !s.n)
            s = S("*");
        if (str_equal(flag, S("stable")))
            flag = (struct str){0};
    }
    s = without_commit(s);
    in = composer_form(s, v);
    return in == COMPOSER_NOT_THIS ? compare(s, flag, v) : in;
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

    if (!v.n || memchr(v.p, 0, v.n) || !composer_normal(v, &normal))
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
