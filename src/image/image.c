#include "image/image.h"

#include "base/err.h"
#include "base/own.h"
#include "image/manifest.h"
#include "image/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

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
static int open_root(struct image *im, const char *path, struct err *err)
{
    struct layer *layer = arena_push(im->a, &im->layers);

    if (str_equal(im->source, S("dir"))) {
        im->root_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (im->root_fd < 0)
            return err_sys(err, "%s", path);
        return 0;
    }
    layer->size = layer->info.size = store_bytes(im->store);
    return 0;
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

int image_open(struct arena *a, struct str source, const struct image_options *options,
               struct image **out, struct err *err)
{
    struct image *im = arena_new(a, struct image);
    struct str scheme, path, tag;

    *im = (struct image){.a = a, .root_fd = -1};
    *out = im;
    cut_source(a, source, &scheme, &path, &tag);
    if (access(path.p, F_OK) < 0 && errno == ENOENT)
        return not_a_file(source, err);
    if (store_open(a, path.p, &im->store, err) < 0)
        return err->code;
    im->source = scheme.n ? scheme : guess(im->store);
    if (str_equal(im->source, S("dir")) || str_equal(im->source, S("tar")))
        return open_root(im, path.p, err);
    if (store_kind(im->store) == STORE_ROOT)
        return err_set(err, ERR_FORMAT,
                       STR_FMT ": a root file system, not an image archive", STR_ARG(path));
    if (open_manifest(im, tag, options, err) < 0)
        return err_wrap(err, STR_FMT, STR_ARG(path));
    return 0;
}

void image_close(struct image *im)
{
    if (!im)
        return;
    if (im->store)
        store_close(im->store);
    if (im->root_fd >= 0)
        close(im->root_fd);
}
