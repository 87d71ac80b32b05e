/* bun.lock, JSON with commas at the ends of lists. "workspaces" tells the project and its
 * members as their package.json does; "packages" what was chosen, under the way to it
 * through node_modules:
 *     "debug": ["debug@2.6.9", "", {"dependencies": {"ms": "2.0.0"}}, "sha512-..."],
 *     "debug/ms": ["ms@2.0.0", "", {}, "sha512-..."],
 *     "a": ["a@workspace:packages/a"]
 * bun.lockb, its older form, is not text; bun install --save-text-lockfile makes this one
 * of it. https://bun.com/docs/pm/lockfile; bun pm ls --all is the reference. */
#include "base/err.h"
#include "base/own.h"
#include "pkg/js.h"

#include <inttypes.h>

static int bun_lock_read(struct read *in, struct err *err);

static const struct want wants[] = {
    {WANT_NAME, "bun.lock", NULL, js_is_project},
    {WANT_NAME, "bun.lockb", NULL, js_is_project},
    {0},
};

const struct reader pkg_bun_lock = {
    .name = "bun_lock",
    .title = "Bun: bun.lock",
    .checked = "bun pm ls",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = bun_lock_read,
};

/* "debug/ms", "@types/node/undici-types" */
static struct js_place *place_of(struct js_lock *lock, struct js_place *top, struct str way)
{
    struct js_place *at = top;

    while (at && way.n)
        at = js_place_in(lock->in->a, at, js_cut_name(&way));
    return at;
}

static struct json item(struct json list, enum json_kind kind)
{
    struct json one;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        if (json_kind(one) == kind)
            return one;
    return (struct json){0};
}

static void take_entry(struct js_lock *lock, struct js_place *place, struct json entry)
{
    struct js_node *node;
    struct str version, name;

    js_split(json_str(item(entry, JSON_STRING)), &name, &version);
    if (str_starts(version, S("workspace:")))
        return; /* told as a member */
    node = js_node_again(lock, place->node);
    *node = (struct js_node){
        .key = node->key,
        .line = json_line(entry),
        .name = name,
        .value = item(entry, JSON_MAP),
        .place = place,
    };
    if (js_is_version(version))
        node->version = version;
    place->node = node;
}

static void take_packages(struct js_lock *lock, struct js_place *top, struct json packages)
{
    struct read *in = lock->in;
    struct json entry;
    struct str way;

    for (struct json_each e = json_each(packages); json_next(&e, &way, &entry);) {
        struct js_place *place = place_of(lock, top, way);

        if (!place || place == top || json_kind(entry) != JSON_LIST)
            read_note(in, json_line(entry), "\"%.80s\" is no package",
                      str_copy(in->a, way).p);
        else
            take_entry(lock, place, entry);
    }
}

/* The project has the path ""; a member's own node_modules lies under its name. */
static void take_members(struct js_lock *lock, struct js_place *top, struct json members)
{
    struct json member;
    struct str path;

    for (struct json_each e = json_each(members); json_next(&e, &path, &member);) {
        struct js_node *node = js_node_new(lock, json_line(member));
        struct str name = path.n ? json_get_str(member, S("name")) : path;

        node->own = true;
        node->value = member;
        node->place = place_of(lock, top, name);
    }
}

static struct js_node *find(struct js_lock *lock, const struct js_node *from,
                            struct str name, struct json value)
{
    (void)lock;
    (void)value;
    return js_place_find(from->place, name);
}

static void take_needs(struct js_lock *lock)
{
    for (size_t i = 0; i < lock->nodes.len; i++) {
        struct js_node *node = lock->nodes.at[i];
        struct json v = node->value;

        js_need_all(lock, node, json_get(v, S("dependencies")), JS_NEEDS);
        js_need_all(lock, node, json_get(v, S("optionalDependencies")), JS_OPTIONAL);
        js_need_but(lock, node, json_get(v, S("peerDependencies")), JS_NEEDS,
                    json_get(v, S("optionalPeers")), JS_PEER);
        if (node->own)
            js_need_all(lock, node, json_get(v, S("devDependencies")), JS_DEV);
    }
}

static int bun_lock_read(struct read *in, struct err *err)
{
    own(js_lock) lock = {.in = in, .find = find};
    struct js_place top = {0};
    struct json root, form;
    int64_t version;
    int r;

    if (str_ends(in->path, S(".lockb")))
        return err_set(err, ERR_UNSUPPORTED,
                       "the old form of bun's lock file; bun install "
                       "--save-text-lockfile writes the new one");
    r = js_parse(in, TREE_JSONC, &root, err);
    if (r < 0)
        return r;
    form = json_get(root, S("lockfileVersion"));
    if (!json_i64(form, &version) || json_kind(json_get(root, S("workspaces"))) != JSON_MAP)
        return err_set(err, ERR_FORMAT, "without lockfileVersion or workspaces");
    if (version > 2)
        read_note(in, json_line(form),
                  "lockfileVersion %" PRIi64 " is newer than 2: read as if it were 2",
                  version);
    take_packages(&lock, &top, json_get(root, S("packages")));
    take_members(&lock, &top, json_get(root, S("workspaces")));
    take_needs(&lock);
    js_reach(&lock);
    js_tell(&lock);
    return 0;
}
