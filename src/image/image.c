#include "image/image.h"

#include "base/err.h"
#include "base/own.h"
#include "image/manifest.h"
#include "image/opened.h"
#include "image/store.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

const struct image_scheme image_schemes[] = {
    {"docker-archive", "an archive of 'docker save' or 'podman save'"},
    {"oci-archive", "an OCI image layout in a tar, also of 'ctr image export'"},
    {"oci-dir", "an OCI image layout in a directory"},
    {"dir", "an unpacked root directory"},
    {"tar", "a root file system in a tar, as of 'podman export'"},
    {0},
};

/* ---- opening ---- */

/* SCHEME:PATH:TAG, cut. A colon belongs to the path when a file is so named. */
static void cut_source(struct arena *a, struct str source, struct str *scheme,
                       struct str *path, struct str *tag)
{
    struct str head, tail;

    *scheme = *tag = (struct str){0};
    *path = source;
    if (str_cut(source, ':', &head, &tail))
        for (size_t i = 0; image_schemes[i].name; i++)
            if (str_equal(head, str_of(image_schemes[i].name))) {
                *scheme = head;
                *path = tail;
            }
    *path = str_copy(a, *path);
    if (access(path->p, F_OK) == 0)
        return;
    for (size_t i = 0; i < path->n; i++) {
        struct str head_path = str_copy(a, (struct str){path->p, i});

        if (path->p[i] != ':' || access(head_path.p, F_OK) < 0)
            continue;
        *tag = str_from(*path, i + 1);
        *path = head_path;
        return;
    }
}

static struct str guess(struct store *s)
{
    bool oci = store_has(s, S("index.json")) && store_has(s, S("oci-layout"));

    if (store_kind(s) == STORE_ROOT)
        return S("tar");
    if (oci)
        return store_kind(s) == STORE_FOLDER ? S("oci-dir") : S("oci-archive");
    if (store_has(s, S("manifest.json")))
        return S("docker-archive");
    return store_kind(s) == STORE_FOLDER ? S("dir") : S("docker-archive");
}

/* A root without manifest: one layer that is the file or the folder itself. */
static void take_root(struct image *im, uint64_t bytes)
{
    struct layer *layer = arena_push(im->a, &im->layers);

    *layer = (struct layer){.size = bytes};
    layer->info.size = bytes;
}

static int open_manifest(struct image *im, struct str tag,
                         const struct image_options *options, struct err *err)
{
    const char *broken = store_broken(im->store);
    int r;

    if (broken)
        note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0}, "archive: %s", broken);
    if (store_doubt(im->store))
        note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0},
                 "programs differ in how they read this archive: %s",
                 store_doubt(im->store));
    if (str_starts(im->source, S("oci-")))
        r = image_open_oci(im, tag, options, err);
    else if (store_has(im->store, S("repositories")) &&
             !store_has(im->store, S("manifest.json")) && !broken)
        r = err_set(err, ERR_UNSUPPORTED,
                    "an archive of Docker before 1.10, without manifest.json");
    else
        r = image_open_docker(im, tag, options, err);
    if (r == ERR_NOTFOUND && broken)
        err_set(err, ERR_FORMAT, "%s, before its manifest", broken);
    return r < 0 ? err->code : 0;
}

static int not_a_file(struct str source, struct err *err)
{
    return err_set(err, ERR_NOTFOUND,
                   STR_FMT ": no such file or directory. An image that is not a file yet: "
                           "docker save -o image.tar NAME, then scan image.tar",
                   STR_ARG(source));
}

static enum image_shape shape_of(const struct image *im)
{
    enum store_kind kind = store_kind(im->store);

    if (str_equal(im->source, S("dir")))
        return SHAPE_ROOT;
    return kind == STORE_FOLDER   ? SHAPE_FOLDER
           : kind == STORE_PACKED ? SHAPE_PACKED
                                  : SHAPE_FILE;
}

int image_read(struct image *im, struct str scheme, struct str tag,
               const struct image_options *options, struct sandbox_place *place,
               struct err *err)
{
    struct stat st;
    bool root;

    if (fstat(im->fd, &st) < 0)
        return err_sys(err, "it cannot be looked at");
    if (store_open(im->a, im->fd, place, &im->store, err) < 0)
        return err->code;
    im->source = scheme.n ? scheme : guess(im->store);
    im->shape = shape_of(im);
    root = str_equal(im->source, S("dir")) || str_equal(im->source, S("tar"));
    if (root && S_ISDIR(st.st_mode) != (im->shape == SHAPE_ROOT))
        return err_set(err, ERR_USAGE,
                       S_ISDIR(st.st_mode) ? "a folder, not a tar"
                                           : "a file, not a folder");
    if (!root && store_kind(im->store) == STORE_ROOT)
        return err_set(err, ERR_FORMAT, "a root file system, not an image archive");
    if (!root)
        return open_manifest(im, tag, options, err);
    take_root(im, S_ISDIR(st.st_mode) ? 0 : (uint64_t)st.st_size);
    return 0;
}

/* ---- in a child ---- */

struct opening {
    struct image *im;
    struct str scheme, path, tag;
    struct image_options options;
    bool folder;
    struct sandbox_place *place;
    struct sandbox_child child;
};

static void open_one(void *ctx, int to)
{
    const struct opening *o = ctx;
    own(buf) answer = {0};
    struct err err = {0};

    image_read(o->im, o->scheme, o->tag, &o->options, o->place, &err);
    opened_pack(&answer, o->im, &err);
    sandbox_write(to, buf_view(&answer));
}

static int start_child(struct opening *o, struct err *err)
{
    const struct budget *budget = o->options.budget ? o->options.budget : &budget_layer;
    const struct sandbox_rules rules = {
        .fd = o->im->fd,
        .folder = o->folder,
        .memory = budget->memory,
        .answer = budget->facts,
        .seconds = (unsigned)budget->seconds,
        .place = sandbox_place_new(),
    };

    o->place = rules.place;
    if (!o->place)
        return err_set(err, ERR_IO, "no memory to share with the process that reads it");
    if (sandbox_start(&rules, open_one, o, &o->child, err) < 0)
        return err->code;
    o->im->opening = o;
    return 0;
}

static int open_file(struct opening *o, struct err *err)
{
    struct stat st;

    o->im->fd = open(o->path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (o->im->fd < 0 || fstat(o->im->fd, &st) < 0)
        return err_sys(err, STR_FMT, STR_ARG(o->path));
    o->folder = S_ISDIR(st.st_mode);
    if (!o->folder && !S_ISREG(st.st_mode))
        return err_set(err, ERR_UNSUPPORTED, STR_FMT ": neither a file nor a folder",
                       STR_ARG(o->path));
    return 0;
}

int image_start(struct arena *a, struct str source, const struct image_options *options,
                struct image **out, struct err *err)
{
    struct opening *o = arena_new(a, struct opening);

    *o = (struct opening){.im = arena_new(a, struct image), .options = *options};
    *o->im = (struct image){.a = a, .fd = -1};
    *out = o->im;
    cut_source(a, source, &o->scheme, &o->path, &o->tag);
    platform_here(); /* remembered: the child may not ask for it */
    if (access(o->path.p, F_OK) < 0 && errno == ENOENT)
        return not_a_file(source, err);
    if (open_file(o, err) < 0)
        return err->code;
    if (start_child(o, err) == 0)
        return 0;
    sandbox_place_free(o->place);
    return err_wrap(err, STR_FMT, STR_ARG(o->path));
}

int image_opened(struct image *im, struct err *err)
{
    struct opening *o = im->opening;
    own(buf) answer = {0};
    char why[80] = "";
    enum sandbox_end end = sandbox_finish(&o->child, &answer, why);

    im->opening = NULL;
    sandbox_place_free(o->place);
    if (end != SANDBOX_DONE)
        err_set(err, ERR_FORMAT, "reading its manifests broke off: %s", why);
    else if (opened_unpack(buf_give(im->a, &answer), o->folder, im, err) == 0)
        return 0;
    return err_wrap(err, STR_FMT, STR_ARG(o->path));
}

int image_open(struct arena *a, struct str source, const struct image_options *options,
               struct image **out, struct err *err)
{
    int r = image_start(a, source, options, out, err);

    return r < 0 ? r : image_opened(*out, err);
}

void image_close(struct image *im)
{
    if (!im)
        return;
    if (im->opening) {
        sandbox_stop(&im->opening->child);
        sandbox_place_free(im->opening->place);
    }
    if (im->fd >= 0)
        close(im->fd);
}
