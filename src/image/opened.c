#include "image/opened.h"

#include "base/own.h"
#include "base/pack.h"
#include "model/path.h"

#include <inttypes.h>
#include <string.h>

/* Both sides are the same program; the fields stand one behind another. */
#define IMAGE_STRINGS(X) X(source) X(name) X(digest) X(os) X(arch) X(variant)
#define LAYER_STRINGS(X) X(info.digest) X(info.diff_id) X(info.created_by) X(name)
#define LAYER_NUMBERS(X) X(info.size) X(at) X(size) X(missing)

void opened_pack(struct buf *out, const struct image *im, const struct err *err)
{
    pack_u64(out, (uint64_t)-err->code);
    pack_str(out, str_of(err->text));
    if (err->code < 0)
        return;
    pack_u64(out, im->shape);
#define X(field) pack_str(out, im->field);
    IMAGE_STRINGS(X)
#undef X
    pack_u64(out, im->layers.len);
    for (size_t i = 0; i < im->layers.len; i++) {
        const struct layer *layer = &im->layers.at[i];

#define X(field) pack_str(out, layer->field);
        LAYER_STRINGS(X)
#undef X
#define X(field) pack_u64(out, layer->field);
        LAYER_NUMBERS(X)
#undef X
    }
    notes_pack(out, &im->notes);
}

static void unpack_layer(struct unpack *in, struct layer *layer)
{
#define X(field) layer->field = unpack_str(in);
    LAYER_STRINGS(X)
#undef X
#define X(field) layer->field = unpack_u64(in);
    LAYER_NUMBERS(X)
#undef X
}

static int makes_no_sense(struct err *err)
{
    return err_set(err, ERR_FORMAT, "the process that read its manifests makes no sense");
}

/* A failure has a code that we know, and words. */
static int unpack_err(struct unpack *in, struct err *err)
{
    uint64_t code = unpack_u64(in);
    struct str text = unpack_str(in);

    if (in->bad || code == 0)
        return 0;
    if (code > -ERR_USAGE || !text.n || text.p[0] == '\0')
        return makes_no_sense(err);
    return err_set(err, (enum err_code) - (int)code, STR_FMT, STR_ARG(text));
}

static bool is_scheme(struct str name)
{
    for (size_t i = 0; image_schemes[i].name; i++)
        if (str_equal(name, str_of(image_schemes[i].name)))
            return true;
    return false;
}

/* All that its bytes are looked for by. */
static bool layer_sound(const struct image *im, const struct layer *layer)
{
    own(arena) a = {0};
    struct str clean;

    if (im->shape == SHAPE_ROOT)
        return im->layers.len == 1;
    if (layer->missing)
        return true;
    if (!path_clean(&a, layer->name, &clean) || !str_equal(clean, layer->name))
        return false;
    if (im->shape == SHAPE_FOLDER)
        return layer->name.n > 0;
    return layer->at <= INT64_MAX && layer->size <= INT64_MAX - layer->at;
}

static bool sound(const struct image *im, bool folder)
{
    bool below = im->shape == SHAPE_ROOT || im->shape == SHAPE_FOLDER;

    if (im->shape > SHAPE_PACKED || below != folder || !is_scheme(im->source))
        return false;
    for (size_t i = 0; i < im->layers.len; i++)
        if (!layer_sound(im, &im->layers.at[i]))
            return false;
    for (size_t i = 0; i < im->notes.len; i++)
        if (im->notes.at[i].layer >= (int)im->layers.len)
            return false;
    return true;
}

int opened_unpack(struct str bytes, bool folder, struct image *im, struct err *err)
{
    struct unpack in = unpack_of(bytes);

    if (unpack_err(&in, err) < 0)
        return err->code;
    im->shape = (enum image_shape)unpack_u64(&in);
#define X(field) im->field = unpack_str(&in);
    IMAGE_STRINGS(X)
#undef X
    for (size_t n = unpack_count(&in, 8); n > 0 && !in.bad; n--) {
        struct layer *layer = arena_push(im->a, &im->layers);

        *layer = (struct layer){0};
        unpack_layer(&in, layer);
    }
    notes_unpack(im->a, &in, &im->notes);
    if (!unpack_end(&in) || in.bad || im->layers.len > budget_layer.layers ||
        !sound(im, folder))
        return makes_no_sense(err);
    return 0;
}
