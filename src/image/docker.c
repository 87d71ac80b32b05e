/* `docker save` archives: manifest.json lists images with Config, RepoTags and
 * Layers (names in the archive, lowest first). Written so by Docker, podman,
 * skopeo, kaniko and buildkit; the layers of kaniko's are packed. A layer is
 * checked by the diff_id of the config, the config by its own name. */
#include "image/manifest.h"

#include "base/err.h"
#include "io/digest.h"
#include "model/path.h"

static bool has_tag(struct json entry, struct str tag)
{
    struct json one;

    for (struct json_each e = json_each(json_get(entry, S("RepoTags")));
         json_next(&e, NULL, &one);)
        if (str_equal(json_str(one), tag) ||
            (str_ends(json_str(one), tag) &&
             json_str(one).p[json_str(one).n - tag.n - 1] == ':'))
            return true;
    return false;
}

/* The tags of the images in the archive: "a:1, b:2". */
static struct str all_tags(struct arena *a, struct json manifest)
{
    struct offered offered = {.a = a};
    struct json entry, one;

    for (struct json_each e = json_each(manifest); json_next(&e, NULL, &entry);)
        for (struct json_each t = json_each(json_get(entry, S("RepoTags")));
             json_next(&t, NULL, &one);)
            offered_add(&offered, json_str(one));
    return offered_text(&offered);
}

static int choose(struct image *im, struct json manifest, struct str tag, struct json *out,
                  struct err *err)
{
    struct json entry;
    struct str tags = all_tags(im->a, manifest);

    for (struct json_each e = json_each(manifest); json_next(&e, NULL, &entry);) {
        if (tag.n && !has_tag(entry, tag))
            continue;
        *out = entry;
        if (!tag.n && json_len(manifest) > 1)
            note_add(im->a, &im->notes, NOTE_INFO, (struct str){0},
                     "the archive holds %zu images, the first was read; there are " STR_FMT,
                     json_len(manifest), STR_ARG(tags));
        return 0;
    }
    if (tag.n)
        return err_set(err, ERR_USAGE, "no image tagged " STR_FMT "; there are " STR_FMT,
                       STR_ARG(tag), STR_ARG(tags));
    return err_set(err, ERR_FORMAT, "manifest.json names no image");
}

/* "HEX.json" and "blobs/sha256/HEX" say what the config hashes to. */
static struct str digest_in_name(struct arena *a, struct str name)
{
    struct str base = path_base(name), hex, digest;

    str_cut(base, '.', &hex, &base);
    digest = str_starts(hex, S("sha256:")) ? hex
                                           : str_printf(a, "sha256:" STR_FMT, STR_ARG(hex));
    return digest_valid(digest) ? digest : (struct str){0};
}

static void add_layer(struct image *im, struct str written)
{
    struct layer *layer = arena_push(im->a, &im->layers);
    struct str name;

    if (path_clean(im->a, written, &name))
        layer->name = str_copy(im->a, store_real(im->store, name));
    layer->missing =
        !layer->name.n || !store_place(im->store, layer->name, &layer->at, &layer->size);
    layer->info.size = layer->size;
}

int image_open_docker(struct image *im, struct str tag, const struct image_options *options,
                      struct err *err)
{
    own_json doc = json_doc_new();
    struct json manifest, entry, one;
    struct str bytes, config;

    if (store_load(im->store, im->a, S("manifest.json"), &bytes, err) < 0)
        return err->code;
    if (image_parse(im, doc, "manifest.json", bytes, &manifest, err) < 0)
        return err->code;
    if (choose(im, manifest, tag, &entry, err) < 0)
        return err->code;
    for (struct json_each e = json_each(json_get(entry, S("Layers")));
         json_next(&e, NULL, &one);)
        add_layer(im, json_str(one));
    if (image_check_layers(im, err) < 0)
        return err->code;
    if (json_len(json_get(entry, S("RepoTags"))))
        for (struct json_each e = json_each(json_get(entry, S("RepoTags")));
             json_next(&e, NULL, &one) && !im->name.n;)
            im->name = str_copy(im->a, json_str(one));
    if (!path_clean(im->a, json_get_str(entry, S("Config")), &config) || !config.n)
        return err_set(err, ERR_FORMAT, "manifest.json: no Config");
    config = str_copy(im->a, config);
    if (store_load(im->store, im->a, config, &bytes, err) < 0)
        return err_wrap(err, "image config");
    im->digest = digest_in_name(im->a, config);
    if (image_take_config(im, bytes, im->digest, err) < 0)
        return err->code;
    if (options->platform.n &&
        !platform_matches(options->platform, im->os, im->arch, im->variant))
        return err_set(err, ERR_USAGE,
                       "no " STR_FMT " in this archive; it has " STR_FMT "/" STR_FMT,
                       STR_ARG(options->platform), STR_ARG(im->os), STR_ARG(im->arch));
    return 0;
}
