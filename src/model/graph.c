#include "model/graph.h"

#include "base/map.h"
#include "base/pack.h"

#include <string.h>

/* ---- keys ---- */

void needs_add(struct buf *b, struct str key)
{
    pack_str(b, key);
}

bool needs_next(struct str *rest, struct str *key)
{
    struct unpack in = unpack_of(*rest);

    if (unpack_end(&in))
        return false;
    *key = unpack_str(&in);
    *rest = (struct str){in.at, (size_t)(in.end - in.at)};
    return !in.bad;
}

/* ---- from keys to places ---- */

struct realm {
    struct map keys; /* key -> place + 1 */
};

struct making {
    struct arena *a;
    const struct package_list *packages;
    struct map realms; /* -> struct realm */
    struct realm **of; /* of each package */
    uint32_t *seen;    /* the last package, + 1, of which this is a need */
    struct graph *out;
    size_t cap; /* of out->to */
};

static struct realm *realm_at(struct making *m, struct str name)
{
    void **at = map_at(m->a, &m->realms, name);

    if (!*at)
        *at = arena_new(m->a, struct realm);
    return *at;
}

/* The first to claim a key has it. */
static void claim(struct making *m, size_t i, struct str key)
{
    void **at = map_at(m->a, &m->of[i]->keys, key);

    if (!*at)
        *at = (void *)(uintptr_t)(i + 1);
}

static void claim_all(struct making *m)
{
    const struct package_list *all = m->packages;
    struct str name = {0}, rest, key;
    struct realm *realm = NULL;

    for (size_t i = 0; i < all->len; i++) {
        struct str its = package_realm(&all->at[i]);

        if (!realm || !str_equal(its, name))
            realm = realm_at(m, name = its);
        m->of[i] = realm;
        claim(m, i, package_key(&all->at[i]));
    }
    for (size_t i = 0; i < all->len; i++) /* a name of its own goes before another's word */
        for (rest = all->at[i].provides; needs_next(&rest, &key);)
            claim(m, i, key);
}

/* "mawk|gawk": the first that is there; 0 when none is. */
static size_t find(const struct realm *realm, struct str key)
{
    struct str one;
    size_t at = 0;

    while (!at && key.n) {
        str_cut(key, '|', &one, &key);
        at = (size_t)(uintptr_t)map_get(&realm->keys, one);
    }
    return at;
}

static void add_edge(struct making *m, size_t *len, uint32_t to)
{
    struct graph *g = m->out;

    if (*len == m->cap)
        g->to = arena_grow(m->a, g->to, *len, &m->cap, sizeof *g->to);
    g->to[(*len)++] = to;
}

static void connect(struct making *m)
{
    const struct package_list *all = m->packages;
    size_t len = 0;

    for (size_t i = 0; i < all->len; i++) {
        struct str rest = all->at[i].needs, key;

        m->out->from[i] = (uint32_t)len;
        while (needs_next(&rest, &key)) {
            size_t to = find(m->of[i], key);

            if (!to || to - 1 == i || m->seen[to - 1] == i + 1)
                continue;
            m->seen[to - 1] = (uint32_t)i + 1;
            m->out->root[to - 1] = false;
            add_edge(m, &len, (uint32_t)to - 1);
        }
    }
    m->out->from[all->len] = (uint32_t)len;
}

/* Who needs each: the edges turned around, by counting. */
static void turn_around(struct arena *a, struct graph *g)
{
    size_t edges = g->from[g->len];

    g->by = arena_alloc(a, (g->len + 2) * sizeof *g->by, _Alignof(uint32_t));
    g->who = arena_alloc(a, (edges + 1) * sizeof *g->who, _Alignof(uint32_t));
    for (size_t i = 0; i < edges; i++)
        g->by[g->to[i] + 2]++;
    for (size_t i = 2; i < g->len + 2; i++)
        g->by[i] += g->by[i - 1];
    for (uint32_t i = 0; i < g->len; i++)
        for (uint32_t j = g->from[i]; j < g->from[i + 1]; j++)
            g->who[g->by[g->to[j] + 1]++] = i;
}

void graph_make(struct arena *a, const struct package_list *packages, struct graph *out)
{
    size_t n = packages->len, bytes = (n + 1) * sizeof(uint32_t);
    struct making m = {.a = a, .packages = packages, .out = out};

    *out = (struct graph){
        .len = n,
        .from = arena_alloc(a, bytes, _Alignof(uint32_t)),
        .root = arena_alloc(a, n + 1, 1),
        .queue = arena_alloc(a, bytes, _Alignof(uint32_t)),
        .next = arena_alloc(a, bytes, _Alignof(uint32_t)),
        .asked = arena_alloc(a, bytes, _Alignof(uint32_t)),
    };
    m.of = arena_alloc(a, (n + 1) * sizeof *m.of, sizeof(void *));
    m.seen = arena_alloc(a, bytes, _Alignof(uint32_t));
    memset(out->root, true, n);
    claim_all(&m);
    connect(&m);
    for (size_t i = 0; i < n; i++)
        out->root[i] |= packages->at[i].direct;
    turn_around(a, out);
}

/* ---- ways ---- */

/* From a root down to `at`, by what the search left in g->next. */
static void take_way(struct arena *a, const struct graph *g, uint32_t root, uint32_t at,
                     struct way_list *out)
{
    struct way *way = arena_push(a, out);
    size_t n = 1;

    for (uint32_t i = root; i != at; i = g->next[i])
        n++;
    *way = (struct way){arena_alloc(a, n * sizeof *way->at, _Alignof(uint32_t)), n};
    for (size_t j = 0; j < n; root = g->next[root])
        way->at[j++] = root;
}

/* Upwards, nearest first; what is above a root the project asks for is no shorter way. */
void graph_ways(struct arena *a, struct graph *g, size_t at, size_t most,
                struct way_list *out)
{
    size_t first = 0, last = 0;

    g->question++;
    g->asked[at] = g->question;
    g->next[at] = (uint32_t)at;
    g->queue[last++] = (uint32_t)at;
    while (first < last && out->len < most) {
        uint32_t i = g->queue[first++];

        if (g->root[i] && i != at)
            take_way(a, g, i, (uint32_t)at, out);
        for (uint32_t j = g->by[i]; j < g->by[i + 1]; j++) {
            uint32_t who = g->who[j];

            if (g->asked[who] == g->question)
                continue;
            g->asked[who] = g->question;
            g->next[who] = i;
            g->queue[last++] = who;
        }
    }
}
