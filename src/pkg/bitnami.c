/* What Bitnami puts into its images beside the packages of the distribution: one SPDX
 * document a component, opt/bitnami/NAME/.spdx-NAME.spdx, SPDX 2.3 as JSON:
 *
 *     {"packages": [{"SPDXID": "SPDXRef-redis", "name": "redis", "versionInfo": "7.4.1-0",
 *                    "licenseDeclared": "RSALv2", "externalRefs": [{"referenceType":
 * "purl", "referenceLocator": "pkg:bitnami/redis@7.4.1-0?arch=amd64"}]}], "relationships":
 * [{"spdxElementId": "SPDXRef-redis", "relationshipType": "CONTAINS", "relatedSpdxElement":
 * "SPDXRef-jemalloc"}]}
 *
 * Those of another type, Go modules and jars, are read out of the files themselves.
 * spdx.github.io/spdx-spec/v2.3; the type bitnami in the package URL's definitions. */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "model/purl.h"
#include "pkg/tree.h"

static bool is_component(struct str path);

static const struct want wants[] = {
    {WANT_TAIL, ".spdx", .only = is_component},
    {0},
};

static int bitnami_read(struct read *in, struct err *err);

const struct reader pkg_bitnami = {
    .name = "bitnami",
    .title = "components of Bitnami images",
    .version = 1,
    .wants = wants,
    .read = bitnami_read,
};

static bool is_component(struct str path)
{
    return str_starts(path, S("opt/bitnami/")) && str_starts(path_base(path), S(".spdx-"));
}

/* ---- packages ---- */

static bool find_purl(struct arena *a, struct json package, struct purl *out)
{
    struct json one;

    for (struct json_each e = json_each(json_get(package, S("externalRefs")));
         json_next(&e, NULL, &one);) {
        struct err err = {0};

        if (str_equal(json_get_str(one, S("referenceType")), S("purl")) &&
            purl_parse(a, json_get_str(one, S("referenceLocator")), out, &err) == 0 &&
            str_equal(out->type, S("bitnami")))
            return true;
    }
    return false;
}

static struct str qualifier(const struct purl *purl, struct str key)
{
    for (size_t i = 0; i < purl->qualifiers.len; i++)
        if (str_equal(purl->qualifiers.at[i].key, key))
            return purl->qualifiers.at[i].value;
    return (struct str){0};
}

static struct str licence_of(struct json package)
{
    struct str said = json_get_str(package, S("licenseDeclared"));

    if (str_equal(said, S("NOASSERTION")) || str_equal(said, S("NONE")))
        return (struct str){0};
    return said;
}

static void add(struct read *in, struct json package)
{
    struct purl purl;
    struct package *p;

    if (!find_purl(in->a, package, &purl))
        return;
    if (!purl.version.n) {
        read_note_lacks(in, json_line(package), purl.name, purl.version);
        return;
    }
    p = read_add(in, "bitnami", purl.name, purl.version);
    p->line = json_line(package);
    p->arch = qualifier(&purl, S("arch"));
    p->licence = licence_of(package);
    p->key = json_get_str(package, S("SPDXID"));
}

/* ---- what contains what ---- */

static bool is_need(struct str type)
{
    return str_equal(type, S("CONTAINS")) || str_equal(type, S("DEPENDS_ON"));
}

/* SPDXID -> struct buf of what that element needs */
static struct map needs_of(struct arena *a, struct json relationships)
{
    struct map needs = {0};
    struct json one;

    for (struct json_each e = json_each(relationships); json_next(&e, NULL, &one);) {
        void **at;

        if (!is_need(json_get_str(one, S("relationshipType"))))
            continue;
        at = map_at(a, &needs, json_get_str(one, S("spdxElementId")));
        if (!*at)
            *at = arena_new(a, struct buf);
        needs_add(*at, json_get_str(one, S("relatedSpdxElement")));
    }
    return needs;
}

/* The first of an id has them. */
static void connect(struct read *in, struct json relationships)
{
    struct map needs = needs_of(in->a, relationships);
    struct str key;
    void *of;

    for (size_t i = 0; i < in->packages.len; i++) {
        of = map_get(&needs, in->packages.at[i].key);
        if (of)
            in->packages.at[i].needs = buf_keep(in->a, of);
    }
    for (size_t i = 0; map_each(&needs, &i, &key, &of);)
        buf_done(of);
}

static int bitnami_read(struct read *in, struct err *err)
{
    struct json root, one;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("packages")));
         json_next(&e, NULL, &one);)
        add(in, one);
    connect(in, json_get(root, S("relationships")));
    return 0;
}
