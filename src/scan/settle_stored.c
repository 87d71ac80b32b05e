/* What is found by its content in a folder of a Nix store, and what that folder is called:
 * redis 7.2.4 in /nix/store/HASH-redis-7.2.4/bin/redis-server. */
#include "base/map.h"
#include "model/nix_store.h"
#include "scan/settle.h"

static struct str key_of(struct arena *a, struct str name, struct str version)
{
    return str_printf(a, STR_FMT "-" STR_FMT, STR_ARG(name), STR_ARG(version));
}

/* "node" and "nodejs", "python" and "python3". */
static bool is_called(struct str x, struct str y)
{
    return str_starts(x, y) || str_starts(y, x);
}

/* The package of the store that says the same as p, NULL when there is none. */
static struct package *stored(struct arena *a, const struct map *all,
                              const struct package *p)
{
    struct nix_store s;

    if (!str_equal(p->type, S("generic")) || !nix_store_parse(p->path, &s) ||
        !is_called(s.name, p->name) || !str_equal(s.version, p->version))
        return NULL;
    return map_get(all, key_of(a, s.name, s.version));
}

void settle_stored(struct arena *a, struct package_list *packages)
{
    struct map all = {0};
    size_t kept = 0;

    for (size_t i = 0; i < packages->len; i++) {
        struct package *p = &packages->at[i];

        if (str_equal(p->type, S("nix")))
            *map_at(a, &all, key_of(a, p->name, p->version)) = p;
    }
    for (size_t i = 0; i < packages->len && all.len; i++) {
        struct package *by = stored(a, &all, &packages->at[i]);

        if (!by)
            continue;
        if (!by->cpe.n)
            by->cpe = packages->at[i].cpe;
        packages->at[i].type = (struct str){0};
    }
    for (size_t i = 0; i < packages->len; i++)
        if (packages->at[i].type.n)
            packages->at[kept++] = packages->at[i];
    packages->len = kept;
}
