#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

/* From strings to anything, in an arena. Keys are views and must outlive the
 * map. Start with `struct map m = {0};`; there is nothing to release. */
struct map {
    struct map_slot *slots;
    size_t len, cap;
};

/* What stands under key, NULL when nothing does. */
void *map_get(const struct map *m, struct str key);

/* The place for the value under key, which holds NULL when the key is new:
 *     void **at = map_at(a, &m, key);
 *     if (!*at) *at = arena_new(a, struct thing); */
void **map_at(struct arena *a, struct map *m, struct str key);

/* The same for a key that does not outlive the map: a new one is copied. */
void **map_at_copy(struct arena *a, struct map *m, struct str key);

/* Each pair once, in no order: start with *i = 0; false after the last. */
bool map_each(const struct map *m, size_t *i, struct str *key, void **value);

#endif
