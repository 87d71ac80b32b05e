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
    bool exact;    /* that path is meant, whatever it is called where it lies */
    bool beside;   /* it is the second file of as, not as itself */
    struct wanted_by *next;
};

/* All wants of all readers, ready to be asked about a path: a few look-ups,
 * however many readers there are, and none of the folder when the path is in the
 * one asked about before, as most are. */
struct wants {
    struct map paths;        /* path -> struct wanted_by */
    struct map dirs;         /* folder -> struct wanted_by, suffix in want */
    struct map inner;        /* folder of such folders -> struct wanted_by, file in want */
    struct map names;        /* base name -> struct wanted_by */
    struct map tails;        /* ".jar" -> struct wanted_by */
    struct wanted_by *magic; /* those that want to see how the content begins */
    struct map above;        /* every folder above a wanted path or folder, and these */
    bool again;              /* a second look: of programs, only these */
    struct map programs;
    struct wanted_by *folders; /* those that want to know of folders */

    struct buf dir;               /* the folder asked about before */
    bool near;                    /* it has a wanted path in it */
    struct wanted_by *dir_wanted; /* what dirs says of it */
    struct wanted_by *in_wanted;  /* what inner says of the folder above it */
};

void wants_done(struct wants *w);

void wants_make(struct arena *a, const struct look *look, struct wants *out);

/* The ones that want this entry, in the arena; NULL when nobody does. */
struct wanted_by *wants_find(struct wants *w, struct arena *a, struct str path);

/* Those that want it by how its content begins, behind `found`, which want it anyway.
 * WANTS_HEAD bytes of it are enough, or all there are. */
enum { WANTS_HEAD = 8 };
struct wanted_by *wants_content(const struct wants *w, struct arena *a, struct str path,
                                struct str head, struct wanted_by *found);

/* The folder that `by`, one of w->folders, wants to know of where an entry of that path is:
 * itself, or one that it is in; empty when there is none. */
struct str wants_folder_at(const struct wanted_by *by, struct str path, bool is_dir);

/* When a file whose content somebody may want is looked into. Folders of libraries are a
 * distribution's own: packages own nearly all that is in them, which is most of the bytes
 * of an image. There programs and libraries are only listed, and a second look reads those
 * that turn out to be nobody's. */
enum wants_when { WANTS_NOW, WANTS_LATER, WANTS_NEVER };
enum wants_when wants_when(const struct wants *w, struct str path);

/* Whether the reader wants what is called so, whatever is in it. */
bool wants_name(const struct reader *reader, struct str path);

/* The same of a want. */
bool wants_this(const struct want *w, struct str path);

/* Whether any of them names a place, and not only a kind of file. */
bool wanted_there(const struct wanted_by *by);

/* Is it the folder of the path that was asked about last? */
bool wants_same_folder(const struct wants *w, struct str dir);

/* Could a link at this path lead a wanted path elsewhere? */
bool wants_above(const struct wants *w, struct str path);

#endif
