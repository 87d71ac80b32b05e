#ifndef MODEL_GRAPH_H
#define MODEL_GRAPH_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/package.h"

/* How one dependency brings another.
 *
 * A reader says what a package needs in the words of its file: keys of other packages
 * of the same realm. What a key stands for is decided here, once all packages of a scan
 * are known. */

/* ---- what a package needs, as its reader packs it ----
 *     own(buf) b = {0}; needs_add(&b, key) ...; package->needs = buf_keep(a, &b);
 * A key that no package has is of something that is not there. Where one of several will
 * do they are one key with "|" between, the first that is there counts: "mawk|gawk". */
void needs_add(struct buf *b, struct str key);

/* Cuts the next one off the front; false at the end, and where the bytes are no keys. */
bool needs_next(struct str *rest, struct str *key);

/* ---- the graph of all packages ---- */

/* Of package i those it needs are to[from[i]] up to to[from[i + 1]], each once, by their
 * places in the list. */
struct graph {
    size_t len; /* packages */
    uint32_t *from, *to;
    bool *root;         /* nobody needs it, or the project asks for it itself */
    uint32_t *by, *who; /* the same the other way round: who needs package i */
    uint32_t *queue, *next, *asked, question; /* of graph_ways */
};

void graph_make(struct arena *a, const struct package_list *packages, struct graph *out);

/* Ways from a root down to package `at`, itself at the end: the shortest from each root,
 * shorter ones first, at most `most` ways. A package that is a root has no way but itself;
 * then there is none in the list. */
struct way {
    uint32_t *at;
    size_t len;
};

struct way_list {
    struct way *at;
    size_t len, cap;
};

void graph_ways(struct arena *a, struct graph *g, size_t at, size_t most,
                struct way_list *out);

#endif
