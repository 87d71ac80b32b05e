#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

struct map_slot {
    struct str key;
    uint64_t hash;
    bool used;
    void *value;
};

/* Names come from images and feeds: under a hash that anybody can compute, somebody
 * could choose them so that all of them fall on one slot. */
static uint64_t hash_of(struct str key)
{
    return hash_keyed(hash_key_random(), key);
}

/* Open addressing with linear steps, at most three quarters full. */
static struct map_slot *find(const struct map *m, struct str key, uint64_t hash)
{
    for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
        struct map_slot *s = &m->slots[i];

        if (!s->used || (s->hash == hash && str_equal(s->key, key)))
            return s;
    }
}

static void grow(struct arena *a, struct map *m)
{
    struct map bigger = {.len = m->len, .cap = m->cap ? m->cap * 2 : 16};

    bigger.slots = arena_alloc(a, bigger.cap * sizeof *bigger.slots, sizeof(void *));
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].used)
            *find(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    *m = bigger;
}

void *map_get(const struct map *m, struct str key)
{
    return m->len ? find(m, key, hash_of(key))->value : NULL;
}

static void **place(struct arena *a, struct map *m, struct str key, bool copy)
{
    uint64_t hash = hash_of(key);
    struct map_slot *s = m->cap ? find(m, key, hash) : NULL;

    if (s && s->used)
        return &s->value; /* an old key moves nothing, so a walk may go on */
    if (m->len >= m->cap / 4 * 3)
        grow(a, m);
    s = find(m, key, hash);
    if (!s->used) {
        *s = (struct map_slot){
            .key = copy ? str_copy(a, key) : key, .hash = hash, .used = true};
        m->len++;
    }
    return &s->value;
}

void **map_at(struct arena *a, struct map *m, struct str key)
{
    return place(a, m, key, false);
}

void **map_at_copy(struct arena *a, struct map *m, struct str key)
{
    return place(a, m, key, true);
}

bool map_each(const struct map *m, size_t *i, struct str *key, void **value)
{
    for (; *i < m->cap; ++*i) {
        if (m->slots[*i].used) {
            *key = m->slots[*i].key;
            *value = m->slots[*i].value;
            ++*i;
            return true;
        }
    }
    return false;
}
