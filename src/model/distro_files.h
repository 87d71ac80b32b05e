#ifndef MODEL_DISTRO_FILES_H
#define MODEL_DISTRO_FILES_H

#include "model/distro.h"

/* The pieces distro.c is made of; nobody else needs them. */

/* Fills id, like, title, version and codename as far as the file has them.
 * False when it does not tell. */
struct distro_reader {
    const char *path;
    bool (*read)(struct arena *a, struct str text, struct distro *d);
};

/* In the order in which they are asked; closed by a NULL path. */
extern const struct distro_reader distro_readers[];

/* The first numbers of a version: "22.04" of "22.04.5-x" when parts is 2. */
struct str distro_numbers(struct str version, int parts);

#endif
