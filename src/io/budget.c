#include "io/budget.h"

#include "base/err.h"

#include <inttypes.h>
#include <string.h>

#define KIB (UINT64_C(1) << 10)
#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)

struct budget budget_layer = {
#define LIMIT(member, name, unit, layer, feed, most, text) .member = layer,
#include "io/budget.def"
#undef LIMIT
};

struct budget budget_feed = {
#define LIMIT(member, name, unit, layer, feed, most, text) .member = feed,
#include "io/budget.def"
#undef LIMIT
};

const struct limit limits[] = {
#define LIMIT(member, name, unit, layer, feed, most, text)                                 \
    {name, LIMIT_##unit, layer, feed, most, text, offsetof(struct budget, member)},
#include "io/budget.def"
#undef LIMIT
    {0},
};

static const char units[] = "KMG";

bool limit_size(struct str word, uint64_t *out)
{
    const char *unit = word.n ? memchr(units, word.p[word.n - 1], 3) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;

    if (shift)
        word.n--;
    if (!str_u64(word, out) || *out > UINT64_MAX >> shift)
        return false;
    *out <<= shift;
    return true;
}

struct str limit_text(struct arena *a, enum limit_unit unit, uint64_t value)
{
    unsigned up = 0;

    while (unit == LIMIT_BYTES && up < 3 && value && value % 1024 == 0) {
        value /= 1024;
        up++;
    }
    return str_printf(a, "%" PRIu64 "%.*s%s", value, up > 0, units + up - (up > 0),
                      unit == LIMIT_SECONDS ? " s" : "");
}

static const struct limit *find(struct str name)
{
    for (const struct limit *l = limits; l->name; l++)
        if (str_equal(name, str_of(l->name)))
            return l;
    return NULL;
}

uint64_t limit_of(const struct budget *budget, const struct limit *l)
{
    uint64_t n;

    memcpy(&n, (const char *)budget + l->at, sizeof n);
    return n;
}

int budget_set(struct str name, struct str value, struct err *err)
{
    const struct limit *l = find(name);
    uint64_t n;

    if (!l)
        return err_set(err, ERR_USAGE, "there is no limit " STR_FMT, STR_ARG(name));
    if (l->unit == LIMIT_BYTES ? !limit_size(value, &n) : !str_u64(value, &n))
        return err_set(err, ERR_USAGE, "limit %s=" STR_FMT ": %s", l->name, STR_ARG(value),
                       l->unit == LIMIT_BYTES ? "a size, like 64M" : "a whole number");
    if (n == 0 || n > l->most)
        return err_set(err, ERR_USAGE, "limit %s=" STR_FMT ": from 1 to %" PRIu64, l->name,
                       STR_ARG(value), l->most);
    memcpy((char *)&budget_layer + l->at, &n, sizeof n);
    memcpy((char *)&budget_feed + l->at, &n, sizeof n);
    return 0;
}
