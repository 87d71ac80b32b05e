/* yarn.lock since Yarn 2: YAML, a map of all that was asked for to what it became.
 *     "debug@npm:^4.1.0, debug@npm:^4.3.4":
 *       version: 4.4.3
 *       resolution: "debug@npm:4.4.3"
 *       dependencies:
 *         ms: "npm:^2.1.3"        (up to Yarn 3 without "npm:")
 *       linkType: hard
 * linkType soft is the project itself or a member. Yarn patches some packages, and tells
 * both: "typescript@patch:typescript@npm%3A4.9.5#..." is for us the one that was patched.
 * yarn info --all --recursive is the reference. */
#include "pkg/yarn_lock.h"

#include "base/err.h"
#include "base/own.h"

#include <string.h>

/* "npm%3A4.9.5" */
static struct str percent_decoded(struct arena *a, struct str s)
{
    static const char digits[] = "0123456789ABCDEF";
    char *to = arena_alloc(a, s.n, 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        const char *high = NULL, *low = NULL;

        if (s.p[i] == '%' && s.n - i > 2 && s.p[i + 1] && s.p[i + 2]) {
            high = strchr(digits, s.p[i + 1]);
            low = strchr(digits, s.p[i + 2]);
        }
        if (high && low) {
            to[n++] = (char)((high - digits) * 16 + (low - digits));
            i += 2;
        } else {
            to[n++] = s.p[i];
        }
    }
    return (struct str){to, n};
}

/* ---- entries ---- */

static void take_entry(struct js_lock *lock, struct str key, struct json entry,
                       struct map *resolved)
{
    struct str resolution = json_get_str(entry, S("resolution")), range;
    struct js_node *node = js_node_new(lock, json_line(entry));

    js_split(resolution, &node->name, &range);
    node->version = json_get_str(entry, S("version"));
    node->own = str_equal(json_get_str(entry, S("linkType")), S("soft"));
    node->value = entry;
    node->asked = key;
    if (node->own)
        return;
    node->silent = !node->name.n || !node->version.n;
    if (node->silent)
        read_note_lacks(lock->in, node->line, node->name, node->version);
    else
        *map_at(lock->in->a, resolved, resolution) = node;
}

static void take_entries(struct js_lock *lock, struct json root, struct map *resolved)
{
    struct json entry;
    struct str key;

    for (struct json_each e = json_each(root); json_next(&e, &key, &entry);) {
        if (str_equal(key, S("__metadata")))
            continue;
        if (json_kind(entry) == JSON_MAP)
            take_entry(lock, key, entry, resolved);
        else
            read_note(lock->in, json_line(entry), "\"%.80s\" is no package",
                      str_copy(lock->in->a, key).p);
    }
}

/* What was patched, if it is told as well; else the node itself. */
static struct js_node *unpatched(struct js_lock *lock, struct js_node *node,
                                 const struct map *resolved)
{
    struct str name, range, base, rest;
    struct js_node *of;

    js_split(json_get_str(node->value, S("resolution")), &name, &range);
    if (!str_starts(range, S("patch:")))
        return node;
    str_cut(str_from(range, 6), '#', &base, &rest);
    of = map_get(resolved, percent_decoded(lock->in->a, base));
    if (!of || of == node)
        return node;
    node->silent = true;
    return of;
}

static void learn(struct js_lock *lock, struct str asked, struct js_node *node)
{
    void **at = map_at(lock->in->a, &lock->keys, asked);

    if (!*at)
        *at = node;
}

/* "a@npm:^1.0.0, a@npm:^1.2.0"; "local@file:./local::locator=shop%40workspace%3A." is asked
 * for without what is behind "::". */
static void learn_asked(struct js_lock *lock, struct str key, struct js_node *node)
{
    while (key.n) {
        ptrdiff_t n = str_find(key, S(", ")), bound;
        struct str one = {key.p, n < 0 ? key.n : (size_t)n};

        learn(lock, one, node);
        bound = str_find(one, S("::"));
        if (bound > 0)
            learn(lock, (struct str){one.p, (size_t)bound}, node);
        key = str_from(key, one.n + 2);
    }
}

/* ---- what they need ---- */

static struct js_node *find_range(struct js_lock *lock, struct str name, struct str range)
{
    static const char *const before[] = {"@", "@npm:"};
    struct js_node *found = NULL;

    for (size_t i = 0; i < 2 && !found; i++) {
        lock->word.len = 0;
        buf_str(&lock->word, name);
        buf_str(&lock->word, str_of(before[i]));
        buf_str(&lock->word, range);
        found = map_get(&lock->keys, buf_view(&lock->word));
    }
    return found;
}

/* Yarn 2 and 3 write ranges plainly, and then 7, 1.0 and 1.10 are numbers of YAML. */
static struct js_node *find(struct js_lock *lock, const struct js_node *from,
                            struct str name, struct json value)
{
    struct js_node *found = NULL;
    char text[64];

    (void)from;
    if (json_kind(value) != JSON_NUMBER)
        return find_range(lock, name, json_str(value));
    for (int digits = 0; digits < 3 && !found; digits++) {
        snprintf(text, sizeof text, "%.*f", digits, json_number(value));
        found = find_range(lock, name, str_of(text));
    }
    return found;
}

int yarn_berry(struct read *in, struct err *err)
{
    own(js_lock) lock = {.in = in, .find = find};
    struct map resolved = {0};
    struct json root;
    int r = js_parse(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    take_entries(&lock, root, &resolved);
    for (size_t i = 0; i < lock.nodes.len; i++)
        learn_asked(&lock, lock.nodes.at[i]->asked,
                    unpatched(&lock, lock.nodes.at[i], &resolved));
    for (size_t i = 0; i < lock.nodes.len; i++) {
        struct js_node *node = lock.nodes.at[i];

        js_need_but(&lock, node, json_get(node->value, S("dependencies")), JS_NEEDS,
                    json_get(node->value, S("dependenciesMeta")), JS_OPTIONAL);
    }
    js_reach(&lock);
    js_tell(&lock);
    read_note_cut(in, 0);
    return 0;
}
