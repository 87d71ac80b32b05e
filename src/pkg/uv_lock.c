/* uv.lock, TOML: a [[package]] each; the project and members of its workspace among them,
 * with what they ask for themselves:
 *     name = "shop"
 *     version = "0.1.0"
 *     source = { editable = "." }            # or virtual; of others { registry = "..." }
 *     dependencies = [{ name = "requests", extra = ["socks"] }]
 *     [package.optional-dependencies]
 *     fast = [{ name = "orjson" }]
 *     [package.dev-dependencies]
 *     dev = [{ name = "pytest" }]
 * A version stands in a dependency where there are several of that name. Members are listed
 * under [manifest] when there is more than the project.
 * docs.astral.sh/uv/concepts/projects/ layout; nothing that we can run here writes it. */
#include "base/own.h"
#include "pkg/pypi.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "uv.lock"},
    {0},
};

static int uv_lock_read(struct read *in, struct err *err);

const struct reader pkg_uv_lock = {
    .name = "uv_lock",
    .title = "uv: uv.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = uv_lock_read,
};

/* For what a package is there: what counts most comes first. */
enum reach { REACH_NOT, REACH_ALWAYS, REACH_OPTIONAL, REACH_DEV };

struct node {
    struct json entry;
    bool own; /* the project or a member */
    bool direct;
    enum reach reach;
};

struct lock {
    struct read *in;
    struct {
        struct node *at;
        size_t len, cap;
    } nodes;
    struct map keys; /* "attrs", "attrs==23.1.0" -> place in nodes, + 1 */
    struct {
        size_t *at;
        size_t len, cap;
    } queue;
    struct loose loose;
};

static struct str key_of(struct arena *a, struct json entry, bool version)
{
    struct str name = pypi_key(a, json_get_str(entry, S("name")));
    struct str exact = json_get_str(entry, S("version"));

    if (!version || !exact.n)
        return name;
    return str_printf(a, STR_FMT "==" STR_FMT, STR_ARG(name), STR_ARG(exact));
}

static struct node *find(struct lock *lock, struct json dependency)
{
    struct arena *a = lock->in->a;
    void *at = map_get(&lock->keys, key_of(a, dependency, true));

    if (!at)
        at = map_get(&lock->keys, key_of(a, dependency, false));
    return at ? &lock->nodes.at[(size_t)(uintptr_t)at - 1] : NULL;
}

/* ---- which packages there are ---- */

static bool is_project(struct json entry)
{
    struct json source = json_get(entry, S("source"));

    return str_equal(json_get_str(source, S("editable")), S(".")) ||
           str_equal(json_get_str(source, S("virtual")), S("."));
}

static void claim(struct lock *lock, struct str key)
{
    void **at = map_at(lock->in->a, &lock->keys, key);

    if (!*at)
        *at = (void *)(uintptr_t)lock->nodes.len;
}

static void gather(struct lock *lock, struct json root)
{
    struct arena *a = lock->in->a;
    struct json entry, members = json_get(json_get(root, S("manifest")), S("members"));
    struct map named = {0};

    for (struct json_each e = json_each(members); json_next(&e, NULL, &entry);)
        *map_at(a, &named, pypi_key(a, json_str(entry))) = lock;
    for (struct json_each e = json_each(json_get(root, S("package")));
         json_next(&e, NULL, &entry);) {
        bool own = is_project(entry) || map_get(&named, key_of(a, entry, false));

        *arena_push(a, &lock->nodes) = (struct node){.entry = entry, .own = own};
        claim(lock, key_of(a, entry, true));
        claim(lock, key_of(a, entry, false));
    }
}

/* ---- what for ---- */

static void reach_one(struct lock *lock, struct json dependency, enum reach how,
                      bool direct)
{
    struct node *node = find(lock, dependency);

    if (!node)
        return;
    node->direct |= direct;
    if (node->reach)
        return;
    node->reach = how;
    *arena_push(lock->in->a, &lock->queue) = (size_t)(node - lock->nodes.at);
}

static void reach_all(struct lock *lock, struct json list, enum reach how, bool direct)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        reach_one(lock, one, how, direct);
}

/* { dev = [...], docs = [...] } */
static void reach_groups(struct lock *lock, struct json groups, enum reach how, bool direct)
{
    struct json list;

    for (struct json_each e = json_each(groups); json_next(&e, NULL, &list);)
        reach_all(lock, list, how, direct);
}

/* Further down, everything of the same kind. A lock file has only those extras of others
 * that somebody wants; those of members are for whoever uses them. */
static void follow(struct lock *lock, enum reach how)
{
    while (lock->queue.len) {
        struct node *node = &lock->nodes.at[lock->queue.at[--lock->queue.len]];

        reach_all(lock, json_get(node->entry, S("dependencies")), how, node->own);
        if (!node->own)
            reach_groups(lock, json_get(node->entry, S("optional-dependencies")), how,
                         false);
    }
}

static void reach_own(struct lock *lock, struct str what, enum reach how)
{
    for (size_t i = 0; i < lock->nodes.len; i++)
        if (lock->nodes.at[i].own)
            reach_groups(lock, json_get(lock->nodes.at[i].entry, what), how, true);
}

/* A workspace without a project of its own has its groups under [manifest]. */
static void reach_everything(struct lock *lock, struct json manifest)
{
    for (size_t i = 0; i < lock->nodes.len; i++)
        if (lock->nodes.at[i].own)
            reach_all(lock, json_get(lock->nodes.at[i].entry, S("dependencies")),
                      REACH_ALWAYS, true);
    reach_all(lock, json_get(manifest, S("requirements")), REACH_ALWAYS, true);
    follow(lock, REACH_ALWAYS);
    reach_own(lock, S("optional-dependencies"), REACH_OPTIONAL);
    follow(lock, REACH_OPTIONAL);
    reach_own(lock, S("dev-dependencies"), REACH_DEV);
    reach_groups(lock, json_get(manifest, S("dependency-groups")), REACH_DEV, true);
    follow(lock, REACH_DEV);
}

/* ---- records ---- */

static void add_needs(struct arena *a, struct buf *needs, struct json list)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        pypi_entry_need(a, needs, one);
}

static void tell(struct lock *lock, const struct node *node)
{
    struct arena *a = lock->in->a;
    struct json extras = json_get(node->entry, S("optional-dependencies")), list;
    struct package *p = node->own ? NULL : pypi_entry(lock->in, node->entry, &lock->loose);
    own(buf) needs = {0};

    if (!p)
        return;
    add_needs(a, &needs, json_get(node->entry, S("dependencies")));
    for (struct json_each e = json_each(extras); json_next(&e, NULL, &list);)
        add_needs(a, &needs, list);
    p->needs = buf_keep(a, &needs);
    p->direct = node->direct;
    p->dev = node->reach == REACH_DEV;
    p->optional = node->reach == REACH_OPTIONAL;
}

static int uv_lock_read(struct read *in, struct err *err)
{
    struct lock lock = {.in = in};
    struct json root;
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    gather(&lock, root);
    reach_everything(&lock, json_get(root, S("manifest")));
    for (size_t i = 0; i < lock.nodes.len; i++)
        tell(&lock, &lock.nodes.at[i]);
    loose_note(in, &lock.loose);
    read_note_cut(in, 0);
    return 0;
}
