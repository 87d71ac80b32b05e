#ifndef IMAGE_WANTS_H
#define IMAGE_WANTS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "image/image.h"

/* Who wants an entry. */
struct wanted_by {
    const struct reader *reader;
    const struct want *want;
    struct str as; /* the path by which the reader knows it */
    bool beside;   /* it is the second file of as, not as itself */
    struct wanted_by *next;
};

/* All wants of all readers, ready to be asked about a path: a few look-ups,
 * however many readers there are, and none of the folder when the path is in the
 * one asked about before, as most are. */
struct wants {
    struct map paths; /* path -> struct wanted_by */
    struct map dirs;  /* folder -> struct wanted_by, suffix in want */
    struct map names; /* base name -> struct wanted_by */
    struct map above; /* every folder above a wanted path or folder, and these */

    struct buf dir;               /* the folder asked about before */
    bool near;                    /* it has a wanted path in it */
    struct wanted_by *dir_wanted; /* what dirs says of it */
};

void wants_done(struct wants *w);

void wants_make(struct arena *a, const struct look *look, struct wants *out);

/* The ones that want this entry, in the arena; NULL when nobody does. */
struct wanted_by *wants_find(struct wants *w, struct arena *a, struct str path);

/* Is it the folder of the path that was asked about last? */
bool wants_same_folder(const struct wants *w, struct str dir);

/* Could a link at this path lead a wanted path elsewhere? */
bool wants_above(const struct wants *w, struct str path);

#endif
