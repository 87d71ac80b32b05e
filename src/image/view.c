/* Upper over lower: the facts of all layers become one view of the image.
 *
 * What is tracked is what readers wanted, and links; never all names. A tracked
 * path of a lower layer is gone when an upper layer takes it away (whiteout,
 * opaque folder), writes the same path anew, or puts something that is no
 * folder where one of its parent folders was. Paths of a layer are read as a
 * container engine unpacks it: through the links that are there already. */
#include "image/facts.h"
#include "image/image.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/pack.h"
#include "image/links.h"
#include "image/wants.h"
#include "io/budget.h"
#include "model/path.h"

#include <inttypes.h>

/* A wanted file that is there. */
struct live {
    const struct reader *reader;
    struct facts_file *file;
    struct str at; /* its own path, links resolved */
    int layer;
    bool linked; /* a hard link: it counts at this path, whatever becomes of the other name
                  */
    bool gone;
    int gone_at;          /* the layer that took it away */
    struct live *same;    /* the next one at the same path, by another reader */
    struct since **since; /* of each of its packages; NULL: not looked up yet */
};

struct live_list {
    struct live **at;
    size_t len, cap;
};

struct stack {
    struct arena *a;
    const struct reader *const *readers;
    struct live_list live;
    struct map by_path; /* path -> struct live, chained by same */
    struct map hard;    /* path -> struct str target, of hard links so far */
    struct links links; /* symbolic links */
    struct map since;   /* package -> struct since, see attribute() */
    struct buf key;     /* one key of it */
    struct view *view;
    const struct reader *reader; /* that reader_of found last */
    struct str reader_name;
};

/* Files of one reader come in a row. */
static const struct reader *reader_of(struct stack *s, struct str name)
{
    if (s->reader && str_equal(s->reader_name, name))
        return s->reader;
    for (const struct reader *const *r = s->readers; *r; r++)
        if (str_equal(str_of((*r)->name), name)) {
            s->reader = *r;
            s->reader_name = name;
            return *r;
        }
    return NULL;
}

static struct str real_path(struct stack *s, struct str path)
{
    return links_real(s->a, &s->links, path);
}

/* ---- what a layer takes away ---- */

/* What a layer takes away, paths as they are in the layers below. */
struct taken {
    const struct facts *facts;
    struct map paths;  /* and everything under them */
    struct map opaque; /* everything under them */
    struct links *links;
    struct str dir; /* the folder asked about last: most have many neighbours */
    bool asked, dir_gone, dir_touched; /* something is written into it */
    struct str stays; /* the last one that is not gone, and so are those above it */
};

static void add_real(struct stack *s, struct map *set, const struct str_list *paths)
{
    for (size_t i = 0; i < paths->len; i++)
        *map_at(s->a, set, real_path(s, paths->at[i])) = s;
}

static bool is_in(struct str path, struct str dir)
{
    return !dir.n || (str_starts(path, dir) && (path.n == dir.n || path.p[dir.n] == '/'));
}

/* Everything in a folder is gone when the folder or one above it is. */
static bool folder_gone(struct taken *t, struct str folder)
{
    struct str dir = folder;

    for (; !t->stays.p || !is_in(t->stays, dir); dir = path_dir(dir)) {
        if (!links_spend(t->links, 1 + dir.n / 64))
            return false; /* image_view says so */
        if (map_get(&t->opaque, dir) || map_get(&t->paths, dir))
            return true;
        if (!dir.n)
            break;
        if (facts_has(t->facts, dir, false))
            return true;
    }
    t->stays = folder;
    return false;
}

/* Is path gone once the layer lies over it? */
static bool is_gone(struct taken *t, struct str path)
{
    struct str dir = path_dir(path);

    if (!t->asked || !str_equal(t->dir, dir)) {
        t->asked = true;
        t->dir = dir;
        t->dir_gone = folder_gone(t, dir);
        t->dir_touched = !dir.n || facts_has_inside(t->facts, dir);
    }
    return t->dir_gone || map_get(&t->paths, path) ||
           (t->dir_touched && facts_has_either(t->facts, path));
}

static void take_away(struct stack *s, const struct facts *f, int layer)
{
    struct taken t = {.facts = f, .links = &s->links};

    add_real(s, &t.paths, &f->whiteouts);
    add_real(s, &t.opaque, &f->opaques);
    for (size_t i = 0; i < s->live.len; i++) {
        struct live *l = s->live.at[i];

        if (l->gone || !is_gone(&t, l->at))
            continue;
        l->gone = true;
        l->gone_at = layer;
    }
    for (size_t i = 0; i < s->links.all.len; i++) {
        struct image_link *link = s->links.all.at[i];

        if (link->there && is_gone(&t, link->path))
            links_drop(&s->links, link);
    }
}

/* ---- what a layer brings ---- */

static void add_links(struct stack *s, const struct facts *f)
{
    for (size_t i = 0; f && i < f->links.len; i++) {
        const struct facts_link *link = &f->links.at[i];

        if (!link->hard)
            links_put(s->a, &s->links, real_path(s, link->path), link->target);
    }
}

static struct live *add_live(struct stack *s, struct facts_file *file, struct str at,
                             int layer)
{
    const struct reader *reader = reader_of(s, file->reader);
    struct live *l, **old;
    void **first;

    if (!reader)
        return NULL;
    first = map_at(s->a, &s->by_path, at);
    l = *first;
    for (old = &l; *old;) {
        if ((*old)->reader != reader) {
            old = &(*old)->same;
            continue;
        }
        /* written anew: nobody can mean the old bytes */
        (*old)->gone = true;
        *old = (*old)->same;
    }
    *first = l;
    l = arena_new(s->a, struct live);
    *l = (struct live){
        .reader = reader, .file = file, .at = at, .layer = layer, .same = *first};
    *first = l;
    *arena_push(s->a, &s->live) = l;
    return l;
}

/* Makes what is at `target`, or was when this layer began, be at `path`, too. */
static bool link_bytes(struct stack *s, struct str target, struct str path, int layer)
{
    struct live *found[8];
    size_t n = 0;

    for (struct live *l = map_get(&s->by_path, target); l; l = l->same)
        if (!l->gone && n < 8)
            found[n++] = l;
    for (struct live *l = n ? NULL : map_get(&s->by_path, target); l; l = l->same)
        if (l->gone && l->gone_at == layer && n < 8)
            found[n++] = l;
    for (size_t i = 0; i < n; i++) {
        struct live *l = add_live(s, found[i]->file, path, layer);

        if (l)
            l->linked = true;
    }
    return n > 0;
}

static bool is_live(const struct stack *s, const struct reader *reader, struct str at)
{
    for (const struct live *l = map_get(&s->by_path, at); l; l = l->same)
        if (!l->gone && l->reader == reader)
            return true;
    return false;
}

/* Others may have seen the bytes by another name. */
static bool all_saw(const struct stack *s, struct str name, struct str path)
{
    for (const struct reader *const *r = s->readers; *r; r++)
        if (wants_name(*r, name) && !is_live(s, *r, path))
            return false;
    return true;
}

enum { HOPS_MAX = 16 };

/* A hard link is one more name for bytes; that name may be a link itself. Bytes
 * that no reader saw are asked for. */
static void add_hard_link(struct stack *s, const struct facts_link *link, int layer)
{
    struct str path = real_path(s, link->path), target = link->target, real;
    const struct str *next;

    for (int hops = 0; hops < HOPS_MAX; hops++) {
        if (links_follow(s->a, &s->links, target, true, &real))
            target = real;
        if (str_equal(target, path))
            return;
        if (link_bytes(s, target, path, layer)) {
            if (all_saw(s, link->path, path))
                return;
            break;
        }
        next = map_get(&s->hard, target);
        if (!next)
            break;
        target = *next;
    }
    *arena_push(s->a, &s->view->wanted) = (struct remap){.at = target, .as = link->path};
}

static void add_hard_names(struct stack *s, const struct facts *f)
{
    for (size_t i = 0; f && i < f->links.len; i++)
        if (f->links.at[i].hard)
            *map_at(s->a, &s->hard, real_path(s, f->links.at[i].path)) =
                &f->links.at[i].target;
}

static void add_notes(struct stack *s, const struct note_list *notes, int layer)
{
    for (size_t i = 0; i < notes->len; i++) {
        struct note *note = arena_push(s->a, &s->view->notes);

        *note = notes->at[i];
        note->layer = layer;
    }
}

/* ---- which layer brought a package ---- */

/* A package is its layer's as long as every layer above still has it: taken
 * away and brought back, it belongs to the one that brought it back. */
struct since {
    int layer;
    int seen; /* the last layer at whose top it was there */
};

static struct since *since_of(struct stack *s, const struct live *l,
                              const struct package *p)
{
    struct str where = l->reader->database ? str_of(l->reader->name) : l->at;
    const struct str parts[] = {where, p->group, p->name, p->version, p->arch};
    void **at;

    s->key.len = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pack_str(&s->key, parts[i]);
    at = map_at_copy(s->a, &s->since, buf_view(&s->key));
    if (!*at)
        *at = arena_new(s->a, struct since);
    return *at;
}

/* The same file is asked about again at each layer above. */
static struct since **sinces_of(struct stack *s, struct live *l)
{
    const struct package_list *packages = &l->file->packages;

    if (!l->since) {
        l->since = arena_alloc(s->a, (packages->len + 1) * sizeof(void *), sizeof(void *));
        for (size_t i = 0; i < packages->len; i++)
            l->since[i] = since_of(s, l, &packages->at[i]);
    }
    return l->since;
}

/* What a second look found elsewhere is a package database only as long as the
 * path that a reader wants leads there; else it is just the bytes behind a hard
 * link. */
static bool counts(struct stack *s, const struct live *l)
{
    struct str real;

    if (l->gone || l->linked || str_equal(l->file->path, l->file->at))
        return !l->gone;
    if (links_follow(s->a, &s->links, l->file->path, true, &real) && str_equal(real, l->at))
        return true;
    /* a file in a folder that is read as another */
    return links_follow(s->a, &s->links, path_dir(l->file->path), true, &real) &&
           str_equal(real, path_dir(l->at)) &&
           str_equal(path_base(l->file->path), path_base(l->at));
}

static void attribute(struct stack *s, int layer)
{
    for (size_t i = 0; i < s->live.len; i++) {
        struct live *l = s->live.at[i];
        size_t packages = l->file->packages.len && counts(s, l) ? l->file->packages.len : 0;

        for (size_t j = 0; j < packages; j++) {
            struct since *since = sinces_of(s, l)[j];

            if (since->seen < layer) /* both count from 1 */
                since->layer = layer;
            since->seen = layer + 1;
        }
    }
}

/* ---- the whole ---- */

static void apply(struct stack *s, const struct facts *f, struct facts *more, int layer)
{
    take_away(s, f, layer);
    add_links(s, f);
    add_links(s, more);
    for (size_t i = 0; i < f->files.len; i++)
        add_live(s, &f->files.at[i], real_path(s, f->files.at[i].at), layer);
    for (size_t i = 0; more && i < more->files.len; i++)
        add_live(s, &more->files.at[i], real_path(s, more->files.at[i].at), layer);
    add_hard_names(s, f);
    add_hard_names(s, more);
    for (size_t i = 0; i < f->links.len; i++)
        if (f->links.at[i].hard)
            add_hard_link(s, &f->links.at[i], layer);
    add_notes(s, &f->notes, layer);
    s->view->entries += f->entries;
    s->view->bytes += f->bytes;
}

static bool wants_folder(const struct reader *reader, struct str path)
{
    for (const struct want *w = reader->wants; w->how != WANT_END; w++)
        if (w->how == WANT_UNDER && str_equal(str_of(w->path), path))
            return true;
    return false;
}

/* Wanted paths that links lead to where no reader looked. */
static void find_wanted(struct stack *s, const struct reader *reader)
{
    for (const struct want *w = reader->wants; w->how != WANT_END; w++) {
        struct str path = str_of(w->path), real;
        bool dir = w->how == WANT_UNDER;

        if ((w->how != WANT_PATH && !dir) ||
            !links_follow(s->a, &s->links, path, true, &real) || !real.n ||
            str_equal(real, path))
            continue;
        if (dir ? wants_folder(reader, real) : is_live(s, reader, real))
            continue;
        *arena_push(s->a, &s->view->wanted) =
            (struct remap){.at = real, .as = path, .dir = dir};
    }
}

/* Whether something on the way to path may be a link that was left out: a name that is
 * no folder. The second look keeps it, since it is on the way. */
static bool leads_on(const struct facts *f, struct str path)
{
    for (; f->links_left && path.n; path = path_dir(path))
        if (facts_has(f, path, false))
            return true;
    return false;
}

static bool may_have(const struct facts *f, const struct remap *r)
{
    return (r->dir ? facts_has_inside(f, r->at) : facts_has(f, r->at, false)) ||
           leads_on(f, r->at);
}

/* Nothing is looked for where no layer has anything. */
static void drop_absent(struct stack *s, struct facts *const *layers, size_t n)
{
    struct remap_list *wanted = &s->view->wanted;
    size_t kept = 0;

    for (size_t i = 0; i < wanted->len; i++) {
        const struct remap *r = &wanted->at[i];
        bool there = false, itself = false;

        for (size_t j = 0; j < n && !there; j++) {
            there = layers[j] && may_have(layers[j], r);
            itself |= layers[j] && facts_has(layers[j], r->as, false);
        }
        if (there)
            wanted->at[kept++] = *r;
        else if (itself)
            note_add(s->a, &s->view->notes, NOTE_INFO, r->as,
                     "a link to " STR_FMT ", which no layer has", STR_ARG(r->at))
                ->layer = -1;
    }
    wanted->len = kept;
}

/* Of a package that is called as the file's folder, under each of the file's names. */
static bool tells_by_path(const struct facts_file *file)
{
    return file->owned.len && !file->owned.at[0].name.n;
}

static void take_live(struct stack *s, struct live *l)
{
    struct view *v = s->view;

    for (size_t i = 0; i < l->file->packages.len; i++) {
        struct package *p = arena_push(s->a, &v->packages);
        const struct since *since;

        *p = l->file->packages.at[i];
        since = sinces_of(s, l)[i];
        p->layer = since->layer ? since->layer - 1 : l->layer;
        p->declared = l->reader->source;
    }
    for (size_t i = 0; i < l->file->owned.len; i++) {
        struct owned *o = arena_push(s->a, &v->owned);

        *o = l->file->owned.at[i];
        o->at = l->at;
        o->layer = l->layer;
    }
    if (l->reader->listed)
        *arena_push(s->a, &v->listed) =
            (struct listed){l->at, l->file->at, l->layer, l->file->unread};
    if (l->file->keep)
        *arena_push(s->a, &v->kept) = (struct kept){l->file->path, l->file->kept, l->layer};
    add_notes(s, &l->file->notes, l->layer);
    if (!tells_by_path(l->file))
        l->file->reader = (struct str){0}; /* told: under its other names it is no news */
}

/* "lib", or "usr/lib64" */
static bool is_near(struct str path)
{
    struct str first, rest, more;

    str_cut(path, '/', &first, &rest);
    return !str_cut(rest, '/', &first, &more);
}

/* Links near the root are where the same file has two names: lib -> usr/lib. */
static void list_folder_links(struct stack *s)
{
    for (size_t i = 0; i < s->links.all.len; i++) {
        const struct image_link *link = s->links.all.at[i];
        struct folder_link *to;
        struct str real;

        if (!link->there || !is_near(link->path) ||
            !links_follow(s->a, &s->links, link->path, true, &real) || !real.n)
            continue;
        to = arena_push(s->a, &s->view->folder_links);
        *to = (struct folder_link){.path = str_copy(s->a, link->path), .real = real};
    }
}

/* "usr/share/doc/libgcc-s1" leads to "gcc-12-base": the file in it has another name. */
static void list_in_links(struct stack *s, const struct reader *reader,
                          const struct want *w)
{
    for (size_t i = 0; i < s->links.all.len; i++) {
        const struct image_link *link = s->links.all.at[i];
        struct str path = link->path, real;

        if (!link->there)
            continue;
        if (str_equal(path_dir(path), str_of(w->path)))
            path = path_join(s->a, path, str_of(w->suffix));
        else if (!wants_this(w, path))
            continue;
        if (links_follow(s->a, &s->links, path, true, &real) && is_live(s, reader, real))
            *arena_push(s->a, &s->view->in_links) =
                (struct folder_link){.path = path, .real = real};
    }
}

static void list_links(struct stack *s)
{
    list_folder_links(s);
    for (const struct reader *const *r = s->readers; *r; r++)
        for (const struct want *w = (*r)->wants; w->how != WANT_END; w++)
            if (w->how == WANT_IN)
                list_in_links(s, *r, w);
}

/* A layer that is there twice is unpacked once: i is one of all. */
static struct facts *unpack(struct stack *s, const struct str *all, struct facts **done,
                            size_t i)
{
    struct str bytes = all[i];
    struct facts *f;
    struct err err = {0};

    for (size_t j = 0; j < i; j++)
        if (all[j].p == bytes.p && all[j].n == bytes.n)
            return done[j];
    f = arena_new(s->a, struct facts);
    if (facts_unpack(s->a, bytes, f, &err) == 0)
        return f;
    note_add(s->a, &s->view->notes, NOTE_UNREAD, (struct str){0}, "%s", err.text)->layer =
        (int)i;
    return NULL;
}

void image_view(struct arena *a, const struct reader *const *readers,
                const struct str *facts, const struct str *more, size_t n, struct view *out)
{
    struct stack s = {.a = a, .readers = readers, .view = out};
    struct facts **layers = arena_alloc(a, (n + 1) * sizeof(void *), sizeof(void *));
    struct facts **again = arena_alloc(a, (n + 1) * sizeof(void *), sizeof(void *));

    *out = (struct view){0};
    for (size_t i = 0; i < n; i++) {
        layers[i] = unpack(&s, facts, layers, i);
        again[i] = more ? unpack(&s, more, again, i) : NULL;
        if (layers[i])
            apply(&s, layers[i], again[i], (int)i);
        attribute(&s, (int)i + 1);
    }
    for (const struct reader *const *r = readers; *r; r++)
        find_wanted(&s, *r);
    list_links(&s);
    if (!links_spend(&s.links, 0))
        note_add(a, &out->notes, NOTE_UNREAD, (struct str){0},
                 "its links were not followed to the end: more than %" PRIu64
                 " steps (limit steps)",
                 budget_layer.steps)
            ->layer = -1;
    drop_absent(&s, layers, n);
    for (size_t i = 0; i < s.live.len; i++)
        if (counts(&s, s.live.at[i]) && s.live.at[i]->file->reader.n)
            take_live(&s, s.live.at[i]);
    buf_done(&s.key);
}
