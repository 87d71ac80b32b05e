#include "advisory/spans.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Cuts ">=", "~>" and their like off the front. */
static struct str take_op(struct str *condition)
{
    struct str op = {condition->p, 0};

    while (op.n < condition->n && strchr("<>=~^!", op.p[op.n]) && op.p[op.n])
        op.n++;
    *condition = str_from(*condition, op.n);
    return op;
}

/* The number of any length, plus one. */
static struct str next_number(struct arena *a, struct str digits)
{
    char *at = arena_alloc(a, digits.n + 2, 1);
    size_t i = digits.n;

    at[0] = '0';
    if (digits.n)
        memcpy(at + 1, digits.p, digits.n);
    while (i > 0 && at[i] == '9')
        at[i--] = '0';
    at[i]++;
    return i == 0 ? (struct str){at, digits.n + 1} : (struct str){at + 1, digits.n};
}

/* "4.2.11" -> "4.3": without its last number, and with the one before it raised. */
static struct str above_gem(struct arena *a, struct str v)
{
    struct str whole = {v.p, 0}, rest = v, part, head, last;
    bool more = true;

    while (more) { /* up to the first part that is no number: "2.0.0-rc" */
        more = str_cut(rest, '.', &part, &rest);
        if (!is_digits(part))
            break;
        whole.n = (size_t)(part.p + part.n - v.p);
    }
    if (str_cut_last(whole, '.', &head, &last))
        whole = head;
    str_cut_last(whole, '.', &head, &last);
    return str_printf(a, STR_FMT "%s" STR_FMT ".a", STR_ARG(head), head.n ? "." : "",
                      STR_ARG(next_number(a, last)));
}

/* "1.2.3" -> "2.0.0", "0.2.3" -> "0.3.0": the first number that is not 0 is raised; of
 * "~1.2.3" the second, where there is one. */
static struct str above_cargo(struct arena *a, struct str v, bool tilde)
{
    struct str part[3] = {S("0"), S("0"), S("0")}, rest = v, pre;
    size_t n = 0, at = 0;
    bool more = true;

    str_cut(rest, '-', &rest, &pre);
    while (more && n < 3)
        more = str_cut(rest, '.', &part[n++], &rest);
    if (tilde)
        at = n > 1;
    else
        while (at + 1 < n && str_equal(part[at], S("0")))
            at++;
    part[at] = next_number(a, part[at]);
    for (size_t i = at + 1; i < 3; i++)
        part[i] = S("0");
    return str_printf(a, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(part[0]),
                      STR_ARG(part[1]), STR_ARG(part[2]));
}

/* "1.2" is "1.2.0" where versions have three numbers. */
static struct str whole(struct arena *a, enum span_words words, struct str v)
{
    size_t points = 0;

    for (size_t i = 0; i < v.n && v.p[i] != '-' && v.p[i] != '+'; i++)
        points += v.p[i] == '.';
    if (words != SPANS_CARGO || points >= 2)
        return v;
    return str_printf(a, STR_FMT "%s", STR_ARG(v), points ? ".0" : ".0.0");
}

static bool one_condition(struct arena *a, enum span_words words, struct str condition,
                          struct span *out)
{
    struct str op = take_op(&condition), v = str_trim(condition);

    *out = (struct span){0};
    if (str_starts(op, S(">"))) {
        *out = (struct span){.low = v, .after = op.n == 1};
        out->low = whole(a, words, v);
    } else if (str_starts(op, S("<"))) {
        *out = (struct span){.high = whole(a, words, v), .upto = op.n > 1};
    } else if (words == SPANS_GEM && str_equal(op, S("~>"))) {
        *out = (struct span){.low = v, .high = above_gem(a, v)};
    } else if (words == SPANS_CARGO &&
               (op.n == 0 || str_equal(op, S("^")) || str_equal(op, S("~")))) {
        *out = (struct span){.low = whole(a, words, v),
                             .high = above_cargo(a, v, str_equal(op, S("~")))};
    } else if (str_equal(op, S("=")) || str_equal(op, S("==")) || op.n == 0) {
        *out = (struct span){
            .low = whole(a, words, v), .high = whole(a, words, v), .upto = true};
    } else {
        return false;
    }
    return v.n > 0;
}

/* <0, 0, >0 for where two pieces begin. */
static int compare_low(const struct version_scheme *s, const struct span *x,
                       const struct span *y)
{
    int r = !x->low.n || !y->low.n ? (x->low.n > 0) - (y->low.n > 0)
                                   : s->compare(x->low, y->low);

    return r ? r : x->after - y->after;
}

static int compare_high(const struct version_scheme *s, const struct span *x,
                        const struct span *y)
{
    int r = !x->high.n || !y->high.n ? (y->high.n > 0) - (x->high.n > 0)
                                     : s->compare(x->high, y->high);

    return r ? r : x->upto - y->upto;
}

static bool is_empty(const struct version_scheme *s, const struct span *x)
{
    int r = x->low.n && x->high.n ? s->compare(x->low, x->high) : -1;

    return r > 0 || (r == 0 && (x->after || !x->upto));
}

static bool valid(const struct version_scheme *s, const struct span *x)
{
    return (!x->low.n || s->valid(x->low)) && (!x->high.n || s->valid(x->high));
}

bool span_read(struct arena *a, enum span_words words, const struct version_scheme *scheme,
               struct str conditions, struct span *all)
{
    struct str one;
    struct span span;
    bool more = true;

    while (more) {
        more = str_cut(conditions, ',', &one, &conditions);
        if (!one_condition(a, words, str_trim(one), &span) || !valid(scheme, &span))
            return false;
        if (compare_low(scheme, &span, all) > 0) {
            all->low = span.low;
            all->after = span.after;
        }
        if (compare_high(scheme, &span, all) < 0) {
            all->high = span.high;
            all->upto = span.upto;
        }
    }
    return !is_empty(scheme, all);
}

/* ---- what is left ---- */

static int by_low(const void *x, const void *y, void *scheme)
{
    return compare_low(scheme, x, y);
}

void spans_left(struct arena *a, const struct version_scheme *scheme,
                struct span_list *fine, struct span_list *out)
{
    struct span left = {0};
    bool ends = false; /* nothing is left above */

    if (fine->len)
        qsort_r(fine->at, fine->len, sizeof *fine->at, by_low, (void *)scheme);
    for (size_t i = 0; i < fine->len && !ends; i++) {
        const struct span *f = &fine->at[i];
        struct span below = left, from;

        below.high = f->low;
        below.upto = f->after;
        if (f->low.n && !is_empty(scheme, &below))
            *arena_push(a, out) = below;
        ends = !f->high.n;
        from = (struct span){.low = f->high, .after = f->upto};
        if (!ends && compare_low(scheme, &from, &left) > 0)
            left = from;
    }
    if (!ends)
        *arena_push(a, out) = left;
}

void spans_put(struct arena *a, const struct span_list *spans, struct range_list *out)
{
    for (size_t i = 0; i < spans->len; i++) {
        const struct span *s = &spans->at[i];
        struct range *range = arena_push(a, out);

        *range = (struct range){0};
        *arena_push(a, &range->events) = (struct event){
            s->after ? EVENT_AFTER : EVENT_INTRODUCED, s->low.n ? s->low : S("0")};
        if (s->high.n)
            *arena_push(a, &range->events) =
                (struct event){s->upto ? EVENT_LAST_AFFECTED : EVENT_FIXED, s->high};
    }
}
