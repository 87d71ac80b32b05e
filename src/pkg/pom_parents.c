/* Which project is whose parent: the one at relativePath if it is the right one, else the
 * one of those coordinates. "Project Inheritance" of maven.apache.org/guides. */
#include "model/path.h"
#include "pkg/pom_model.h"

#include <string.h>

static struct str name_of(struct arena *a, struct str group, struct str artifact,
                          struct str version)
{
    return str_printf(a, STR_FMT ":" STR_FMT ":" STR_FMT, STR_ARG(group), STR_ARG(artifact),
                      STR_ARG(version));
}

struct pom *pom_named(struct pom_project *p, const struct pom_dependency *d)
{
    return map_get(&p->by_name, name_of(&p->scratch, d->group, d->artifact, d->version));
}

/* "srv/shop" and "../bom/./list": "srv/bom/list". False where it leads out of the root. */
static bool go(struct arena *a, struct str dir, struct str relative, struct str *out)
{
    char *at = arena_alloc(a, dir.n + 1 + relative.n, 1);
    struct str name, path = {at, dir.n};

    memcpy(at, str_chars(dir), dir.n);
    while (relative.n) {
        str_cut(relative, '/', &name, &relative);
        if (!name.n || str_equal(name, S(".")))
            continue;
        if (str_equal(name, S(".."))) {
            if (!path.n)
                return false;
            path = path_dir(path);
            continue;
        }
        if (path.n)
            at[path.n++] = '/';
        memmove(at + path.n, name.p, name.n);
        path = (struct str){at, path.n + name.n};
    }
    *out = path;
    return true;
}

/* "../parent", "../pom.xml" */
static struct pom *at_path(struct pom_project *p, const struct pom *pom,
                           struct str relative)
{
    struct str path;

    if (!go(&p->scratch, path_dir(pom->source->path), relative, &path))
        return NULL;
    if (!str_ends(path, S(".xml")))
        path = path_join(&p->scratch, path, S("pom.xml"));
    return map_get(&p->by_path, path);
}

static bool same(struct pom_project *p, const struct pom *pom, struct str wanted,
                 const struct pom *up, struct str has)
{
    return str_equal(wanted, has) || str_equal(pom_expand(&p->scratch, pom, wanted),
                                               pom_expand(&p->scratch, up, has));
}

/* Another project may lie where the parent did once: then it comes from elsewhere. */
static bool is_parent(struct pom_project *p, const struct pom *pom, const struct pom *up)
{
    const struct pom_dependency *d = &pom->parent;

    return same(p, pom, d->group, up, up->group) && str_equal(d->artifact, up->artifact) &&
           (same(p, pom, d->version, up, up->version) ||
            str_find(d->version, S(",")) >= 0); /* a range */
}

static void find_parent(struct pom_project *p, struct pom *pom)
{
    struct pom_dependency wanted;
    struct pom *up = NULL;

    if (!pom->parent.artifact.n)
        return;
    if (pom->relative.n)
        up = at_path(p, pom, pom->relative);
    if (!up || !is_parent(p, pom, up)) {
        wanted = pom_expand_all(&p->scratch, pom, &pom->parent);
        up = pom_named(p, &wanted);
    }
    pom->up = up == pom ? NULL : up;
}

static void name_pom(struct pom_project *p, struct pom *pom)
{
    *map_at(p->a, &p->by_name,
            name_of(p->a, pom_expand(p->a, pom, pom->group), pom->artifact,
                    pom_expand(p->a, pom, pom->version))) = pom;
}

static void load(struct pom_project *p, const struct pom_source *source)
{
    struct pom *pom = pom_unpack(p, source);

    *map_at(p->a, &p->by_path, source->path) = pom;
    *arena_push(p->a, &p->poms) = pom;
}

void pom_project_load(struct pom_project *p, const struct pom_source_list *sources)
{
    for (size_t i = 0; i < sources->len; i++)
        load(p, &sources->at[i]);
    for (int round = 0; round < 2; round++) /* names may need the properties of parents */
        for (size_t i = 0; i < p->poms.len; i++) {
            find_parent(p, p->poms.at[i]);
            name_pom(p, p->poms.at[i]);
            arena_reset(&p->scratch);
        }
}
