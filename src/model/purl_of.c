/* The package URL of an installed package: what its database calls name, version
 * and source, put where the type definitions of deb, apk and rpm want them. */
#include "base/arena.h"
#include "model/distro.h"
#include "model/nix_store.h"
#include "model/package.h"
#include "model/purl.h"

static bool is_type(const struct package *p, const char *type)
{
    return str_equal(p->type, str_of(type));
}

/* The debs of Ubuntu, say: type and namespace by distribution. */
static void add_distro(struct arena *a, struct purl *out, const struct distro *distro)
{
    out->namespace = distro->vendor;
    if (distro->id.n && distro->version.n)
        purl_add(a, out, S("distro"),
                 str_printf(a, STR_FMT "-" STR_FMT, STR_ARG(distro->id),
                            STR_ARG(distro->version)));
    else
        purl_add(a, out, S("distro"), distro->id);
}

/* What it was built from, with a version only where that differs. */
static void add_upstream(struct arena *a, struct purl *out, const struct package *p)
{
    struct str source = package_source(p), version = package_source_version(p);

    if (str_equal(source, p->name) && str_equal(version, p->version))
        return;
    if (str_equal(version, p->version))
        purl_add(a, out, S("upstream"), source);
    else
        purl_add(a, out, S("upstream"),
                 str_printf(a, STR_FMT "@" STR_FMT, STR_ARG(source), STR_ARG(version)));
}

/* "1:5.1.8-6.el9" of an rpm. */
static void add_epoch(struct arena *a, struct purl *out)
{
    struct str epoch, version;

    if (!str_cut(out->version, ':', &epoch, &version))
        return;
    out->version = version;
    purl_add(a, out, S("epoch"), epoch);
}

/* Of the folder it is in, the first of several: see nix_store.h. The type is a draft yet
 * (purl-spec, pull request 877 and the one before it). */
static void add_store(struct arena *a, struct purl *out, struct str path)
{
    struct nix_store store;

    nix_store_parse(path, &store);
    purl_add(a, out, S("output"), store.output);
    purl_add(a, out, S("output-hash"), store.hash);
}

struct str purl_of(struct arena *a, const struct package *p, const struct distro *distro)
{
    struct purl out = {
        .type = p->type, .namespace = p->group, .name = p->name, .version = p->version};
    bool of_distro =
        is_type(p, "deb") || is_type(p, "apk") || is_type(p, "rpm") || is_type(p, "alpm");

    purl_add(a, &out, S("arch"), p->arch);
    if (is_type(p, "rpm"))
        add_epoch(a, &out);
    if (is_type(p, "nix"))
        add_store(a, &out, p->path);
    if (of_distro && distro)
        add_distro(a, &out, distro);
    if (of_distro)
        add_upstream(a, &out, p);
    else if (!out.namespace.n) /* "github.com/gorilla/mux", "@angular/core" */
        str_cut_last(p->name, '/', &out.namespace, &out.name);
    return purl_write(a, &out);
}
