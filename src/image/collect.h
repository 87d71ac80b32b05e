#ifndef IMAGE_COLLECT_H
#define IMAGE_COLLECT_H

#include "image/facts.h"
#include "image/image.h"
#include "io/tar.h"

struct err;

/* Where the content of the current entry comes from: like tar_data. */
struct content {
    int (*next)(void *ctx, struct str *run, struct err *err);
    void *ctx;
};

/* Takes the entries of one layer, one after another, from a tar or from a
 * folder, and gathers the facts. */
struct collect *collect_new(const struct look *look);

/* One entry. Content is asked for only when a reader wants it. 0, or a
 * negative code when the layer cannot be read further. */
int collect_entry(struct collect *c, const struct tar_entry *entry,
                  const struct content *content, struct err *err);

/* Something of the layer could not be read (NOTE_UNREAD). */
void collect_note(struct collect *c, struct str path, const char *what);

/* Programs differ in how they read the layer: what is unpacked may be something else. */
void collect_doubt(struct collect *c, const char *where);

/* The layer ended, or broke off with `why` (NULL: it did not). Writes the
 * facts and frees c. */
void collect_finish(struct collect *c, const struct err *why, uint64_t bytes,
                    const struct facts_sink *out);

#endif
