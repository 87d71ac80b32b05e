/* Facts of layers that were read before. */
#include "base/own.h"
#include "base/par.h"
#include "cache/cache.h"
#include "image/facts.h"
#include "image/work.h"
#include "io/digest.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

static bool bears_on_facts(const struct limit *l)
{
    return l->at != offsetof(struct budget, memory) &&
           l->at != offsetof(struct budget, seconds) &&
           l->at != offsetof(struct budget, cache);
}

/* The facts of a layer depend on its digest, their form, the readers, the remaps and
 * the limits: all of it is in the name that they are kept under. */
static struct str key_of(struct arena *a, const struct look *look, struct str digest)
{
    own(buf) text = {0};
    char key[DIGEST_TEXT];

    buf_printf(&text, "%d\n" STR_FMT "\n", FACTS_SCHEMA, STR_ARG(digest));
    for (const struct limit *l = limits; l->name; l++)
        if (bears_on_facts(l))
            buf_printf(&text, "%s %" PRIu64 "\n", l->name, limit_of(look->budget, l));
    for (const struct reader *const *r = look->readers; *r; r++)
        buf_printf(&text, "%s %u\n", (*r)->name, (*r)->version);
    for (size_t i = 0; look->remaps && i < look->remaps->len; i++)
        buf_printf(&text, "%d " STR_FMT "\n" STR_FMT "\n",
                   look->remaps->at[i].dir + 2 * look->remaps->at[i].program,
                   STR_ARG(look->remaps->at[i].at), STR_ARG(look->remaps->at[i].as));
    digest_of(buf_view(&text), "sha256", key);
    return str_copy(a, str_from(str_of(key), strlen("sha256:")));
}

static void find_one(void *ctx, size_t i)
{
    struct work *w = ctx;
    struct layer *layer = &w->im->layers.at[i];
    struct outcome *out = &w->out[i];
    own(arena) a = {0};

    if (w->im->shape == SHAPE_ROOT || out->twin != i || !digest_valid(work_digest(w, i)))
        return;
    out->known = cache_get(w->look.cache, &w->known[i],
                           key_of(&a, &w->look, work_digest(w, i)), &out->facts);
    layer->verified |= out->known;
}

static void free_known(void *at, size_t len)
{
    struct arena *known = at;

    for (size_t i = 0; i < len; i++)
        arena_done(&known[i]);
}

/* Each in an arena of its own, since they are read side by side. */
void known_find(struct work *w)
{
    size_t n = w->im->layers.len;

    if (!w->look.cache)
        return;
    w->known = arena_alloc(w->im->a, (n + 1) * sizeof *w->known, _Alignof(struct arena));
    arena_adopt(w->im->a, w->known, n, free_known);
    par_each(n, find_one, w);
}

void known_keep(struct work *w, size_t i)
{
    const struct outcome *out = &w->out[i];
    struct layer *layer = &w->im->layers.at[i];
    own(arena) a = {0};

    if (work_checks(w, i) && !out->broke && !out->wrong.code)
        layer->verified = true;
    if (w->look.cache && layer->verified && facts_lasting(out->facts))
        cache_put(w->look.cache, key_of(&a, &w->look, work_digest(w, i)), out->facts);
}
