/* The OSV range engine: https://ossf.github.io/osv-schema/#evaluation */
#include "match/match.h"

#include "base/err.h"

/* "0" stands before every version, also of schemes in which it is not one. */
static bool is_zero(struct str version)
{
    return str_equal(version, S("0"));
}

struct order {
    const struct version_scheme *scheme;
    struct str bad; /* a border that is not a version */
};

static int compare(struct order *o, struct str a, struct str b)
{
    if (is_zero(a) || is_zero(b))
        return is_zero(b) - is_zero(a);
    if (!o->scheme->valid(a))
        o->bad = a;
    if (!o->scheme->valid(b))
        o->bad = b;
    return o->scheme->compare(a, b);
}

/* At one version a fix comes before the start of the next range, and a start
 * before the last affected one: that may be the same version. Limits are no
 * place on the line and come last. */
static int rank(const struct event *e)
{
    static const int ranks[] = {[EVENT_FIXED] = 0,
                                [EVENT_INTRODUCED] = 1,
                                [EVENT_LAST_AFFECTED] = 2,
                                [EVENT_AFTER] = 3,
                                [EVENT_LIMIT] = 4};

    return ranks[e->what];
}

static int compare_events(struct order *o, const struct event *a, const struct event *b)
{
    bool x = a->what == EVENT_LIMIT, y = b->what == EVENT_LIMIT;
    int r = x || y ? x - y : compare(o, a->version, b->version);

    return r ? r : rank(a) - rank(b);
}

/* Few events, most often two, most often in order: insertion sort. */
static void sort_events(struct order *o, struct event *at, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct event e = at[i];
        size_t j = i;

        for (; j > 0 && compare_events(o, &at[j - 1], &e) > 0; j--)
            at[j] = at[j - 1];
        at[j] = e;
    }
}

/* A version is before the limits when there are none or one lies above it. */
static bool before_limits(struct order *o, const struct range *range, struct str version)
{
    bool any = false;

    for (size_t i = 0; i < range->events.len; i++) {
        const struct event *e = &range->events.at[i];

        if (e->what != EVENT_LIMIT)
            continue;
        if (str_equal(e->version, S("*")) || compare(o, version, e->version) < 0)
            return true;
        any = true;
    }
    return !any;
}

static bool in_range(struct order *o, struct range *range, struct str version,
                     struct str *fixed)
{
    bool in = false;

    *fixed = (struct str){0};
    if (!before_limits(o, range, version))
        return false;
    sort_events(o, range->events.at, range->events.len);
    for (size_t i = 0; i < range->events.len; i++) {
        const struct event *e = &range->events.at[i];
        int r = e->what == EVENT_LIMIT ? 0 : compare(o, version, e->version);

        if ((e->what == EVENT_INTRODUCED && r >= 0) || (e->what == EVENT_AFTER && r > 0))
            in = true;
        else if (e->what == EVENT_LAST_AFFECTED && r > 0)
            in = false;
        else if (e->what == EVENT_FIXED && r >= 0)
            in = false;
        else if (e->what == EVENT_FIXED && in && !fixed->n)
            *fixed = e->version;
    }
    return in;
}

int match_affects(const struct statement *s, const struct version_scheme *scheme,
                  struct str version, bool *affected, struct str *fixed, struct err *err)
{
    *affected = false;
    *fixed = (struct str){0};
    for (size_t i = 0; i < s->versions.len && !*affected; i++)
        *affected = str_equal(s->versions.at[i], version) ||
                    (scheme->valid(s->versions.at[i]) &&
                     scheme->compare(s->versions.at[i], version) == 0);
    for (size_t i = 0; i < s->ranges.len; i++) {
        struct range *range = &s->ranges.at[i];
        struct order o = {.scheme = range->semver && !scheme->semver
                                        ? version_find(S("semver"))
                                        : scheme};
        struct str end;
        bool in = in_range(&o, range, version, &end);

        if (o.bad.n)
            return err_set(err, ERR_FORMAT, "\"%.*s\" is not a version (%s)",
                           (int)(o.bad.n < 80 ? o.bad.n : 80), o.bad.p, o.scheme->name);
        if (!in)
            continue;
        *affected = true;
        if (!fixed->n)
            *fixed = end;
    }
    return 0;
}
