/* The packages of a lock file: who needs whom, what only development needs, and the
 * records that come of it. */
#include "base/own.h"
#include "model/graph.h"
#include "pkg/js.h"

#include <string.h>

void js_lock_done(struct js_lock *lock)
{
    buf_done(&lock->word);
}

struct js_node *js_node_new(struct js_lock *lock, uint64_t line)
{
    struct arena *a = lock->in->a;
    struct js_node *node = arena_new(a, struct js_node);

    node->key = str_printf(a, "%zu", lock->nodes.len); /* short, however long its name */
    node->line = line;
    *arena_push(a, &lock->nodes) = node;
    return node;
}

struct js_node *js_node_again(struct js_lock *lock, struct js_node *there)
{
    if (there && !lock->twice)
        lock->twice = there;
    return there ? there : js_node_new(lock, 0);
}

void js_need(struct js_lock *lock, struct js_node *from, struct js_node *to,
             enum js_how how)
{
    *arena_push(lock->in->a, &from->needs) = (struct js_need){to, how};
    to->direct |= from->own;
}

static void learn_names(struct arena *a, struct json list, struct map *names)
{
    struct json value;
    struct str key;

    for (struct json_each e = json_each(list); json_next(&e, &key, &value);)
        *map_at(a, names, json_kind(list) == JSON_MAP ? key : json_str(value)) = names;
}

void js_need_but(struct js_lock *lock, struct js_node *from, struct json dependencies,
                 enum js_how how, struct json others, enum js_how otherwise)
{
    struct map names = {0};
    struct json value;
    struct str name;

    learn_names(lock->in->a, others, &names);
    if (json_kind(dependencies) != JSON_MAP)
        return;
    for (struct json_each e = json_each(dependencies); json_next(&e, &name, &value);) {
        struct js_node *to = lock->find(lock, from, name, value);

        if (to)
            js_need(lock, from, to, map_get(&names, name) ? otherwise : how);
    }
}

void js_need_all(struct js_lock *lock, struct js_node *from, struct json dependencies,
                 enum js_how how)
{
    js_need_but(lock, from, dependencies, how, (struct json){0}, how);
}

/* ---- from the project and its members ---- */

enum { BY_ANY = 1, BY_USE = 2, BY_FORCE = 4 };

/* Marks what they reach on ways that are not `without`; JS_PEER is no way at all. */
static void reach(struct js_lock *lock, unsigned mark, enum js_how without)
{
    struct js_node **todo =
        arena_alloc(lock->in->a, (lock->nodes.len + 1) * sizeof *todo, sizeof(void *));
    size_t n = 0;

    for (size_t i = 0; i < lock->nodes.len; i++)
        if (lock->nodes.at[i]->own) {
            lock->nodes.at[i]->reached |= mark;
            todo[n++] = lock->nodes.at[i];
        }
    while (n > 0) {
        const struct js_node *from = todo[--n];

        for (size_t i = 0; i < from->needs.len; i++) {
            struct js_need need = from->needs.at[i];

            if (need.how == JS_PEER || need.how == without || need.to->reached & mark)
                continue;
            need.to->reached |= mark;
            todo[n++] = need.to;
        }
    }
}

void js_reach(struct js_lock *lock)
{
    reach(lock, BY_ANY, JS_PEER);
    reach(lock, BY_USE, JS_DEV);
    reach(lock, BY_FORCE, JS_OPTIONAL);
    for (size_t i = 0; i < lock->nodes.len; i++) {
        struct js_node *node = lock->nodes.at[i];

        node->dev = node->reached & BY_ANY && !(node->reached & BY_USE);
        node->optional = node->reached & BY_ANY && !(node->reached & BY_FORCE);
    }
}

/* ---- records ---- */

static bool is_package(const struct js_node *node)
{
    return !node->own && !node->silent && node->name.n && node->version.n;
}

static struct str needs_of(struct arena *a, const struct js_node *node)
{
    own(buf) keys = {0};

    for (size_t i = 0; i < node->needs.len; i++)
        if (is_package(node->needs.at[i].to))
            needs_add(&keys, node->needs.at[i].to->key);
    return buf_keep(a, &keys);
}

static void tell(struct read *in, const struct js_node *node)
{
    struct package *p = read_add(in, "npm", node->name, node->version);

    p->key = node->key;
    p->licence = node->licence;
    p->line = node->line;
    p->direct = node->direct;
    p->dev = node->dev;
    p->optional = node->optional;
    p->needs = needs_of(in->a, node);
}

static void note(struct read *in, const struct js_node *node, const char *what)
{
    note_add(in->a, &in->notes, NOTE_INFO, in->path, "\"%.80s\" %s",
             str_copy(in->a, node->name).p, what)
        ->line = node->line;
}

void js_tell(struct js_lock *lock)
{
    const struct js_node *without = NULL;
    size_t n = 0;

    for (size_t i = 0; i < lock->nodes.len; i++) {
        const struct js_node *node = lock->nodes.at[i];

        if (is_package(node)) {
            tell(lock->in, node);
        } else if (!node->own && !node->silent) {
            without = without ? without : node;
            n++;
        }
    }
    if (lock->twice)
        note(lock->in, lock->twice, "is there twice: the last counts, as for npm");
    if (without)
        note(lock->in, without,
             n > 1 ? "and others are from no registry and without a version, not judged"
                   : "is from no registry and without a version, not judged");
}
