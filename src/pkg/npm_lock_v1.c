/* lockfileVersion 1, up to npm 6: a package has those in its own node_modules inside it.
 *     "debug": {"version": "2.6.9", "requires": {"ms": "2.0.0"},
 *               "dependencies": {"ms": {"version": "2.0.0", "dev": true}}}
 * The version of one that no registry has is where it came from: "git+ssh://...",
 * "file:local"; of an alias "npm:ms@2.0.0". What the project itself asks for is not said.
 * https://docs.npmjs.com/cli/v6/configuring-npm/package-lock-json */
#include "pkg/npm_lock.h"

static void take_version(struct js_node *node, struct str version)
{
    if (str_starts(version, S("npm:")))
        js_split(str_from(version, 4), &node->name, &version);
    if (js_is_version(version))
        node->version = version;
}

static void take_entry(struct js_lock *lock, struct js_place *place, struct json entry)
{
    struct js_node *node = js_node_again(lock, place->node);

    *node = (struct js_node){
        .key = node->key,
        .line = json_line(entry),
        .name = place->name,
        .dev = json_true(json_get(entry, S("dev"))),
        .optional = json_true(json_get(entry, S("optional"))),
        .value = entry,
        .place = place,
    };
    take_version(node, json_get_str(entry, S("version")));
    place->node = node;
}

/* Nested no deeper than json_parse allows. */
static void take_all(struct js_lock *lock, struct js_place *at, struct json dependencies)
{
    struct read *in = lock->in;
    struct json entry;
    struct str name;

    if (json_kind(dependencies) != JSON_MAP)
        return;
    for (struct json_each e = json_each(dependencies); json_next(&e, &name, &entry);) {
        struct js_place *place = js_place_in(in->a, at, name);

        if (json_kind(entry) != JSON_MAP || !place || !name.n) {
            read_note(in, json_line(entry), "\"%.80s\" is no package",
                      str_copy(in->a, name).p);
            continue;
        }
        take_entry(lock, place, entry);
        take_all(lock, place, json_get(entry, S("dependencies")));
    }
}

void npm_lock_v1(struct js_lock *lock, struct js_place *top, struct json dependencies)
{
    take_all(lock, top, dependencies);
    for (size_t i = 0; i < lock->nodes.len; i++)
        js_need_all(lock, lock->nodes.at[i],
                    json_get(lock->nodes.at[i]->value, S("requires")), JS_NEEDS);
}
