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
 * files of an image end, then a table of chains. */
enum { FILTER = 1 << 16 };

struct asked {
    uint64_t hash;
    int layer;
    bool *owned;
    struct asked *next; /* of the same chain */
};

struct owners {
    struct arena a;
    const struct folder_link_list *links;
    struct {
        struct asked *at;
        size_t len, cap;
    } asked;
    unsigned char filter[FILTER / 8];
    struct asked **chains;
    size_t mask;
};

static void ask_one(struct owners *o, struct str path, int layer, bool *owned)
{
    uint64_t hash = files_hash(path);

    o->filter[hash % FILTER / 8] |= (unsigned char)(1u << hash % 8);
    *arena_push(&o->a, &o->asked) = (struct asked){hash, layer, owned, NULL};
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

/* Whose is the file that `layer` brought? By its name, and by those that links near the
 * root give it. */
static void ask(struct owners *o, struct str path, int layer, bool *owned)
{
    ask_one(o, path, layer, owned);
    for (size_t i = 0; i < o->links->len; i++) {
        const struct folder_link *link = &o->links->at[i];

        if (is_below(path, link->real))
            ask_one(o,
                    str_printf(&o->a, STR_FMT STR_FMT, STR_ARG(link->path),
                               STR_ARG(str_from(path, link->real.n))),
                    layer, owned);
    }
}

static void make_chains(struct owners *o)
{
    o->mask = 15;
    while (o->mask < o->asked.len)
        o->mask = 2 * o->mask + 1;
    o->chains = arena_alloc(&o->a, (o->mask + 1) * sizeof *o->chains, sizeof(void *));
    for (size_t i = 0; i < o->asked.len; i++) {
        struct asked *q = &o->asked.at[i], **chain = &o->chains[q->hash & o->mask];

        q->next = *chain;
        *chain = q;
    }
}

/* A file of an owner that a layer brought: whoever asked about it is the owner's, unless
 * it was written later. */
static void answer_one(struct owners *o, uint64_t hash, int layer)
{
    for (struct asked *q = o->chains[hash & o->mask]; q; q = q->next)
        if (q->hash == hash && q->layer <= layer)
            *q->owned = true;
}

static void answer_files(struct owners *o, struct str files, int layer)
{
    struct str hashes = files_hashes(files);

    for (size_t i = 0; i < hashes.n / FILES_HASH; i++) {
        uint64_t hash = files_hash_at(hashes, i);

        if (o->filter[hash % FILTER / 8] & 1u << hash % 8)
            answer_one(o, hash, layer);
    }
}

static void answer(struct owners *o, const struct package_list *packages,
                   const struct view *view)
{
    make_chains(o);
    for (size_t i = 0; i < packages->len; i++)
        if (of_database(&packages->at[i]))
            answer_files(o, packages->at[i].files, packages->at[i].layer);
    for (size_t i = 0; i < view->owned.len; i++)
        answer_files(o, view->owned.at[i].files, view->owned.at[i].layer);
}

void settle_owned(struct package_list *packages, const struct view *view)
{
    struct owners o = {.links = &view->folder_links};
    size_t n = packages->len;
    bool *owned = arena_alloc(&o.a, n + 1, 1);

    for (size_t i = 0; i < n; i++)
        if (!of_database(&packages->at[i]))
            ask(&o, file_of(packages->at[i].path), packages->at[i].layer, &owned[i]);
    answer(&o, packages, view);
    for (size_t i = 0; i < n; i++)
        if (owned[i])
            packages->at[i].type = (struct str){0};
    drop_untyped(packages);
    arena_done(&o.a);
}

void settle_listed(struct view *view)
{
    struct owners o = {.links = &view->folder_links};
    struct listed_list *listed = &view->listed;
    bool *owned = arena_alloc(&o.a, listed->len + 1, 1);
    size_t kept = 0;

    arena_reserve(&o.a, &o.asked, 2 * listed->len);
    for (size_t i = 0; i < listed->len; i++)
        ask(&o, listed->at[i].path, listed->at[i].layer, &owned[i]);
    answer(&o, &view->packages, view);
    for (size_t i = 0; i < listed->len; i++)
        if (!owned[i])
            listed->at[kept++] = listed->at[i];
    listed->len = kept;
    arena_done(&o.a);
}

void settle_notes(struct view *view)
{
    struct owners o = {.links = &view->folder_links};
    struct note_list *notes = &view->notes;
    bool *owned = arena_alloc(&o.a, notes->len + 1, 1);
    size_t kept = 0;

    for (size_t i = 0; i < notes->len; i++)
        if (notes->at[i].level == NOTE_INFO && notes->at[i].layer >= 0)
            ask(&o, file_of(notes->at[i].where), notes->at[i].layer, &owned[i]);
    if (o.asked.len)
        answer(&o, &view->packages, view);
    for (size_t i = 0; i < notes->len; i++)
        if (!owned[i])
            notes->at[kept++] = notes->at[i];
    notes->len = kept;
    arena_done(&o.a);
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
