#include "pkg/pkg.h"

#include "base/map.h"
#include "base/own.h"
#include "model/files.h"

const struct reader *const pkg_readers[] = {
#define PKG(name) &pkg_##name,
#include "pkg/list.def"
#undef PKG
    NULL,
};

static bool is_anywhere(const struct reader *r)
{
    for (const struct want *w = r->wants; w->how != WANT_END; w++)
        if (w->how == WANT_NAME || w->how == WANT_TAIL)
            return true;
    return false;
}

const struct reader *const *pkg_readers_checkout(void)
{
    static const struct reader *some[sizeof pkg_readers / sizeof *pkg_readers];
    size_t n = 0;

    for (const struct reader *const *r = pkg_readers; *r; r++)
        if (is_anywhere(*r))
            some[n++] = *r;
    return some;
}

extern const struct reader pkg_selftest;

const struct reader *const pkg_readers_selftest[] = {
#define PKG(name) &pkg_##name,
#include "pkg/list.def"
#undef PKG
    &pkg_selftest,
    NULL,
};

static struct str key(struct arena *a, struct str name, struct str arch)
{
    return str_printf(a, STR_FMT ":" STR_FMT, STR_ARG(name), STR_ARG(arch));
}

static void learn(struct arena *a, struct map *known, struct str files)
{
    own(files_read) r = files_of(files);
    struct package_file f;

    while (files_next(&r, &f)) {
        struct package_file *with = arena_new(a, struct package_file);

        *with = f;
        with->path = str_copy(a, f.path);
        with->digest = str_copy(a, f.digest);
        *map_at(a, known, with->path) = with;
    }
}

/* Paths from the list, digests from the others: a file of both is told once. */
static struct str joined(struct arena *a, struct str paths, struct str digests,
                         struct str config)
{
    struct map known = {0};
    struct package_file f;
    own(files_read) r = files_of(paths);
    own(files) out = {0};

    if (!paths.n)
        return digests.n ? digests : config;
    learn(a, &known, digests);
    learn(a, &known, config);
    while (files_next(&r, &f)) {
        const struct package_file *with = map_get(&known, f.path);

        files_add(&out, with ? with : &f);
    }
    return files_keep(a, &out);
}

/* The paths and the digests of one package. */
struct halves {
    struct str paths, digests;
};

static bool has_digests(struct str files)
{
    own(files_read) r = files_of(files);
    struct package_file f;

    return files_next(&r, &f) && f.digest.n;
}

void pkg_join_owned(struct arena *a, struct package_list *packages,
                    const struct owned_list *owned)
{
    struct map all = {0};

    for (size_t i = 0; i < owned->len; i++) {
        const struct owned *o = &owned->at[i];
        struct halves *h;
        void **at;

        if (!o->files.n)
            continue;
        at = map_at(a, &all, key(a, o->name, o->arch));
        if (!*at)
            *at = arena_new(a, struct halves);
        h = *at;
        *(has_digests(o->files) ? &h->digests : &h->paths) = o->files;
    }
    for (size_t i = 0; i < packages->len; i++) {
        struct package *p = &packages->at[i];
        const struct halves *h = map_get(&all, key(a, p->name, p->arch));

        if (!h && owned->len)
            h = map_get(&all, key(a, p->name, (struct str){0}));
        if (h)
            p->files = joined(a, h->paths, h->digests, p->files);
    }
}
