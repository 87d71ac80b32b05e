/* Layers to facts, all of them: which are read, in which order, by whom.
 *
 * There are two kinds of jobs, and as many threads as cores. Reading a layer happens
 * in a child process (sandbox/), for which the thread only waits; digesting its
 * bytes in another, so that nothing that a hostile layer does to its reader can
 * change the outcome. The longest job comes first, since nobody can share one, and the
 * short ones fill what is left of the cores. */
#include "base/map.h"
#include "base/own.h"
#include "base/par.h"
#include "image/manifest.h"
#include "image/work.h"
#include "io/digest.h"

#include <stdlib.h>

struct str work_digest(const struct work *w, size_t i)
{
    const struct layer *layer = &w->im->layers.at[i];

    return layer->info.digest.n ? layer->info.digest : layer->info.diff_id;
}

bool work_checks(const struct work *w, size_t i)
{
    const struct layer *layer = &w->im->layers.at[i];

    return w->im->shape != SHAPE_ROOT && !layer->missing && !w->look.remaps &&
           digest_valid(work_digest(w, i));
}

static void work_one(void *ctx, size_t at)
{
    struct work *w = ctx;
    size_t i = w->jobs[at].layer;

    if (w->jobs[at].digests)
        apart_digest(w, i);
    else
        apart_read(w, i);
    if (atomic_fetch_sub(&w->out[i].open, 1) == 1)
        known_keep(w, i);
}

/* How long a job takes, roughly, in the time that digesting a byte takes. The bytes of
 * an OCI layer are packed, and unpacking takes longest; those of a docker archive are
 * not, and reading jumps over most of them, or over little when the files are small. */
static uint64_t cost_of(const struct work *w, const struct job *job)
{
    const struct layer *layer = &w->im->layers.at[job->layer];

    if (job->digests)
        return layer->size;
    return layer->info.digest.n ? layer->size * 6 : layer->size / 2;
}

static int by_cost(const void *a, const void *b, void *ctx)
{
    const struct job *x = a, *y = b;
    uint64_t cost_x = cost_of(ctx, x), cost_y = cost_of(ctx, y);

    if (cost_x != cost_y)
        return cost_x > cost_y ? -1 : 1;
    return x->layer < y->layer ? -1 : x->layer > y->layer;
}

/* The same blob twice is read once. */
static void find_twins(struct arena *a, struct work *w)
{
    const struct layer_list *layers = &w->im->layers;
    struct map names = {0};

    for (size_t i = 0; i < layers->len; i++) {
        void **at = layers->at[i].name.n ? map_at(a, &names, layers->at[i].name) : NULL;

        w->out[i].twin = at && *at ? (size_t)((struct outcome *)*at - w->out) : i;
        if (at && !*at)
            *at = &w->out[i];
    }
}

static void make_jobs(struct work *w)
{
    for (size_t i = 0; i < w->im->layers.len; i++) {
        if (w->out[i].twin != i || w->out[i].known)
            continue;
        w->jobs[w->jobs_len++] = (struct job){.layer = i};
        w->out[i].open = 1;
        if (!work_checks(w, i))
            continue;
        w->jobs[w->jobs_len++] = (struct job){.layer = i, .digests = true};
        w->out[i].open = 2;
    }
    qsort_r(w->jobs, w->jobs_len, sizeof *w->jobs, by_cost, w);
}

/* A layer whose end was not reached has a note of that, and no digest. */
static void note_wrong(struct work *w)
{
    for (size_t i = 0; i < w->im->layers.len; i++) {
        const struct outcome *out = &w->out[w->out[i].twin];

        if (out->wrong.code && !out->broke)
            note_add(w->im->a, &w->im->notes, NOTE_UNREAD, (struct str){0}, "%s",
                     out->wrong.text)
                ->layer = (int)i;
    }
}

void image_facts(struct image *im, const struct look *look, struct str *facts)
{
    size_t n = im->layers.len;
    own(arena) a = {0};
    struct work w = {
        .im = im,
        .look = *look,
        .out = arena_alloc(&a, (n + 1) * sizeof *w.out, _Alignof(struct outcome)),
        .jobs = arena_alloc(&a, (2 * n + 1) * sizeof *w.jobs, _Alignof(struct job)),
        .arena = PTHREAD_MUTEX_INITIALIZER,
    };

    w.look.key = hash_key_random();
    digest_prepare();
    find_twins(&a, &w);
    known_find(&w);
    make_jobs(&w);
    if (im->shape == SHAPE_PACKED) {
        if (w.jobs_len)
            apart_read_packed(&w);
        for (size_t i = 0; i < w.jobs_len; i++)
            if (!w.jobs[i].digests)
                known_keep(&w, w.jobs[i].layer);
    } else {
        par_each(w.jobs_len, work_one, &w);
    }
    note_wrong(&w);
    for (size_t i = 0; i < n; i++)
        facts[i] = w.out[w.out[i].twin].facts;
}
