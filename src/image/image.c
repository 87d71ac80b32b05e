#include "image/image.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/par.h"
#include "image/collect.h"
#include "image/manifest.h"
#include "image/store.h"
#include "io/digest.h"

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

/* ---- facts of all layers ---- */

/* Tells how far the reading has come. */
struct meter {
    struct stream base;
    struct stream *from;
    const struct look *look;
};

static int meter_next(struct stream *base, struct str *run, struct err *err)
{
    struct meter *m = (struct meter *)base;
    int r = stream_next(m->from, run, err);

    if (r > 0)
        m->look->progress(m->look->ctx, run->n);
    return r;
}

static void meter_close(struct stream *base)
{
    stream_close(((struct meter *)base)->from);
    mem_free(base);
}

static struct stream *metered(struct stream *from, const struct look *look)
{
    struct meter *m;

    if (!look->progress)
        return from;
    m = mem_alloc(sizeof *m);
    *m = (struct meter){{.next = meter_next, .close = meter_close}, from, look};
    return &m->base;
}

struct work {
    struct image *im;
    const struct look *look;
    struct buf *facts;
    size_t *order; /* layers to read, largest first; one of each blob */
    size_t order_len;
    struct err *wrong; /* one a layer: its digest differs */
};

static void check(struct err *wrong, struct digest *d, struct str expected)
{
    char is[DIGEST_TEXT];

    digest_finish(d, is);
    if (!str_equal(str_of(is), expected))
        err_set(wrong, ERR_FORMAT, "digest is %s, it should be " STR_FMT, is,
                STR_ARG(expected));
}

/* The digest that the manifest gives is of the stored bytes; a docker archive
 * gives only the one of the plain tar. */
static void read_layer(struct work *w, size_t i, struct stream *stored)
{
    const struct layer_info *info = &w->im->layers.at[i].info;
    struct str expected = info->digest.n ? info->digest : info->diff_id;
    struct digest digest = {0};
    own_stream from = metered(stored, w->look);
    struct str algorithm, hex;

    if (!digest_valid(expected) || w->look->remaps) {
        facts_of_layer(take(from), w->look, &w->facts[i]);
        return;
    }
    str_cut(expected, ':', &algorithm, &hex);
    digest_start(&digest, str_equal(algorithm, S("sha512")) ? "sha512" : "sha256");
    if (!info->digest.n)
        from = stream_unpack(take(from), w->look->budget);
    if (facts_of_layer(stream_digest(take(from), &digest), w->look, &w->facts[i]) == 0)
        check(&w->wrong[i], &digest, expected);
    else
        digest_done(&digest);
}

/* The facts of a layer that could not be opened at all. */
static void no_layer(struct work *w, size_t i, const char *why)
{
    struct err err = {0};

    err_set(&err, ERR_NOTFOUND, "%s", why);
    collect_finish(collect_new(w->look), &err, 0, &w->facts[i]);
}

static void work_one(void *ctx, size_t at)
{
    struct work *w = ctx;
    size_t i = w->order[at];
    const struct layer *layer = &w->im->layers.at[i];
    struct stream *stored = NULL;
    struct err err = {0};

    if (w->im->root_fd >= 0)
        facts_of_dir(w->im->root_fd, w->look, &w->facts[i]);
    else if (layer->missing)
        no_layer(w, i, "its blob is not in the archive");
    else if (!layer->name.n)
        read_layer(w, i, store_whole(w->im->store));
    else if (store_stream(w->im->store, layer->name, &stored, &err) < 0)
        no_layer(w, i, err.text);
    else
        read_layer(w, i, stored);
}

static void work_packed(void *ctx, struct str name, struct stream *content)
{
    struct work *w = ctx;

    for (size_t at = 0; at < w->order_len; at++) {
        size_t i = w->order[at];

        if (!str_equal(w->im->layers.at[i].name, name))
            continue;
        read_layer(w, i, content);
        return;
    }
    stream_close(content);
}

/* The same blob twice is read once; larger ones start first. */
static void make_order(struct work *w)
{
    const struct layer_list *layers = &w->im->layers;

    for (size_t i = 0; i < layers->len; i++) {
        size_t at = 0;
        bool twice = false;

        for (size_t j = 0; j < i && !twice; j++)
            twice =
                layers->at[i].name.n && str_equal(layers->at[i].name, layers->at[j].name);
        if (twice)
            continue;
        while (at < w->order_len && layers->at[w->order[at]].size >= layers->at[i].size)
            at++;
        memmove(&w->order[at + 1], &w->order[at], (w->order_len - at) * sizeof *w->order);
        w->order[at] = i;
        w->order_len++;
    }
}

static void copy_twins(struct work *w)
{
    const struct layer_list *layers = &w->im->layers;

    for (size_t i = 0; i < layers->len; i++)
        for (size_t j = 0; j < i && w->facts[i].len == 0; j++)
            if (str_equal(layers->at[i].name, layers->at[j].name))
                buf_str(&w->facts[i], buf_view(&w->facts[j]));
}

void image_facts(struct image *im, const struct look *look, struct buf *facts)
{
    size_t n = im->layers.len;
    own(arena) a = {0};
    struct work w = {
        .im = im,
        .look = look,
        .facts = facts,
        .order = arena_alloc(&a, (n + 1) * sizeof(size_t), sizeof(size_t)),
        .wrong = arena_alloc(&a, (n + 1) * sizeof(struct err), sizeof(int)),
    };
    struct err err = {0};

    make_order(&w);
    if (im->root_fd < 0 && store_kind(im->store) == STORE_PACKED) {
        if (store_each(im->store, work_packed, &w, &err) < 0)
            note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0}, "archive: %s",
                     err.text);
        for (size_t at = 0; at < w.order_len; at++)
            if (facts[w.order[at]].len == 0)
                no_layer(&w, w.order[at], "its blob is not in the archive");
    } else {
        par_each(w.order_len, work_one, &w);
    }
    copy_twins(&w);
    for (size_t i = 0; i < n; i++)
        if (w.wrong[i].code)
            note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0}, "%s", w.wrong[i].text)
                ->layer = (int)i;
}
