/* OCI image layouts (image-spec image-layout.md): index.json, which names
 * manifests and further indexes by digest; every blob at
 * blobs/ALGORITHM/HEX. A blob's digest is checked when it is read. */
#include "image/manifest.h"

#include "base/err.h"
#include "base/own.h"
#include "io/digest.h"

#include <inttypes.h>

/* A manifest that may be the one. */
struct candidate {
    struct str digest;
    struct str name;              /* tag, from the index's annotations */
    struct str os, arch, variant; /* empty when the index does not say */
    bool here;                    /* its blob is in the store */
};

struct candidate_list {
    struct candidate *at;
    size_t len, cap;
    uint64_t looked_at; /* candidates, indexes, and what is neither */
};

/* blobs/ALGORITHM/HEX; false for what is not a digest. */
static bool blob_name(struct arena *a, struct str digest, struct str *out)
{
    struct str algorithm, hex;

    if (!digest_valid(digest))
        return false;
    str_cut(digest, ':', &algorithm, &hex);
    *out = str_printf(a, "blobs/" STR_FMT "/" STR_FMT, STR_ARG(algorithm), STR_ARG(hex));
    return true;
}

/* Without a look at its digest: see load_checked. */
static int load_blob(struct image *im, struct arena *a, const char *what, struct str digest,
                     struct str *bytes, struct err *err)
{
    struct str name;

    if (!blob_name(a, digest, &name))
        return err_set(err, ERR_FORMAT, "%s: \"%.80s\" is not a digest", what,
                       digest.n ? str_copy(a, digest).p : "");
    if (store_load(im->store, a, name, bytes, err) < 0)
        return err_wrap(err, "%s", what);
    return 0;
}

static int load_checked(struct image *im, const char *what, struct str digest,
                        struct str *bytes, struct err *err)
{
    int r = load_blob(im, im->a, what, digest, bytes, err);

    if (r == 0)
        image_check_digest(im, what, *bytes, digest);
    return r;
}

static bool is_attestation(struct json d)
{
    struct json platform = json_get(d, S("platform"));

    return json_kind(json_get(json_get(d, S("annotations")),
                              S("vnd.docker.reference.type"))) != JSON_NONE ||
           str_equal(json_get_str(platform, S("os")), S("unknown"));
}

static struct str name_of(struct json annotations)
{
    struct str name = json_get_str(annotations, S("io.containerd.image.name"));

    return name.n ? name
                  : json_get_str(annotations, S("org.opencontainers.image.ref.name"));
}

static int gather(struct image *im, struct json index, struct str name, uint64_t depth,
                  struct candidate_list *out, struct err *err);

/* What lies under a digest is told by its content: an index has manifests. 1 when it is
 * one and was gathered from. */
static int gather_index(struct image *im, struct str digest, struct str name,
                        uint64_t depth, struct candidate_list *out, struct err *err)
{
    own(arena) a = {0};
    own_json doc = json_doc_new();
    struct str bytes;
    struct json root;
    int r;

    if (load_blob(im, &a, "manifest", digest, &bytes, err) < 0)
        return err->code;
    if (image_parse(im, doc, "index", bytes, &root, err) < 0)
        return err_wrap(err, "blob " STR_FMT, STR_ARG(digest));
    if (json_kind(json_get(root, S("manifests"))) != JSON_LIST)
        return 0;
    image_check_digest(im, "index", bytes, digest);
    r = gather(im, root, name, depth + 1, out, err);
    return r < 0 ? r : 1;
}

static int gather_one(struct image *im, struct json d, struct str name, uint64_t depth,
                      struct candidate_list *out, struct err *err)
{
    struct json platform = json_get(d, S("platform"));
    struct str digest, blob;
    bool here;
    int r;

    if (is_attestation(d))
        return 0;
    if (name_of(json_get(d, S("annotations"))).n)
        name = str_copy(im->a, name_of(json_get(d, S("annotations"))));
    digest = str_copy(im->a, json_get_str(d, S("digest")));
    here = blob_name(im->a, digest, &blob) && store_has(im->store, blob);
    r = here ? gather_index(im, digest, name, depth, out, err) : 0;
    if (r != 0)
        return r < 0 ? r : 0;
    *arena_push(im->a, out) = (struct candidate){
        .digest = digest,
        .name = name,
        .os = str_copy(im->a, json_get_str(platform, S("os"))),
        .arch = str_copy(im->a, json_get_str(platform, S("architecture"))),
        .variant = str_copy(im->a, json_get_str(platform, S("variant"))),
        .here = here,
    };
    return 0;
}

static int gather(struct image *im, struct json index, struct str name, uint64_t depth,
                  struct candidate_list *out, struct err *err)
{
    struct json d;

    if (depth > budget_layer.indexes)
        return err_set(err, ERR_LIMIT,
                       "indexes nested more than %" PRIu64 " deep (limit indexes)",
                       budget_layer.indexes);
    for (struct json_each e = json_each(json_get(index, S("manifests")));
         json_next(&e, NULL, &d);) {
        if (++out->looked_at > budget_layer.manifests)
            return err_set(err, ERR_LIMIT,
                           "more than %" PRIu64 " manifests (limit manifests)",
                           budget_layer.manifests);
        if (gather_one(im, d, name, depth, out, err) < 0)
            return err->code;
    }
    return 0;
}

/* ---- choosing one ---- */

static bool has_tag(const struct candidate *c, struct str tag)
{
    return str_equal(c->name, tag) || (c->name.n > tag.n && str_ends(c->name, tag) &&
                                       c->name.p[c->name.n - tag.n - 1] == ':');
}

static struct str list_of(struct arena *a, const struct candidate_list *all, bool tags)
{
    struct offered offered = {.a = a};
    struct str list;

    for (size_t i = 0; i < all->len; i++) {
        const struct candidate *c = &all->at[i];

        if (tags)
            offered_add(&offered, c->name);
        else
            offered_add(&offered,
                        c->os.n ? str_printf(a, STR_FMT "/" STR_FMT "%s" STR_FMT,
                                             STR_ARG(c->os), STR_ARG(c->arch),
                                             c->variant.n ? "/" : "", STR_ARG(c->variant))
                                : S("(unnamed)"));
    }
    list = offered_text(&offered);
    return list.n ? list : S("none");
}

static void keep_if(struct candidate_list *all,
                    bool (*keep)(const struct candidate *c, struct str with),
                    struct str with)
{
    size_t n = 0;

    for (size_t i = 0; i < all->len; i++)
        if (keep(&all->at[i], with))
            all->at[n++] = all->at[i];
    all->len = n;
}

static bool is_here(const struct candidate *c, struct str with)
{
    (void)with;
    return c->here;
}

/* One of which the index does not say it may be: its config will tell. */
static bool has_platform(const struct candidate *c, struct str platform)
{
    return !c->os.n || platform_matches(platform, c->os, c->arch, c->variant);
}

static int keep_tagged(struct candidate_list *all, struct str tag, struct str tags,
                       struct err *err)
{
    if (tag.n)
        keep_if(all, has_tag, tag);
    if (all->len)
        return 0;
    return tag.n
               ? err_set(err, ERR_USAGE, "no image tagged " STR_FMT "; there are " STR_FMT,
                         STR_ARG(tag), STR_ARG(tags))
               : err_set(err, ERR_FORMAT, "index.json names no image");
}

/* One that is alone is taken without asking for this machine's platform; of several,
 * those whose blobs are not here (an archive that holds one platform of many) step
 * back. */
static int keep_fitting(struct image *im, struct candidate_list *all, struct str platform,
                        struct err *err)
{
    struct str platforms = list_of(im->a, all, false);

    if (!platform.n && all->len > 1)
        keep_if(all, is_here, (struct str){0});
    if (!all->len)
        return err_set(err, ERR_FORMAT, "none of its manifests is in the archive");
    if (platform.n || all->len > 1)
        keep_if(all, has_platform, platform);
    if (all->len)
        return 0;
    return err_set(err, ERR_USAGE,
                   "no " STR_FMT " in this image; there are " STR_FMT
                   " (choose with --platform)",
                   STR_ARG(platform.n ? platform : platform_here()), STR_ARG(platforms));
}

/* By tag, then platform. */
static int choose(struct image *im, struct candidate_list *all, struct str tag,
                  const struct image_options *options, struct candidate *out,
                  struct err *err)
{
    struct str tags = list_of(im->a, all, true);

    if (keep_tagged(all, tag, tags, err) < 0 ||
        keep_fitting(im, all, options->platform, err) < 0)
        return err->code;
    *out = all->at[0];
    if (all->len > 1 && !tag.n)
        note_add(im->a, &im->notes, NOTE_INFO, (struct str){0},
                 "%zu images fit, the first was read; there are " STR_FMT, all->len,
                 STR_ARG(tags));
    return 0;
}

/* ---- the manifest ---- */

static void add_layer(struct image *im, struct json d)
{
    struct layer *layer = arena_push(im->a, &im->layers);
    int64_t size = 0;

    layer->info.digest = str_copy(im->a, json_get_str(d, S("digest")));
    if (json_i64(json_get(d, S("size")), &size) && size > 0)
        layer->info.size = (uint64_t)size;
    layer->missing = !blob_name(im->a, layer->info.digest, &layer->name) ||
                     !store_place(im->store, layer->name, &layer->at, &layer->size);
    if (!layer->missing && layer->size != layer->info.size)
        note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0},
                 "it has %" PRIu64 " bytes, the manifest says %" PRIu64, layer->size,
                 layer->info.size)
            ->layer = (int)im->layers.len - 1;
}

int image_open_oci(struct image *im, struct str tag, const struct image_options *options,
                   struct err *err)
{
    own_json doc = json_doc_new();
    struct candidate_list all = {0};
    struct candidate one;
    struct json root, d;
    struct str bytes, config;

    if (store_load(im->store, im->a, S("index.json"), &bytes, err) < 0)
        return err->code;
    if (image_parse(im, doc, "index.json", bytes, &root, err) < 0)
        return err->code;
    if (gather(im, root, (struct str){0}, 0, &all, err) < 0 ||
        choose(im, &all, tag, options, &one, err) < 0)
        return err->code;
    if (load_checked(im, "manifest", one.digest, &bytes, err) < 0)
        return err->code;
    if (image_parse(im, doc, "manifest", bytes, &root, err) < 0)
        return err->code;
    im->name = one.name;
    im->digest = one.digest;
    for (struct json_each e = json_each(json_get(root, S("layers")));
         json_next(&e, NULL, &d);)
        add_layer(im, d);
    if (image_check_layers(im, err) < 0)
        return err->code;
    config = str_copy(im->a, json_get_str(json_get(root, S("config")), S("digest")));
    if (load_blob(im, im->a, "image config", config, &bytes, err) < 0 ||
        image_take_config(im, bytes, config, err) < 0)
        return err->code;
    if (options->platform.n && im->os.n &&
        !platform_matches(options->platform, im->os, im->arch, im->variant))
        return err_set(err, ERR_USAGE,
                       "no " STR_FMT " in this image; it is " STR_FMT "/" STR_FMT,
                       STR_ARG(options->platform), STR_ARG(im->os), STR_ARG(im->arch));
    return 0;
}
