#include "image/wants.h"

#include "model/path.h"

static void add(struct arena *a, struct map *m, struct str key, struct wanted_by by)
{
    void **at = map_at(a, m, key);

    by.next = *at;
    *at = arena_new(a, struct wanted_by);
    *(struct wanted_by *)*at = by;
}

static void add_above(struct arena *a, struct wants *w, struct str path)
{
    for (struct str dir = path; dir.n; dir = path_dir(dir))
        *map_at(a, &w->above, dir) = w;
}

static void add_want(struct arena *a, struct wants *w, struct wanted_by by)
{
    struct str path = str_of(by.want->path);

    switch (by.want->how) {
    case WANT_PATH:
        by.as = path;
        add(a, &w->paths, path, by);
        if (by.want->suffix) {
            by.beside = true;
            add(a, &w->paths, str_printf(a, "%s%s", by.want->path, by.want->suffix), by);
        }
        break;
    case WANT_UNDER:
        add(a, &w->dirs, path, by);
        break;
    case WANT_IN:
        add(a, &w->inner, path, by);
        break;
    case WANT_NAME:
        add(a, &w->names, path, by);
        return; /* may be anywhere: no folder is special */
    case WANT_TAIL:
        add(a, &w->tails, path, by);
        return;
    case WANT_MAGIC:
        by.next = w->magic;
        w->magic = arena_new(a, struct wanted_by);
        *w->magic = by;
        return;
    case WANT_FOLDER:
        by.next = w->folders;
        w->folders = arena_new(a, struct wanted_by);
        *w->folders = by;
        return;
    case WANT_END:
        return;
    }
    add_above(a, w, path);
}

/* A second look: each remap stands for the wants of the path it is read as. */
static void make_remapped(struct arena *a, struct wants *all,
                          const struct remap_list *remaps, struct wants *out)
{
    for (size_t i = 0; i < remaps->len; i++) {
        const struct remap *r = &remaps->at[i];

        if (r->program) {
            *map_at(a, &out->programs, r->at) = out;
            out->magic = all->magic;
            continue;
        }
        if (r->dir) {
            for (struct wanted_by *by = map_get(&all->dirs, r->as); by; by = by->next) {
                struct wanted_by one = *by;

                one.as = r->as;
                add(a, &out->dirs, r->at, one);
            }
            add_above(a, out, r->at);
            continue;
        }
        for (struct wanted_by *by = wants_find(all, a, r->as); by; by = by->next) {
            struct wanted_by one = *by;

            one.exact = true;
            add(a, &out->paths, r->at, one);
            add_above(a, out, r->at);
            if (!by->want->suffix || by->beside)
                continue;
            one.beside = true;
            add(a, &out->paths,
                str_printf(a, STR_FMT "%s", STR_ARG(r->at), by->want->suffix), one);
        }
    }
}

void wants_make(struct arena *a, const struct look *look, struct wants *out)
{
    struct wants all = {0};

    for (const struct reader *const *r = look->readers; *r; r++)
        for (const struct want *want = (*r)->wants; want->how != WANT_END; want++)
            add_want(a, &all, (struct wanted_by){.reader = *r, .want = want});
    *out = all;
    if (!look->remaps)
        return;
    *out = (struct wants){.again = true};
    make_remapped(a, &all, look->remaps, out);
    wants_done(&all);
}

static bool is_called(const struct want *w, struct str base)
{
    switch (w->how) {
    case WANT_UNDER:
        return str_ends(base, str_of(w->suffix));
    case WANT_IN:
        return str_equal(base, str_of(w->suffix));
    default:
        return true;
    }
}

static void take_from(struct arena *a, const struct wanted_by *from, struct str path,
                      struct str base, struct wanted_by **out)
{
    for (; from; from = from->next) {
        struct wanted_by *by;

        if (!from->exact &&
            (!is_called(from->want, base) || (from->want->only && !from->want->only(path))))
            continue;
        by = arena_new(a, struct wanted_by);
        *by = *from;
        if (from->want->how == WANT_UNDER && !from->exact)
            by->as = from->as.n ? path_join(a, from->as, base) : path;
        else if (!by->as.n)
            by->as = path;
        by->next = *out;
        *out = by;
    }
}

/* "app.deps.json" ends in ".json" and in ".deps.json"; more than that nobody asks for. */
static void take_tails(const struct wants *w, struct arena *a, struct str path,
                       struct str base, struct wanted_by **out)
{
    size_t points = 0;

    for (size_t i = w->tails.len ? base.n : 0; i-- > 0 && points < 2;) {
        if (base.p[i] != '.')
            continue;
        points++;
        take_from(a, map_get(&w->tails, str_from(base, i)), path, base, out);
    }
}

bool wants_same_folder(const struct wants *w, struct str dir)
{
    return w->dir.at && str_equal(buf_view(&w->dir), dir);
}

static void ask_folder(struct wants *w, struct str dir)
{
    if (wants_same_folder(w, dir))
        return;
    w->dir.len = 0;
    buf_reserve(&w->dir, dir.n + 1);
    buf_str(&w->dir, dir);
    w->near = !dir.n || map_get(&w->above, dir);
    w->dir_wanted = map_get(&w->dirs, dir);
    w->in_wanted = map_get(&w->inner, path_dir(dir));
}

struct wanted_by *wants_find(struct wants *w, struct arena *a, struct str path)
{
    struct str dir, base;
    struct wanted_by *found = NULL;

    str_cut_last(path, '/', &dir, &base);
    ask_folder(w, dir);
    if (w->near)
        take_from(a, map_get(&w->paths, path), path, base, &found);
    take_from(a, w->dir_wanted, path, base, &found);
    take_from(a, w->in_wanted, path, base, &found);
    take_from(a, map_get(&w->names, base), path, base, &found);
    take_tails(w, a, path, base, &found);
    return found;
}

/* "usr/lib/x86_64-linux-gnu/libz.so.1", "lib64/libm.so.6"; not "usr/local/lib/libz.so.1",
 * and not where pip, npm and gem put things. */
static bool is_of_distro(struct str path)
{
    static const char *const folders[] = {"lib", "lib32", "lib64", "libx32", "libexec"};
    static const char *const others[] = {"/site-packages/", "/node_modules/", "/gems/"};
    struct str first, rest;

    if (str_starts(path, S("usr/")))
        path = str_from(path, 4);
    if (!str_cut(path, '/', &first, &rest))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_find(path, str_of(others[i])) >= 0)
            return false;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (str_equal(first, str_of(folders[i])))
            return true;
    return false;
}

enum wants_when wants_when(const struct wants *w, struct str path)
{
    if (!w->magic)
        return WANTS_NEVER;
    if (w->again)
        return map_get(&w->programs, path) ? WANTS_NOW : WANTS_NEVER;
    return is_of_distro(path) ? WANTS_LATER : WANTS_NOW;
}

struct wanted_by *wants_content(const struct wants *w, struct arena *a, struct str path,
                                struct str head, struct wanted_by *found)
{
    for (struct wanted_by *m = w->magic; m; m = m->next) {
        struct wanted_by *by;

        if (!str_starts(head, str_of(m->want->path)) ||
            (m->want->only && !m->want->only(path)))
            continue;
        by = arena_new(a, struct wanted_by);
        *by = *m;
        by->as = path;
        by->next = found;
        found = by;
    }
    return found;
}

struct str wants_folder_at(const struct wanted_by *by, struct str path, bool is_dir)
{
    struct str parent = str_of(by->want->path), slash, name, rest;

    if (!str_starts(path, parent) ||
        !str_cut(str_from(path, parent.n), '/', &slash, &rest) || slash.n)
        return (struct str){0};
    is_dir |= str_cut(rest, '/', &name, &rest);
    path.n = parent.n + 1 + name.n;
    return is_dir ? path : (struct str){0};
}

static bool is_named(const struct want *w, struct str path)
{
    struct str name = str_of(w->path);

    switch (w->how) {
    case WANT_PATH:
        return str_equal(path, name);
    case WANT_UNDER:
        return str_equal(path_dir(path), name) && str_ends(path, str_of(w->suffix));
    case WANT_IN:
        return str_equal(path_base(path), str_of(w->suffix)) &&
               str_equal(path_dir(path_dir(path)), name);
    case WANT_NAME:
        return str_equal(path_base(path), name);
    case WANT_TAIL:
        return str_ends(path, name);
    default:
        return false;
    }
}

bool wants_this(const struct want *w, struct str path)
{
    return is_named(w, path) && (!w->only || w->only(path));
}

bool wants_name(const struct reader *reader, struct str path)
{
    for (const struct want *w = reader->wants; w->how != WANT_END; w++)
        if (wants_this(w, path))
            return true;
    return false;
}

bool wanted_there(const struct wanted_by *by)
{
    for (; by; by = by->next)
        if (by->want->how == WANT_PATH || by->want->how == WANT_UNDER ||
            by->want->how == WANT_IN)
            return true;
    return false;
}

void wants_done(struct wants *w)
{
    buf_done(&w->dir);
}

bool wants_above(const struct wants *w, struct str path)
{
    return map_get(&w->above, path) != NULL;
}
