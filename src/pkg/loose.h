#ifndef PKG_LOOSE_H
#define PKG_LOOSE_H

#include "model/reader.h"

/* What asks for no exact version: counted, and the first of them kept. */
struct loose {
    size_t n;
    struct str first;
};

void loose_add(struct loose *l, struct str what);

/* One note a file: nothing was missed, and nothing could be judged. */
void loose_note(struct read *in, const struct loose *l);

#endif
