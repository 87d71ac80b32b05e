#include "image/links.h"

#include "base/buf.h"
#include "base/own.h"
#include "io/budget.h"
#include "model/path.h"

#include <string.h>

/* ---- the tree ---- */

enum { ID = sizeof(uint64_t) };

/* The id of what is above and the name, in one piece. */
static struct str key_of(struct buf *b, const struct image_link *up, struct str name)
{
    uint64_t id = up ? up->id : 0;

    b->len = 0;
    buf_add(b, &id, ID);
    buf_str(b, name);
    return buf_view(b);
}

static struct image_link *enter(struct arena *a, struct links *l, struct image_link *at,
                                struct str name, struct buf *key)
{
    void **place = map_at_copy(a, &l->names, key_of(key, at, name));

    if (!*place) {
        struct image_link *new = arena_new(a, struct image_link);

        *new = (struct image_link){.up = at, .id = ++l->ids};
        *place = new;
    }
    return *place;
}

static struct image_link *enter_all(struct arena *a, struct links *l, struct str path,
                                    struct buf *key)
{
    struct image_link *at = NULL;
    struct str name;

    while (path.n) {
        str_cut(path, '/', &name, &path);
        at = enter(a, l, at, name, key);
    }
    return at;
}

void links_put(struct arena *a, struct links *l, struct str path, struct str target)
{
    own(buf) key = {0};
    struct str dir = path_dir(path);
    struct image_link *at;

    if (!path.n)
        return;
    if (!l->put.at || !str_equal(l->put.dir, dir)) {
        l->put.at = enter_all(a, l, dir, &key);
        l->put.dir = str_copy(a, dir);
    }
    at = enter(a, l, l->put.at, path_base(path), &key);
    if (str_starts(l->last.dir, path))
        l->last.known = false;
    if (!at->path.n) {
        at->path = str_copy(a, path);
        *arena_push(a, &l->all) = at;
    }
    at->target = target;
    at->there = true;
}

bool links_spend(struct links *l, uint64_t n)
{
    l->steps += n;
    return l->steps <= budget_layer.steps;
}

/* ---- following ---- */

/* How far it has come: `done` is the path so far, `at` its place in the tree, or that
 * of its first names, with `beyond` more of them that no link lies under. */
struct way {
    struct links *l;
    struct buf done, key;
    struct image_link *at;
    uint64_t beyond;
    struct str rest; /* what is to come; behind it what stood behind links */
    struct {
        struct str *at;
        size_t len, cap;
    } behind;
    struct arena a;
};

static bool next_name(struct way *w, struct str *name)
{
    while (!w->rest.n && w->behind.len)
        w->rest = w->behind.at[--w->behind.len];
    if (!w->rest.n)
        return false;
    str_cut(w->rest, '/', name, &w->rest);
    return true;
}

static void go_up(struct way *w)
{
    struct str done = path_dir(buf_view(&w->done));

    w->done.len = done.n;
    if (w->beyond)
        w->beyond--;
    else if (w->at)
        w->at = w->at->up;
}

static struct image_link *go_down(struct way *w, struct str name)
{
    struct image_link *found =
        w->beyond ? NULL : map_get(&w->l->names, key_of(&w->key, w->at, name));

    if (w->done.len)
        buf_char(&w->done, '/');
    buf_str(&w->done, name);
    if (found)
        w->at = found;
    else
        w->beyond++;
    return found;
}

static void go_along(struct way *w, const struct image_link *link)
{
    go_up(w);
    if (str_starts(link->target, S("/"))) {
        w->done.len = 0;
        w->at = NULL;
        w->beyond = 0;
    }
    if (w->rest.n)
        *arena_push(&w->a, &w->behind) = w->rest;
    w->rest = link->target;
}

static bool follow(struct way *w, bool last)
{
    uint64_t hops = 0;
    struct str name;

    while (next_name(w, &name)) {
        const struct image_link *link;

        if (!links_spend(w->l, 1))
            return false;
        if (name.n == 0 || str_equal(name, S(".")))
            continue;
        if (str_equal(name, S(".."))) {
            go_up(w);
            continue;
        }
        link = go_down(w, name);
        if (!link || !link->there || (!w->rest.n && !w->behind.len && !last))
            continue;
        if (++hops > budget_layer.hops)
            return false;
        go_along(w, link);
    }
    return true;
}

bool links_follow(struct arena *a, struct links *l, struct str path, bool last,
                  struct str *out)
{
    struct way way = {.l = l, .rest = path};
    bool found = follow(&way, last);
    struct str done = buf_view(&way.done);

    if (found)
        *out = str_equal(done, path) ? path : str_copy(a, done);
    buf_done(&way.done);
    buf_done(&way.key);
    arena_done(&way.a);
    return found;
}

struct str links_real(struct arena *a, struct links *l, struct str path)
{
    struct str dir = path_dir(path), base = path_base(path), real;

    if (!base.n || str_equal(base, S(".")) || str_equal(base, S("..")))
        return links_follow(a, l, path, false, &real) ? real : path;
    if (!l->last.known || !str_equal(l->last.dir, dir)) {
        l->last.dir = str_copy(a, dir);
        l->last.found = links_follow(a, l, l->last.dir, true, &l->last.real);
        l->last.known = true;
    }
    if (!l->last.found || str_equal(l->last.real, dir))
        return path;
    return path_join(a, l->last.real, base);
}

void links_drop(struct links *l, struct image_link *link)
{
    link->there = false;
    l->last.known = false;
}
