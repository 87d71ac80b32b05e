/* npm: ranges, "^1.2.3 <1.8 || 2.x || 3 - 4.1", as node-semver takes them: sets of
 * conditions between "||", of which one must hold; in a set, all.
 * https://github.com/npm/node-semver#ranges
 *
 * The reference finds conditions by rewriting the text over and over, so it takes more
 * than it documents: "> 1.2" with a blank, "==1.x", "1.2.3*". We read what it reads,
 * but for builds in odd places ("1.+x*") and conditions that are longer than a version
 * may be. */
#include "version/npm_set.h"
#include "version/parts.h"

#include <string.h>

/* One condition, with its builds and the blanks in it left out. */
struct condition {
    char text[NPM_LONGEST + 8]; /* "~>=v" and a version */
    size_t n;
};

static bool is_black(char c)
{
    return !npm_is_blank(c);
}

static bool is_op(char c)
{
    return c == '<' || c == '>';
}

static bool is_sign(char c)
{
    return c == '=' || c == 'v';
}

static bool append(struct condition *c, struct str piece)
{
    while (piece.n) {
        npm_skip_builds(&piece);
        if (!piece.n)
            break;
        if (c->n == sizeof c->text)
            return false;
        c->text[c->n++] = piece.p[0];
        piece = str_from(piece, 1);
    }
    return true;
}

static bool ends(const struct condition *c, struct str word)
{
    return str_ends((struct str){c->text, c->n}, word);
}

/* Whether it ends in "<", "<=", "=" and the like, and not in "==" or "v=". */
static bool ends_in_op(const struct condition *c)
{
    size_t end = c->n, at;

    if (end && c->text[end - 1] == '=')
        end--;
    if (end && is_op(c->text[end - 1]))
        return true;
    at = c->n;
    while (at && is_sign(c->text[at - 1]))
        at--;
    if (at && is_op(c->text[at - 1])) /* ">==" */
        return false;
    return c->n - at == 1 && end < c->n;
}

static bool begins_like_version(struct str piece)
{
    take_run(&piece, is_sign);
    return piece.n && (is_digit(piece.p[0]) || memchr("xX*", piece.p[0], 3));
}

/* Whether the blank between c and the next piece does not count: "> 1.2", "^ 1", and
 * "~> 1", which is "~1". */
static bool goes_on(struct condition *c, struct str next)
{
    if (ends(c, S("~>"))) {
        c->n--;
        return true;
    }
    return ends(c, S("~")) || ends(c, S("^")) ||
           (ends_in_op(c) && begins_like_version(next));
}

static bool read_conditions(struct npm_set *set, struct str text)
{
    struct str next;

    take_run(&text, npm_is_blank);
    next = take_run(&text, is_black);
    while (next.n) {
        struct condition c = {.n = 0};

        do {
            if (!append(&c, next))
                return false;
            take_run(&text, npm_is_blank);
            next = take_run(&text, is_black);
        } while (next.n && goes_on(&c, next));
        if (!npm_condition(set, (struct str){c.text, c.n}))
            return false;
    }
    return true;
}

/* What stands between two "||". */
static bool read_set(struct npm_set *set, struct str text)
{
    int r = npm_hyphen(set, text);

    return r < 0 ? false : r || read_conditions(set, text);
}

/* A pre-release is in a set only if the set names one of the same version: 1.3.0-rc.2
 * is in ">=1.3.0-rc.1", but not in ">=1.2.0". */
static bool holds(const struct npm_set *set)
{
    return set->in && (!set->v->has_pre || set->pre);
}

int npm_in_range(struct str range, const struct npm_version *v)
{
    bool in = false, any = false;
    ptrdiff_t end;

    do {
        struct npm_set set = {.v = v, .in = true, .any = true};

        end = str_find(range, S("||"));
        if (!read_set(&set, end < 0 ? range : (struct str){range.p, (size_t)end}))
            return -1;
        range = str_from(range, end < 0 ? range.n : (size_t)end + 2);
        in |= holds(&set);
        any |= set.any;
    } while (end >= 0);
    /* "* || 1.0.0-rc.1" is read as "*", which has no pre-releases */
    return any ? !v->has_pre : in;
}
