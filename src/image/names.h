#ifndef IMAGE_NAMES_H
#define IMAGE_NAMES_H

#include "base/hash.h"
#include "base/str.h"

/* The names of all entries of a layer, as a sorted array of seven bytes each: a
 * keyed hash of the path, of which the last bit says whether it is a folder.
 * Two paths of a layer with a million entries are taken for one another once in
 * 2^35 questions, and nobody can choose which (base/hash.h). */
struct names {
    unsigned char *at;
    size_t len, cap; /* in names */
};

enum { NAME_BYTES = 7 };

void names_add(struct names *n, struct hash_key key, struct str path, bool is_dir);

/* Remembers that there is an entry directly inside the folder `path`, whether or
 * not the folder has an entry of its own. */
void names_add_inside(struct names *n, struct hash_key key, struct str path);

void names_sort(struct names *n);
void names_done(struct names *n);

/* Is it among the len sorted ones at `at`? */
bool names_have(struct str sorted, struct hash_key key, struct str path, bool is_dir);
bool names_have_either(struct str sorted, struct hash_key key, struct str path);
bool names_have_inside(struct str sorted, struct hash_key key, struct str path);

#endif
