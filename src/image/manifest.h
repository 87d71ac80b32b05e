#ifndef IMAGE_MANIFEST_H
#define IMAGE_MANIFEST_H

#include "base/map.h"
#include "image/image.h"
#include "image/store.h"
#include "io/json.h"

struct err;

/* Reads im->fd, which is all it has: what image_open does, in the child. A scheme or tag
 * that is empty was not given. The place is told how far it is, unless it is NULL. */
int image_read(struct image *im, struct str scheme, struct str tag,
               const struct image_options *options, struct sandbox_place *place,
               struct err *err);

/* The two ways in which an archive says what its images are. Each chooses one
 * image (by tag, then by platform) and fills im: name, digest, config, layers. */
int image_open_oci(struct image *im, struct str tag, const struct image_options *options,
                   struct err *err);
int image_open_docker(struct image *im, struct str tag, const struct image_options *options,
                      struct err *err);

/* Takes platform, diff_ids and history from an image config; the layers are
 * there already. `digest` is what the config should hash to, empty: unknown.
 * OCI image-spec config.md; Docker image spec v1.2 is the same here. */
int image_take_config(struct image *im, struct str bytes, struct str digest,
                      struct err *err);

/* Compares, and leaves a note (NOTE_UNREAD) when it differs. */
void image_check_digest(struct image *im, const char *what, struct str bytes,
                        struct str digest);

/* "linux/arm64/v8" against a wanted one: the variant counts only when wanted.
 * An empty wish is this machine's platform, which is asked for once. */
bool platform_matches(struct str wanted, struct str os, struct str arch,
                      struct str variant);
struct str platform_here(void);

/* json_parse of a document of the image, with a note when an object in it has a key
 * twice: the last one counts, as with container engines. Keys that only differ in case
 * are one key for those, so that the note is NOTE_UNREAD. */
int image_parse(struct image *im, struct json_doc *doc, const char *what, struct str bytes,
                struct json *root, struct err *err);

/* What there is to choose from, for a message: "a:1, b:2", each once, and no more than
 * somebody would read. Start with `struct offered o = {.a = a};`. */
struct offered {
    struct arena *a;
    struct map seen;
    struct buf text;
};
void offered_add(struct offered *o, struct str name); /* which must stay */
struct str offered_text(struct offered *o);           /* and done with it: in o->a */

/* Not more than the limit "layers"; a note where engines take fewer. */
int image_check_layers(struct image *im, struct err *err);

#endif
