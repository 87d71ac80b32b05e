/* Limits as a person writes them, name and value, a line each: what is set can be
 * written, and is the same when that is set. */
#include "fuzz.h"
#include "io/budget.h"

static bool set(struct str name, struct str value)
{
    struct err err = {0};
    int r = budget_set(name, value, &err);

    must_tell(r, err);
    return r == 0;
}

FUZZ(64)
{
    struct budget before = budget_layer, feed = budget_feed;
    struct str name, value;

    str_cut(in, '\n', &name, &value);
    for (const struct limit *l = limits; l->name && set(name, value); l++)
        if (str_equal(name, str_of(l->name))) {
            uint64_t one = limit_of(&budget_layer, l);

            must(one <= l->most);
            if (l->unit != LIMIT_SECONDS) /* that one ends with "s", for people */
                must(set(name, limit_text(a, l->unit, one)));
            must(limit_of(&budget_layer, l) == one);
        }
    budget_layer = before;
    budget_feed = feed;
}
