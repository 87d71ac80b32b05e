/* The config of an image: its platform, and for each layer the digest of the
 * plain tar and the instruction that made it. */
#include "image/manifest.h"

#include "base/err.h"
#include "io/digest.h"

#include <inttypes.h>

void image_check_digest(struct image *im, const char *what, struct str bytes,
                        struct str digest)
{
    char is[DIGEST_TEXT];
    struct str algorithm, hex;

    if (!digest.n)
        return;
    str_cut(digest, ':', &algorithm, &hex);
    digest_of(bytes, str_equal(algorithm, S("sha512")) ? "sha512" : "sha256", is);
    if (!str_equal(str_of(is), digest))
        note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0},
                 "%s: its digest is %s, it should be " STR_FMT, what, is, STR_ARG(digest));
}

enum { USUAL = 128 };

int image_check_layers(struct image *im, struct err *err)
{
    if (im->layers.len > budget_layer.layers)
        return err_set(err, ERR_LIMIT, "%zu layers, %" PRIu64 " are allowed (limit layers)",
                       im->layers.len, budget_layer.layers);
    if (im->layers.len > USUAL)
        note_add(im->a, &im->notes, NOTE_INFO, (struct str){0},
                 "%zu layers: most engines run no image of more than %d", im->layers.len,
                 USUAL);
    return 0;
}

/* The n-th entry of the history that made a layer belongs to the n-th layer. */
static void take_history(struct image *im, struct json history)
{
    struct json one;
    size_t layer = 0;

    for (struct json_each e = json_each(history); json_next(&e, NULL, &one);) {
        if (json_true(json_get(one, S("empty_layer"))))
            continue;
        if (layer < im->layers.len)
            im->layers.at[layer].info.created_by =
                str_copy(im->a, json_get_str(one, S("created_by")));
        layer++;
    }
}

int image_parse(struct image *im, struct json_doc *doc, const char *what, struct str bytes,
                struct json *root, struct err *err)
{
    /* which Go, and so the engines, read in any case; labels may well differ in it */
    static const char *const words[] = {
        "schemaversion", "mediatype", "manifests",   "layers", "config",
        "digest",        "size",      "platform",    "os",     "variant",
        "architecture",  "rootfs",    "diff_ids",    "type",   "repotags",
        "created_by",    "history",   "empty_layer", NULL};
    enum json_twins twins;
    struct str key = {0};

    if (json_parse(doc, bytes, root, err) < 0)
        return err_wrap(err, "%s", what);
    twins = json_twins(*root, words, &key);
    if (twins != JSON_NO_TWINS)
        note_add(im->a, &im->notes, twins == JSON_TWINS ? NOTE_INFO : NOTE_UNREAD,
                 (struct str){0}, "%s: duplicate key \"%.80s\": %s", what,
                 str_copy(im->a, key).p,
                 twins == JSON_TWINS ? "the last one counts"
                                     : "programs differ in which one they take");
    return 0;
}

int image_take_config(struct image *im, struct str bytes, struct str digest,
                      struct err *err)
{
    own_json doc = json_doc_new();
    struct json config, ids, one;
    size_t n = 0;

    image_check_digest(im, "image config", bytes, digest);
    if (image_parse(im, doc, "image config", bytes, &config, err) < 0)
        return err->code;
    im->os = str_copy(im->a, json_get_str(config, S("os")));
    im->arch = str_copy(im->a, json_get_str(config, S("architecture")));
    im->variant = str_copy(im->a, json_get_str(config, S("variant")));
    ids = json_get(json_get(config, S("rootfs")), S("diff_ids"));
    for (struct json_each e = json_each(ids); json_next(&e, NULL, &one); n++)
        if (n < im->layers.len && digest_valid(json_str(one)))
            im->layers.at[n].info.diff_id = str_copy(im->a, json_str(one));
    if (n != im->layers.len)
        note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0},
                 "image config: it names %zu layers, the manifest %zu", n, im->layers.len);
    take_history(im, json_get(config, S("history")));
    return 0;
}
