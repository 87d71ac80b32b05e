/* The range engine: the scheme (one byte), the version, then events, a line each:
 * '<', '>', '=' (last affected), 'l' (limit), 'v' (listed singly), or ';' (the next range)
 * in front. Whether it is affected does not hang on the order of the events. */
#include "fuzz.h"
#include "match/match.h"

enum { EVENTS_MAX = 24 };

static void add(struct arena *a, struct statement *s, char sign, struct str version)
{
    struct range *range;

    if (!s->ranges.len || sign == ';')
        arena_push(a, &s->ranges)->semver = sign == ';' && version.n;
    range = &s->ranges.at[s->ranges.len - 1];
    if (sign == 'v')
        *arena_push(a, &s->versions) = version;
    else if (sign != ';' && range->events.len < EVENTS_MAX)
        *arena_push(a, &range->events) = (struct event){sign == '<'   ? EVENT_FIXED
                                                        : sign == '=' ? EVENT_LAST_AFFECTED
                                                        : sign == 'l' ? EVENT_LIMIT
                                                                      : EVENT_INTRODUCED,
                                                        version};
}

static void turn(struct range *r)
{
    for (size_t i = 0, j = r->events.len; i + 1 < j; i++) {
        struct event e = r->events.at[i];

        r->events.at[i] = r->events.at[--j];
        r->events.at[j] = e;
    }
}

FUZZ(512)
{
    const struct version_scheme *scheme;
    unsigned which = fuzz_byte(&in);
    struct statement s = {0};
    struct str version, line, fixed, again;
    struct err err = {0}, err2 = {0};
    bool affected, affected2;
    size_t n = 0;
    int r;

    while (version_schemes[n])
        n++;
    scheme = version_schemes[which % n];
    str_cut(in, '\n', &version, &in);
    while (str_line(&in, &line))
        if (line.n)
            add(a, &s, line.p[0], str_from(line, 1));
    r = match_affects(&s, scheme, version, &affected, &fixed, &err);
    must_tell(r, err);
    for (size_t i = 0; i < s.ranges.len; i++)
        turn(&s.ranges.at[i]);
    if (match_affects(&s, scheme, version, &affected2, &again, &err2) == 0 && r == 0)
        must(affected == affected2 && (fixed.n > 0) == (again.n > 0));
}
