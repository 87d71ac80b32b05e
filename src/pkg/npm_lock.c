/* package-lock.json and npm-shrinkwrap.json, which have the same form. Since npm 7
 * (versions 2 and 3) "packages" tells each folder:
 *     "": {the project}, "packages/a": {a workspace member},
 *     "node_modules/a": {"resolved": "packages/a", "link": true},
 *     "node_modules/debug": {"version": "4.4.3", "dependencies": {"ms": "^2.1.3"}, "dev":
 * true} Version 1 is in npm_lock_v1.c.
 * https://docs.npmjs.com/cli/configuring-npm/package-lock-json; npm ls is the reference. */
#include "pkg/npm_lock.h"

#include "base/err.h"
#include "base/own.h"

#include <inttypes.h>

static int npm_lock_read(struct read *in, struct err *err);

static const struct want wants[] = {
    {WANT_NAME, "package-lock.json", NULL, js_is_project},
    {WANT_NAME, "npm-shrinkwrap.json", NULL, js_is_project},
    {0},
};

const struct reader pkg_npm_lock = {
    .name = "npm_lock",
    .title = "npm: package-lock.json, npm-shrinkwrap.json",
    .checked = "npm query, npm ls",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = npm_lock_read,
};

/* What lies in no node_modules is the project, a member of it, or a folder it links to. */
static void take_entry(struct js_lock *lock, struct js_place *place, struct json entry)
{
    struct js_node *node = js_node_again(lock, place->node);
    struct str name = json_get_str(entry, S("name")); /* its own, where it has an alias */

    *node = (struct js_node){
        .key = node->key,
        .line = json_line(entry),
        .name = name.n ? name : place->name,
        .version = json_get_str(entry, S("version")),
        .licence = js_licence(lock->in->a, entry),
        .own = !place->name.n,
        .dev = json_true(json_get(entry, S("dev"))),
        .optional = json_true(json_get(entry, S("optional"))) ||
                    json_true(json_get(entry, S("devOptional"))),
        .value = entry,
        .place = place,
    };
    place->node = node;
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
        js_need_all(lock, node, json_get(v, S("peerDependencies")), JS_PEER);
        if (node->own)
            js_need_all(lock, node, json_get(v, S("devDependencies")), JS_DEV);
    }
}

static void take_packages(struct js_lock *lock, struct js_place *top, struct json packages)
{
    struct read *in = lock->in;
    struct json entry;
    struct str key;

    for (struct json_each e = json_each(packages); json_next(&e, &key, &entry);) {
        struct js_place *place = js_place_at(in->a, top, key);

        if (!place)
            read_note(in, json_line(entry), "a folder nested too deeply");
        else if (json_kind(entry) != JSON_MAP)
            read_note(in, json_line(entry), "\"%.80s\" is no package",
                      str_copy(in->a, key).p);
        else if (json_true(json_get(entry, S("link"))))
            continue; /* what it leads to has a folder of its own */
        else
            take_entry(lock, place, entry);
    }
    take_needs(lock);
}

static int take_root(struct js_lock *lock, struct json root, struct err *err)
{
    struct json packages = json_get(root, S("packages"));
    struct json dependencies = json_get(root, S("dependencies"));
    struct json form = json_get(root, S("lockfileVersion"));
    struct js_place top = {0};
    int64_t version = 0;

    if (json_i64(form, &version) && version > 3)
        read_note(lock->in, json_line(form),
                  "lockfileVersion %" PRIi64 " is newer than 3: read as if it were 3",
                  version);
    if (json_kind(packages) == JSON_MAP)
        take_packages(lock, &top, packages);
    else if (json_kind(dependencies) == JSON_MAP)
        npm_lock_v1(lock, &top, dependencies);
    else if (version != 1) /* of no packages there is just the version */
        return err_set(err, ERR_FORMAT, "neither \"packages\" nor \"dependencies\"");
    return 0;
}

static int npm_lock_read(struct read *in, struct err *err)
{
    own(js_lock) lock = {.in = in, .find = find};
    struct json root;
    int r = js_parse(in, TREE_JSON, &root, err);

    if (r == 0)
        r = take_root(&lock, root, err);
    if (r == 0)
        js_tell(&lock);
    return r;
}
