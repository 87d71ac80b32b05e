/* Folders, looked through as Node does: code in a/node_modules/b that asks for c gets the
 * first there is of a/node_modules/b/node_modules/c, a/node_modules/c, node_modules/c.
 * https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
#include "pkg/js.h"

enum { DEEPEST = 128 };

static struct js_place *child(struct arena *a, struct js_place *at, struct map *of,
                              struct str word)
{
    void **slot;
    struct js_place *new;

    if (at->depth == DEEPEST)
        return NULL;
    slot = map_at(a, of, word);
    if (*slot)
        return *slot;
    *slot = new = arena_new(a, struct js_place);
    new->up = at;
    new->depth = at->depth + 1;
    return new;
}

struct js_place *js_place_in(struct arena *a, struct js_place *at, struct str name)
{
    struct js_place *new = child(a, at, &at->modules, name);

    if (new)
        new->name = name;
    return new;
}

struct js_place *js_place_at(struct arena *a, struct js_place *top, struct str path)
{
    struct js_place *at = top;
    struct str word;

    while (at && path.n) {
        str_cut(path, '/', &word, &path);
        if (str_equal(word, S("node_modules")))
            at = js_place_in(a, at, js_cut_name(&path));
        else
            at = child(a, at, &at->folders, word);
    }
    return at;
}

struct js_node *js_place_find(const struct js_place *at, struct str name)
{
    for (; at; at = at->up) {
        const struct js_place *there = map_get(&at->modules, name);

        if (there)
            return there->node;
    }
    return NULL;
}
