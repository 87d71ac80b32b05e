#ifndef IMAGE_LINKS_H
#define IMAGE_LINKS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

/* The symbolic links of an image as a tree of names: following a path costs one step a
 * name, however deep it lies and wherever links lead. Start with `struct links l = {0};`;
 * everything is in the arena. Paths are clean (model/path.h). */
struct image_link {
    struct str path, target;
    bool there;            /* false: taken away, or just a folder on the way to links */
    struct image_link *up; /* NULL above names in the root */
    uint64_t id;
};

struct links {
    struct map names; /* id of what is above, and a name -> struct image_link */
    struct {
        struct image_link **at;
        size_t len, cap;
    } all; /* that are there or were */
    struct {
        struct str dir, real; /* the folder that links_real was asked about last */
        bool known, found;
    } last;
    struct {
        struct str dir;
        struct image_link *at; /* where links_put was last */
    } put;
    uint64_t ids;   /* given so far */
    uint64_t steps; /* taken so far; past the limit "steps" nothing is followed */
};

/* path may go, target must stay. */
void links_put(struct arena *a, struct links *l, struct str path, struct str target);

/* Follows symbolic links inside the root. The last name is followed only when `last`.
 * Absolute targets begin at the root, ".." stops there. False after as many links as
 * the limit "hops" says (a cycle), and when there were too many steps. */
bool links_follow(struct arena *a, struct links *l, struct str path, bool last,
                  struct str *out);

/* The path with the links of its folders followed; the path itself when that cannot be
 * told. Quick for one neighbour after the other. */
struct str links_real(struct arena *a, struct links *l, struct str path);

/* The link is there no more. */
void links_drop(struct links *l, struct image_link *link);

/* Counts n steps. False, from then on, when there were too many. */
bool links_spend(struct links *l, uint64_t n);

#endif
