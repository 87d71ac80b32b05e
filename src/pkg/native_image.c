/* Java programs that GraalVM compiled (native images) with a list of their libraries: the
 * symbol "sbom" is where a CycloneDX document packed by gzip begins, and "sbom_length"
 * where its size stands, as a word:
 *
 *     {"bomFormat": "CycloneDX", "components": [
 *         {"bom-ref": "pkg:maven/io.netty/netty-codec@4.1.76.Final", "type": "library",
 *          "group": "io.netty", "name": "netty-codec", "version": "4.1.76.Final",
 *          "purl": "pkg:maven/io.netty/netty-codec@4.1.76.Final"}],
 *      "dependencies": [{"ref": "pkg:maven/...", "dependsOn": ["pkg:maven/..."]}]}
 *
 * graalvm.org, "Software Bill of Materials (SBOM) in Native Image" (--enable-sbom), and
 * cyclonedx.org/docs/1.5/json; native-image-inspect --sbom is the reference. */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "io/elf.h"
#include "io/json.h"
#include "io/stream.h"
#include "model/graph.h"
#include "model/purl.h"
#include "model/reader.h"

enum { UNPACKED_MAX = 64 << 20 };

static const struct want wants[] = {
    {WANT_MAGIC,
     "\x7f"
     "ELF",
     NULL},
    {0},
};

static int native_image_read(struct read *in, struct err *err);

const struct reader pkg_native_image = {
    .name = "native_image",
    .title = "Java programs compiled by GraalVM with a list of libraries",
    .version = 1,
    .wants = wants,
    .read = native_image_read,
};

/* Whether there is one; *packed is then as much of it as the file holds. */
static bool find_list(const struct elf *e, struct str *packed, bool *cut)
{
    uint64_t at, length_at, length;

    if (!elf_symbol(e, S("sbom_length"), &length_at) || !elf_symbol(e, S("sbom"), &at))
        return false;
    length = elf_number(e, elf_at(e, length_at), 0, e->wide ? 8 : 4);
    *packed = elf_at(e, at);
    *cut = !length || length > packed->n;
    if (!*cut)
        packed->n = length;
    return true;
}

/* ---- what needs what ---- */

struct list {
    struct read *in;
    struct map needs;  /* bom-ref -> the list of what it depends on, struct json */
    struct map direct; /* bom-ref of what the program itself depends on */
};

static void learn_needs(struct list *l, struct json dependencies)
{
    struct json one;

    for (struct json_each e = json_each(dependencies); json_next(&e, NULL, &one);) {
        struct json *on = arena_new(l->in->a, struct json);

        *on = json_get(one, S("dependsOn"));
        *map_at_copy(l->in->a, &l->needs, json_get_str(one, S("ref"))) = on;
    }
}

/* Once: two that share a name must not share all they need as often as they are there. */
static struct json take_needs(struct list *l, struct str ref)
{
    struct json *on = map_get(&l->needs, ref), needs;

    if (!on)
        return (struct json){0};
    needs = *on;
    *on = (struct json){0};
    return needs;
}

static void learn_direct(struct list *l, struct json program)
{
    struct json one;

    for (struct json_each e = json_each(take_needs(l, json_get_str(program, S("bom-ref"))));
         json_next(&e, NULL, &one);)
        *map_at_copy(l->in->a, &l->direct, json_str(one)) = l;
}

static struct str needs_of(struct list *l, struct str ref)
{
    own(buf) b = {0};
    struct json one;

    for (struct json_each e = json_each(take_needs(l, ref)); json_next(&e, NULL, &one);)
        needs_add(&b, json_str(one));
    return buf_keep(l->in->a, &b);
}

/* ---- the libraries ---- */

static struct str text_of(struct list *l, struct json v, struct str key)
{
    return str_copy(l->in->a, json_get_str(v, key));
}

/* Modules of the runtime ("java.base") have no group, and are no packages of Maven's. */
static bool is_maven(struct list *l, struct json component)
{
    struct str text = json_get_str(component, S("purl"));
    struct purl purl;
    struct err unused;

    if (purl_parse(l->in->a, text, &purl, &unused) < 0)
        return json_get_str(component, S("group")).n > 0;
    return str_equal(purl.type, S("maven"));
}

static void add_component(struct list *l, struct json component)
{
    struct str name = text_of(l, component, S("name"));
    struct str version = text_of(l, component, S("version"));
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(l->in, 0, name, version);
        return;
    }
    p = read_add(l->in, is_maven(l, component) ? "maven" : "generic", name, version);
    p->group = text_of(l, component, S("group"));
    p->key = text_of(l, component, S("bom-ref"));
    p->needs = needs_of(l, p->key);
    p->direct = map_get(&l->direct, p->key) != NULL;
}

static int read_list(struct read *in, struct str text, struct err *err)
{
    struct list l = {.in = in};
    own_json doc = json_doc_new();
    struct json root, component;

    if (json_parse(doc, text, &root, err) < 0)
        return err->code;
    if (!str_equal(json_get_str(root, S("bomFormat")), S("CycloneDX")))
        return err_set(err, ERR_FORMAT, "not of the form CycloneDX");
    learn_needs(&l, json_get(root, S("dependencies")));
    learn_direct(&l, json_get(json_get(root, S("metadata")), S("component")));
    for (struct json_each e = json_each(json_get(root, S("components")));
         json_next(&e, NULL, &component);)
        add_component(&l, component);
    return 0;
}

static int unpack(struct read *in, struct str packed, struct str *text, struct err *err)
{
    own_stream s = stream_unpack(stream_bytes(packed), &budget_layer);

    return stream_load(in->a, s, UNPACKED_MAX, text, err);
}

static int native_image_read(struct read *in, struct err *err)
{
    struct elf e;
    struct err unused;
    struct str packed, text;
    bool cut;

    if (elf_open(&e, in->bytes, &unused) < 0 || !find_list(&e, &packed, &cut))
        return 0;
    if (cut)
        return err_set(err, ERR_FORMAT, "its list of libraries (sbom) breaks off");
    if (unpack(in, packed, &text, err) < 0 || read_list(in, text, err) < 0)
        return err_wrap(err, "its list of libraries (sbom)");
    return 0;
}
