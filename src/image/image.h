#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "io/budget.h"
#include "model/note.h"
#include "model/package.h"
#include "model/reader.h"
#include "model/result.h"

struct err;
struct opening;
struct sandbox_place;
struct cache;

/* ---- an image and its layers ---- */

/* One layer, lowest first. */
struct layer {
    struct layer_info info;
    struct str name;   /* "blobs/sha256/..." or "ID/layer.tar"; empty: all there is */
    uint64_t at, size; /* where its bytes are in the (unpacked) file; at 0 in a folder */
    bool missing;      /* named by the manifest, not there */
    bool verified;     /* its digest was seen to hold, now or when its facts were kept */
};

struct layer_list {
    struct layer *at;
    size_t len, cap;
};

/* Where the bytes of the layers are. */
enum image_shape {
    SHAPE_ROOT,   /* a folder that is the one layer */
    SHAPE_FOLDER, /* files below a folder */
    SHAPE_FILE,   /* pieces of a file */
    SHAPE_PACKED, /* pieces of what unpacking a file gives */
};

/* An opened source. Everything in it lives in the arena given to image_open. */
struct image {
    struct arena *a;
    struct str source; /* "docker-archive", "oci-archive", "oci-dir", "dir", "tar" */
    struct str name;   /* tag it carries, may be empty */
    struct str
        digest; /* of the manifest; of the config for docker archives; may be empty */
    struct str os, arch, variant; /* from the config; empty when it does not say */
    struct layer_list layers;
    struct note_list
        notes; /* wrong digests of manifest and config, other images in the archive */
    enum image_shape shape;
    int fd;                  /* of the file or folder */
    struct store *store;     /* in the child that reads the manifests */
    struct opening *opening; /* until the child is done */
};

struct image_options {
    struct str platform;         /* "linux/arm64/v8"; empty: this machine's */
    const struct budget *budget; /* for the child; NULL: budget_layer */
};

/* Opens SOURCE: [SCHEME:]PATH[:TAG], SCHEME one of docker-archive, oci-archive,
 * oci-dir, dir, tar, guessed from the content when left out. TAG picks one image
 * of several. Manifests and config are read in a child process (sandbox/), and their
 * digests checked; no layer is touched. ERR_NOTFOUND, ERR_FORMAT ("neither an image archive
 * nor a root file system"), ERR_USAGE (no such tag or platform; the message lists what
 * there is). */
int image_open(struct arena *a, struct str source, const struct image_options *options,
               struct image **out, struct err *err);

/* The same in two steps: between them the child is at work. Of an image that was only
 * started, nothing but image_opened and image_close may be asked. */
int image_start(struct arena *a, struct str source, const struct image_options *options,
                struct image **out, struct err *err);
int image_opened(struct image *im, struct err *err);

void image_close(struct image *im);

static inline void own_image_done(struct image **im)
{
    image_close(*im);
}
#define own_image __attribute__((cleanup(own_image_done))) struct image *

/* The schemes and what each reads, for help: NULL name at the end. */
struct image_scheme {
    const char *name, *title;
};
extern const struct image_scheme image_schemes[];

/* ---- layers to facts ---- */

/* Paths to be read as if they were called otherwise: the targets of links. And programs
 * that the first look left unread, as what they are called. */
struct remap {
    struct str at; /* path in the layers */
    struct str as; /* the path that a reader wants; for a folder, both are folders */
    bool dir;
    bool program;
};

struct remap_list {
    struct remap *at;
    size_t len, cap;
};

/* A file on which a reader broke: it is not handed to that reader again. */
struct skip {
    size_t layer;
    struct str reader; /* empty: the layer is read up to `entry` and no further */
    struct str path;
    uint64_t entry;
    struct str why;
};

struct skip_list {
    struct skip *at;
    size_t len, cap;
};

/* What to look for in a layer. */
struct look {
    const struct reader *const *readers; /* NULL at the end */
    const struct budget *budget;
    const struct remap_list *remaps; /* NULL: the readers' own paths; else only these */
    void (*progress)(void *ctx,
                     uint64_t bytes); /* stored bytes read since the last call; may be
                                       * NULL; called from several threads */
    void *ctx;
    struct cache *cache; /* facts of layers that were read before; may be NULL */

    bool checkout; /* of a folder: source code, see image/checkout.h */

    /* Filled in by image_facts for each layer. */
    size_t layer;
    bool sealed; /* it has a digest, which tells whether all of the layer is there */
    struct hash_key key;         /* for the names in the facts */
    struct sandbox_place *place; /* told where the reading is; may be NULL */
    const struct skip_list *skips;
};

/* Makes the facts of every layer, layers in parallel, each read once from its
 * first byte to its last in a child process (sandbox/), and its digest checked
 * in another. facts holds one a layer, good as long as the image's arena.
 * It always comes back: what went wrong with a layer is a note in its facts. */
void image_facts(struct image *im, const struct look *look, struct str *facts);

/* Facts are bytes without pointers (format: facts.c) that may be kept, sent, or come
 * from somebody who is not trusted. They come in two pieces that belong behind one
 * another, since the names of a large layer are too many to be copied. */
struct facts_sink {
    void (*put)(void *ctx, struct str head, struct str names);
    void *ctx;
};

/* The pure function under image_facts: the bytes of one layer (a tar, packed or not)
 * in, its facts out. There are always facts; negative says that the layer broke off,
 * and a note in them where. The stream is closed. */
struct stream;
int facts_of_layer(struct stream *layer, const struct look *look,
                   const struct facts_sink *out);

/* The same for a directory: its files are one layer. */
void facts_of_dir(int fd, const struct look *look, const struct facts_sink *out);

/* A sink for those who want them in one piece: ctx is a struct buf. */
void facts_to_buf(void *buf, struct str head, struct str names);

/* ---- facts to one view ---- */

/* A file that a reader asked to keep. */
struct kept {
    struct str path, bytes;
    int layer;
};

struct kept_list {
    struct kept *at;
    size_t len, cap;
};

/* A file of a reader that has its files listed. */
struct listed {
    struct str path;
    struct str at; /* the same as the layer has it, links not followed */
    int layer;
    bool unread; /* left to a second look: see image/wants.h */
};

struct listed_list {
    struct listed *at;
    size_t len, cap;
};

/* A link to a folder near the root, and where it leads. */
struct folder_link {
    struct str path, real;
};

struct folder_link_list {
    struct folder_link *at;
    size_t len, cap;
};

/* What the layers show together: upper over lower, whiteouts and links
 * applied. Strings point into the facts, which must stay. */
struct view {
    struct package_list packages; /* each with the layer that brought it */
    struct owned_list owned;
    struct kept_list kept;
    struct listed_list listed;
    struct note_list notes; /* of layers, and of files that are still there */
    struct folder_link_list folder_links;
    struct folder_link_list in_links; /* of WANT_IN: a path where a link leads, and the
                                       * file there that its reader saw */
    struct remap_list wanted;         /* links that lead a reader's path elsewhere */
    uint64_t entries, bytes;          /* tar entries and unpacked bytes of all layers */
};

/* Joins the facts of n layers, lowest first. `more`, when not NULL, holds the
 * facts of a second look at the same layers with view.wanted as remaps, made
 * when a first view asked for one. Broken facts are a note, and nothing else. */
void image_view(struct arena *a, const struct reader *const *readers,
                const struct str *facts, const struct str *more, size_t n,
                struct view *out);

#endif
