/* The database of a Nix store, /nix/var/nix/db/db.sqlite. Two of its tables count:
 *
 *     ValidPaths (id integer primary key, path text, ...)     "/nix/store/HASH-bash-5.2"
 *     Refs (referrer integer, reference integer)              both are ids
 *
 * What a path refers to is what it needs to run: Nix looks for hashes of other paths in its
 * files. A path that is no package (a wrapper, an environment, the unit of a service) hands
 * on what it refers to itself. Schema after schema.sql of Nix. */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/nix_store.h"
#include "pkg/nix.h"
#include "pkg/sqlite.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    NONE = -1,
    WALK = 16, /* steps through paths that are no packages, against all references */
};

struct path {
    int64_t id;
    ptrdiff_t package; /* its place in the list, or NONE */
    size_t first;      /* of its references */
    ptrdiff_t seen_by; /* the package asked about last that led here */
};

struct ref {
    size_t from, to; /* places of paths */
};

struct store {
    struct read *in;
    struct arena a; /* until everything is read */
    struct sqlite db;
    struct map packages; /* "openssl-3.0.13" -> place in the list + 1 */
    struct {
        struct path *at;
        size_t len, cap;
    } paths;
    struct {
        struct ref *at;
        size_t len, cap;
    } refs;
    size_t
        *stack; /* paths that are no packages and whose references are still to be seen */
    size_t steps;
};

static void store_done(struct store *s)
{
    sqlite_done(&s->db);
    arena_done(&s->a);
}

/* ---- paths ---- */

/* "nix/store/HASH-openssl-3.0.13-bin": the package openssl-3.0.13, once. */
static ptrdiff_t package_of(struct store *s, struct str path)
{
    struct nix_store parts;
    struct str key;
    void **at;

    if (!nix_store_parse(path, &parts))
        return NONE;
    key = (struct str){parts.name.p, parts.name.n + 1 + parts.version.n};
    at = map_at_copy(&s->a, &s->packages, key);
    if (!*at) {
        nix_store_parse(str_copy(s->in->a, parts.path), &parts);
        nix_add(s->in, &parts);
        *at = (void *)s->in->packages.len;
    }
    return (ptrdiff_t)(uintptr_t)*at - 1;
}

static int by_id(const void *a, const void *b)
{
    const struct path *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

static int read_paths(struct store *s, struct err *err)
{
    static const char query[] = "SELECT id, path FROM main.ValidPaths NOT INDEXED";
    size_t left = s->in->bytes.n + s->in->beside.n; /* of their bytes */
    int r = sqlite_ask(&s->db, "ValidPaths", query, err);

    while (r >= 0 && (r = sqlite_next(&s->db, err)) > 0) {
        struct str path = sqlite_bytes(&s->db, 1);

        if (path.n > left)
            return err_set(err, ERR_LIMIT, "its paths take more than the whole database");
        left -= path.n;
        *arena_push(&s->a, &s->paths) =
            (struct path){.id = sqlite_number(&s->db, 0),
                          .package = package_of(s, str_from(path, 1)),
                          .seen_by = NONE};
    }
    if (s->paths.len)
        qsort(s->paths.at, s->paths.len, sizeof *s->paths.at, by_id);
    return r;
}

/* ---- references ---- */

static bool find(const struct store *s, int64_t id, size_t *at)
{
    const struct path key = {.id = id}, *found = NULL;

    if (s->paths.len)
        found = bsearch(&key, s->paths.at, s->paths.len, sizeof key, by_id);
    if (found)
        *at = (size_t)(found - s->paths.at);
    return found != NULL;
}

static int by_place(const void *a, const void *b)
{
    const struct ref *x = a, *y = b;

    if (x->from != y->from)
        return (x->from > y->from) - (x->from < y->from);
    return (x->to > y->to) - (x->to < y->to);
}

static int read_refs(struct store *s, struct err *err)
{
    static const char query[] = "SELECT referrer, reference FROM main.Refs NOT INDEXED";
    int r = sqlite_ask(&s->db, "Refs", query, err);

    while (r >= 0 && (r = sqlite_next(&s->db, err)) > 0) {
        struct ref ref;

        if (find(s, sqlite_number(&s->db, 0), &ref.from) &&
            find(s, sqlite_number(&s->db, 1), &ref.to) && ref.from != ref.to)
            *arena_push(&s->a, &s->refs) = ref;
    }
    if (s->refs.len)
        qsort(s->refs.at, s->refs.len, sizeof *s->refs.at, by_place);
    for (size_t i = 0, ref = 0; i < s->paths.len; i++) {
        s->paths.at[i].first = ref;
        while (ref < s->refs.len && s->refs.at[ref].from == i)
            ref++;
    }
    return r;
}

/* ---- what packages need ---- */

static void add_key(struct buf *keys, int64_t id)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%" PRId64, id);

    needs_add(keys, (struct str){text, (size_t)n});
}

/* What path `at` refers to; the stack grows by those that are no packages. */
static void add_refs(struct store *s, size_t at, ptrdiff_t package, size_t *depth,
                     struct buf *needs)
{
    for (size_t i = s->paths.at[at].first;
         i < s->refs.len && s->refs.at[i].from == at && s->steps; i++, s->steps--) {
        struct path *to = &s->paths.at[s->refs.at[i].to];

        if (to->seen_by == package)
            continue;
        to->seen_by = package;
        if (to->package == NONE)
            s->stack[(*depth)++] = s->refs.at[i].to;
        else if (to->package != package)
            add_key(needs, to->id);
    }
}

/* Of one package: its outputs are at[0] to at[len - 1]. */
static void tell(struct store *s, ptrdiff_t package, const size_t *at, size_t len)
{
    struct package *p = &s->in->packages.at[package];
    own(buf) needs = {0}, keys = {0};
    size_t depth = 0;

    for (size_t i = 0; i < len; i++) {
        add_key(&keys, s->paths.at[at[i]].id);
        add_refs(s, at[i], package, &depth, &needs);
    }
    while (depth)
        add_refs(s, s->stack[--depth], package, &depth, &needs);
    p->provides = buf_keep(s->in->a, &keys);
    p->needs = buf_keep(s->in->a, &needs);
}

/* Paths by package, as counting sorts them. */
static void tell_all(struct store *s)
{
    size_t packages = s->in->packages.len;
    size_t *begin = arena_alloc(&s->a, (packages + 2) * sizeof *begin, sizeof *begin);
    size_t *of = arena_alloc(&s->a, (s->paths.len + 1) * sizeof *of, sizeof *of);

    s->stack = arena_alloc(&s->a, (s->paths.len + 1) * sizeof *of, sizeof *of);
    s->steps = WALK * (s->refs.len + 1);
    for (size_t i = 0; i < s->paths.len; i++)
        if (s->paths.at[i].package != NONE)
            begin[s->paths.at[i].package + 2]++;
    for (size_t i = 2; i < packages + 2; i++)
        begin[i] += begin[i - 1];
    for (size_t i = 0; i < s->paths.len; i++)
        if (s->paths.at[i].package != NONE)
            of[begin[s->paths.at[i].package + 1]++] = i;
    for (size_t i = 0; i < packages; i++)
        tell(s, (ptrdiff_t)i, of + begin[i], begin[i + 1] - begin[i]);
    if (!s->steps)
        note_add(s->in->a, &s->in->notes, NOTE_INFO, s->in->path,
                 "paths that are no packages refer to one another without end: what needs "
                 "what is not known of all");
}

int nix_database(struct read *in, struct err *err)
{
    own(store) s = {.in = in};
    int r = sqlite_open(&s.db, in, err);

    if (r == 0)
        r = read_paths(&s, err);
    if (r == 0)
        r = read_refs(&s, err);
    tell_all(&s);
    return r;
}
