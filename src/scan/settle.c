#include "scan/settle.h"

#include "base/map.h"
#include "base/own.h"
#include "model/ecosystem.h"
#include "model/files.h"
#include "model/nix_store.h"
#include "model/path.h"

/* Told by the database of the distribution itself: a program that names its package
 * (pkg/elf_note.c) is only worth telling of where no such package owns it. */
static bool of_database(const struct package *p)
{
    return package_of_distro(p) && !str_equal(p->realm, S("elf"));
}

static void drop_untyped(struct package_list *packages)
{
    size_t kept = 0;

    for (size_t i = 0; i < packages->len; i++)
        if (packages->at[i].type.n)
            packages->at[kept++] = packages->at[i];
    packages->len = kept;
}

/* ---- what belongs to the distribution ---- */

/* The paths asked about, by their hashes: first one bit of a filter, at which most of the
 * files of an image end, then a table. */
enum { FILTER = 1 << 16 };

struct asked {
    uint64_t hash;
    struct package *package;
};

struct owners {
    struct arena *a;
    unsigned char filter[FILTER / 8];
    struct asked *slots;
    size_t cap; /* a power of two */
};

static void ask(struct owners *o, struct str path, struct package *p)
{
    uint64_t hash = files_hash(path);
    size_t i = hash & (o->cap - 1);

    o->filter[hash % FILTER / 8] |= (unsigned char)(1u << hash % 8);
    while (o->slots[i].package)
        i = (i + 1) & (o->cap - 1);
    o->slots[i] = (struct asked){hash, p};
}

static bool is_below(struct str path, struct str dir)
{
    return !dir.n || (str_starts(path, dir) && str_starts(str_from(path, dir.n), S("/")));
}

/* "app.jar!/lib/x.jar" is in app.jar. */
static struct str file_of(struct str path)
{
    ptrdiff_t at = str_find(path, S("!/"));

    return at < 0 ? path : (struct str){path.p, (size_t)at};
}

/* By the name of its file, and by those that links near the root give it. */
static void ask_all(struct owners *o, struct package *p,
                    const struct folder_link_list *links)
{
    struct str path = file_of(p->path);

    ask(o, path, p);
    for (size_t i = 0; i < links->len; i++)
        if (is_below(path, links->at[i].real))
            ask(o,
                str_printf(o->a, STR_FMT STR_FMT, STR_ARG(links->at[i].path),
                           STR_ARG(str_from(path, links->at[i].real.n))),
                p);
}

/* A file of an owner that a layer brought: whoever asked about it is the owner's, unless
 * it was written later. */
static void answer(struct owners *o, uint64_t hash, int layer)
{
    for (size_t i = hash & (o->cap - 1); o->slots[i].package; i = (i + 1) & (o->cap - 1))
        if (o->slots[i].hash == hash && o->slots[i].package->layer <= layer)
            o->slots[i].package->type = (struct str){0};
}

static void answer_all(struct owners *o, struct str files, int layer)
{
    struct str hashes = files_hashes(files);

    for (size_t i = 0; i < hashes.n / FILES_HASH; i++) {
        uint64_t hash = files_hash_at(hashes, i);

        if (o->filter[hash % FILTER / 8] & 1u << hash % 8)
            answer(o, hash, layer);
    }
}

void settle_owned(struct package_list *packages, const struct view *view)
{
    const struct folder_link_list *links = &view->folder_links;
    own(arena) a = {0};
    struct owners o = {.a = &a, .cap = 16};
    size_t n = 0;

    for (size_t i = 0; i < packages->len; i++)
        n += !of_database(&packages->at[i]);
    if (!n || n == packages->len)
        return;
    while (o.cap < 2 * n * (links->len + 1))
        o.cap *= 2;
    o.slots = arena_alloc(&a, o.cap * sizeof *o.slots, sizeof(void *));
    for (size_t i = 0; i < packages->len; i++)
        if (!of_database(&packages->at[i]))
            ask_all(&o, &packages->at[i], links);
    for (size_t i = 0; i < packages->len; i++)
        if (of_database(&packages->at[i]))
            answer_all(&o, packages->at[i].files, packages->at[i].layer);
    for (size_t i = 0; i < view->owned.len; i++)
        answer_all(&o, view->owned.at[i].files, view->owned.at[i].layer);
    drop_untyped(packages);
}

/* ---- what belongs to nobody ---- */

static bool is_among(const struct map *folders, struct str path)
{
    do {
        path = path_dir(path);
        if (map_get(folders, path))
            return true;
    } while (path.n);
    return false;
}

/* Files that are packages, and folders that packages are in. */
static void find_places(struct arena *a, const struct package_list *packages,
                        struct map *files, struct map *folders)
{
    for (size_t i = 0; i < packages->len; i++) {
        const struct package *p = &packages->at[i];

        if (p->declared)
            continue;
        if (str_equal(p->type, S("npm")))
            *map_at(a, folders, path_dir(p->path)) = files;
        else if (str_equal(p->type, S("pypi")))
            *map_at(a, folders, path_dir(path_dir(p->path))) = files;
        else
            *map_at(a, files, file_of(p->path)) = files;
    }
}

/* Each file asks as a package that is nothing but a path, behind those of the
 * distribution; its line is its number. */
void settle_listed(struct view *view)
{
    const struct package_list *packages = &view->packages;
    struct package_list all = {0};
    own(arena) a = {0};
    size_t kept = 0;

    arena_reserve(&a, &all, packages->len + view->listed.len);
    for (size_t i = 0; i < packages->len; i++)
        if (of_database(&packages->at[i]))
            *arena_push(&a, &all) = packages->at[i];
    for (size_t i = 0; i < view->listed.len; i++) {
        const struct listed *l = &view->listed.at[i];

        *arena_push(&a, &all) = (struct package){
            .type = S("file"), .path = l->path, .line = i, .layer = l->layer};
    }
    settle_owned(&all, view);
    for (size_t i = 0; i < all.len; i++)
        if (!of_database(&all.at[i]))
            view->listed.at[kept++] = view->listed.at[all.at[i].line];
    view->listed.len = kept;
}

void settle_unowned(struct arena *a, const struct package_list *packages,
                    const struct view *view, struct str_list *out)
{
    struct map files = {0}, folders = {0};

    find_places(a, packages, &files, &folders);
    for (size_t i = 0; i < view->listed.len; i++) {
        struct str path = view->listed.at[i].path;

        if (!map_get(&files, path) && !is_among(&folders, path) &&
            !nix_store_parse(path, &(struct nix_store){0}))
            *arena_push(a, out) = path;
    }
}

/* ---- lock files and what was installed ---- */

struct same {
    struct package *p;
    struct same *next;
};

struct settling {
    struct arena *a;
    struct map installed; /* type and folder above an installed package */
    struct map knowing;   /* path of a lock file that says what needs what */
    struct map same;      /* type, group, name, version -> struct same */
    struct buf key;
};

static struct str name_key(struct settling *s, const struct package *p)
{
    const struct ecosystem *e = ecosystem_of_type(p->type);
    struct str name = e ? ecosystem_name(s->a, e, p->name) : p->name; /* PyYAML, pyyaml */
    const struct str parts[] = {p->type, p->group, name, p->version};

    s->key.len = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pack_str(&s->key, parts[i]);
    return buf_view(&s->key);
}

static struct str place_key(struct settling *s, const struct package *p, struct str dir)
{
    s->key.len = 0;
    pack_str(&s->key, p->type);
    pack_str(&s->key, dir);
    return buf_view(&s->key);
}

static void learn(struct settling *s, struct package *p)
{
    struct same *one = arena_new(s->a, struct same);
    struct str dir = p->path;
    void **at = map_at_copy(s->a, &s->same, name_key(s, p));

    *one = (struct same){p, *at};
    *at = one;
    do {
        dir = path_dir(dir);
        at = map_at_copy(s->a, &s->installed, place_key(s, p, dir));
        if (*at)
            break; /* and so it is with those above */
        *at = s;
    } while (dir.n);
}

/* What the lock file knows of it. One that never says what needs what (requirements.txt,
 * Pipfile.lock) leaves that to those that are installed. */
static void tell(struct settling *s, struct package *p, const struct package *declared)
{
    if (map_get(&s->knowing, declared->path)) {
        p->realm = package_realm(declared);
        p->key = package_key(declared);
        p->needs = declared->needs;
        p->provides = declared->provides;
    }
    p->direct |= declared->direct;
    if (!p->licence.n)
        p->licence = declared->licence;
}

/* Whether it stays in the list. */
static bool settle(struct settling *s, struct package *declared, bool dev)
{
    struct str dir = path_dir(declared->path);

    if (!map_get(&s->installed, place_key(s, declared, dir)))
        return dev || !declared->dev;
    for (struct same *one = map_get(&s->same, name_key(s, declared)); one; one = one->next)
        if (is_below(one->p->path, dir))
            tell(s, one->p, declared);
    return false;
}

void settle_declared(struct arena *a, struct package_list *packages, bool dev)
{
    struct settling s = {.a = a};

    for (size_t i = 0; i < packages->len; i++)
        if (!packages->at[i].declared && !package_of_distro(&packages->at[i]))
            learn(&s, &packages->at[i]);
        else if (packages->at[i].declared && packages->at[i].needs.n)
            *map_at(a, &s.knowing, packages->at[i].path) = &s;
    for (size_t i = 0; i < packages->len; i++)
        if (packages->at[i].declared && !settle(&s, &packages->at[i], dev))
            packages->at[i].type = (struct str){0};
    drop_untyped(packages);
    buf_done(&s.key);
}
