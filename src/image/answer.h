#ifndef IMAGE_ANSWER_H
#define IMAGE_ANSWER_H

#include "base/str.h"
#include "io/digest.h"

/* What the child that reads layers tells its parent, over a pipe. */

/* ---- the child's side: the facts of a layer, then how it ended ---- */

struct answer {
    int to; /* see sandbox_run */
    size_t layer;
};

void answer_facts(void *answer, struct str head, struct str names); /* a facts_sink */

/* end: what facts_of_layer returned. digest: of its bytes, "" when none was taken. */
void answer_end(struct answer *a, int end, const char *digest);

/* Nothing of a layer: the archive they are in cannot be read further. */
void answer_error(int to, const char *what);

/* ---- the parent's side ---- */

struct answer_part {
    size_t layer;
    struct str facts; /* to be trusted no more than the layer itself */
    int end;
    char digest[DIGEST_TEXT];
    struct str error; /* when not empty, the rest says nothing */
};

/* Takes the next part off the front of *rest. False at the end, and where a child
 * broke off or makes no sense. */
bool answer_next(struct str *rest, struct answer_part *out);

#endif
