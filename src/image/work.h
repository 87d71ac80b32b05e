#ifndef IMAGE_WORK_H
#define IMAGE_WORK_H

#include "base/err.h"
#include "image/image.h"

#include <pthread.h>
#include <stdatomic.h>

/* Layers on their way to facts: what the files that do it share. */

/* What becomes of a layer. */
struct outcome {
    struct str facts; /* in the image's arena, or in one of `known` */
    bool broke;       /* its end was not reached */
    struct err wrong; /* the digest is another one */
    size_t twin;      /* the layer of the same name that is read for this one, too */
    bool known;       /* the facts are from the cache */
    atomic_int open;  /* jobs that are not done */
};

struct job {
    bool digests;
    size_t layer;
};

struct work {
    struct image *im;
    struct look look;
    struct outcome *out; /* one a layer */
    struct job *jobs;
    size_t jobs_len;
    struct arena *known;   /* one a layer, for facts from the cache; NULL: no cache */
    pthread_mutex_t arena; /* held while the image's arena is used */
};

/* The digest that the manifest gives is of the stored bytes; a docker archive
 * gives only the one of the plain tar. */
struct str work_digest(const struct work *w, size_t layer);

/* Whether it is to be checked now. */
bool work_checks(const struct work *w, size_t layer);

/* ---- apart.c: in child processes ---- */

/* Each fills in the outcome of its layer. */
void apart_read(struct work *w, size_t layer);
void apart_digest(struct work *w, size_t layer);

/* All layers of an archive that is packed itself, and their digests. */
void apart_read_packed(struct work *w);

/* ---- known.c: from the cache and into it ---- */

/* Fills in the outcomes of layers that were read before. */
void known_find(struct work *w);

/* Keeps facts that are whole, and whose bytes are the ones that the digest is of. */
void known_keep(struct work *w, size_t layer);

#endif
