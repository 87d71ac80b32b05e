#ifndef IO_BUDGET_H
#define IO_BUDGET_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct err;
struct arena;

/* How much one input may ask for. Every reader works within the budget it is
 * handed; what goes over it fails with ERR_LIMIT and a message that names the
 * limit, it is never cut short in silence. The members are in budget.def. */
struct budget {
#define LIMIT(member, name, unit, layer, feed, most, text) uint64_t member;
#include "io/budget.def"
#undef LIMIT
};

/* For layers and the archives they come in; and for advisory feeds, which the person
 * running lotse chose, and which are packed harder. They are changed at the start of
 * the process or never: everybody reads them. */
extern struct budget budget_layer;
extern struct budget budget_feed;

/* ---- the table ---- */

enum limit_unit { LIMIT_COUNT, LIMIT_BYTES, LIMIT_SECONDS };

struct limit {
    const char *name; /* "zstd-window" */
    enum limit_unit unit;
    uint64_t layer, feed; /* as they are without being set */
    uint64_t most;
    const char *text;
    size_t at; /* of the member in struct budget */
};

/* A NULL name at the end. */
extern const struct limit limits[];

/* What budget has of it. */
uint64_t limit_of(const struct budget *budget, const struct limit *l);

/* Sets a limit in both budgets: "zstd-window" to "64M". ERR_USAGE when there is no such
 * limit or it cannot be that. */
int budget_set(struct str name, struct str value, struct err *err);

/* "64M", "1000": as a limit of that unit is written. */
struct str limit_text(struct arena *a, enum limit_unit unit, uint64_t value);

/* "256M", "2G", "1073741824"; false for what is no size. */
bool limit_size(struct str word, uint64_t *out);

#endif
