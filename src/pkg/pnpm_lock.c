/* pnpm-lock.yaml, in the forms of lockfileVersion
 *     5  "/debug/4.4.3", "/use-store/1.2.0_react@18.2.0"
 *     6  "/debug@4.4.3", "/use-store@1.2.0(react@18.2.0)"
 *     9  "debug@4.4.3" in "packages" and, with what it needs, in "snapshots"
 * What else is installed with a package (its peers) makes it another one for pnpm, and not
 * for us. "importers" are the project and the members of its workspace; up to version 6, a
 * project without members stands at the top. A dependency is a version, or a key: "ms":
 * "2.1.3", "old-ms": "/ms@2.0.0". node_modules/.pnpm/lock.yaml is the same of what is
 * there. https://github.com/pnpm/spec/tree/master/lockfile; pnpm list is the reference. */
#include "base/err.h"
#include "base/own.h"
#include "pkg/js.h"

static bool is_installed(struct str path);
static int pnpm_lock_read(struct read *in, struct err *err);

static const struct want wants[] = {
    {WANT_NAME, "pnpm-lock.yaml", NULL, js_is_project},
    {WANT_NAME, "lock.yaml", NULL, is_installed},
    {0},
};

const struct reader pkg_pnpm_lock = {
    .name = "pnpm_lock",
    .title = "pnpm: pnpm-lock.yaml",
    .checked = "pnpm list",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = pnpm_lock_read,
};

static bool is_installed(struct str path)
{
    return str_equal(path, S("node_modules/.pnpm/lock.yaml")) ||
           str_ends(path, S("/node_modules/.pnpm/lock.yaml"));
}

struct pnpm {
    struct js_lock lock;
    unsigned form;   /* 5, 6 or 9 */
    struct map same; /* keys without peers -> struct js_node */
    struct {
        struct entry {
            struct js_node *node;
            struct json value;
        } * at;
        size_t len, cap;
    } entries;
};

static void pnpm_done(struct pnpm *p)
{
    js_lock_done(&p->lock);
}

/* ---- keys ---- */

/* A registry of its own: "registry.example.com/debug/4.4.3". */
static struct str without_registry(struct str key)
{
    struct str host, rest;

    if (str_starts(key, S("/")))
        return str_from(key, 1);
    str_cut(key, '/', &host, &rest);
    return str_find(host, S(".")) > 0 && str_find(host, S(":")) < 0 &&
                   str_find(host, S("@")) < 0
               ? rest
               : key;
}

/* The key without peers; name and version as far as it tells them. */
static struct str take_key(struct pnpm *p, struct str key, struct str *name,
                           struct str *version)
{
    struct str rest = p->form < 9 ? without_registry(key) : key, peers;

    if (p->form == 5) {
        *name = js_cut_name(&rest);
        str_cut(rest, '_', version, &peers);
    } else {
        str_cut(rest, '(', &rest, &peers);
        js_split(rest, name, version);
    }
    return (struct str){key.p, key.n - peers.n - (peers.n > 0)};
}

static struct js_node *node_of(struct pnpm *p, struct str key, uint64_t line)
{
    struct str name, version, same = take_key(p, key, &name, &version);
    void **at = map_at(p->lock.in->a, &p->same, same);
    struct js_node *node = *at;

    if (!node) {
        *at = node = js_node_new(&p->lock, line);
        node->name = name;
        if (js_is_version(version))
            node->version = version;
    }
    *map_at(p->lock.in->a, &p->lock.keys, key) = node;
    return node;
}

/* ---- packages and snapshots ---- */

static void take_entry(struct pnpm *p, struct str key, struct json value)
{
    struct js_node *node = node_of(p, key, json_line(value));
    struct str name = json_get_str(value, S("name"));
    struct str version = json_get_str(value, S("version"));

    if (name.n)
        node->name = name;
    if (version.n)
        node->version = version;
    *arena_push(p->lock.in->a, &p->entries) = (struct entry){node, value};
}

static void take_entries(struct pnpm *p, struct json map)
{
    struct read *in = p->lock.in;
    struct json value;
    struct str key;

    if (json_kind(map) != JSON_MAP)
        return;
    for (struct json_each e = json_each(map); json_next(&e, &key, &value);)
        if (json_kind(value) == JSON_MAP)
            take_entry(p, key, value);
        else
            read_note(in, json_line(value), "\"%.80s\" is no package",
                      str_copy(in->a, key).p);
}

/* ---- who needs what ---- */

/* In the project {specifier: ^4.3.4, version: 4.4.3} since version 6. */
static struct js_node *find(struct js_lock *lock, const struct js_node *from,
                            struct str name, struct json value)
{
    const struct pnpm *p = (const struct pnpm *)lock;
    struct json inner = json_get(value, S("version"));
    struct str version = json_str(json_kind(value) == JSON_MAP ? inner : value);
    struct js_node *found;

    (void)from;
    lock->word.len = 0;
    buf_str(&lock->word, p->form < 9 ? S("/") : S(""));
    buf_str(&lock->word, name);
    buf_char(&lock->word, p->form == 5 ? '/' : '@');
    buf_str(&lock->word, version);
    found = map_get(&lock->keys, buf_view(&lock->word));
    return found ? found : map_get(&lock->keys, version);
}

static void take_needs(struct pnpm *p, struct js_node *node, struct json value)
{
    js_need_all(&p->lock, node, json_get(value, S("dependencies")), JS_NEEDS);
    js_need_all(&p->lock, node, json_get(value, S("optionalDependencies")), JS_OPTIONAL);
    if (node->own)
        js_need_all(&p->lock, node, json_get(value, S("devDependencies")), JS_DEV);
}

static void take_importer(struct pnpm *p, struct json value)
{
    struct js_node *node = js_node_new(&p->lock, json_line(value));

    node->own = true;
    take_needs(p, node, value);
}

static void take_importers(struct pnpm *p, struct json root)
{
    struct json importers = json_get(root, S("importers")), value;

    if (json_kind(importers) != JSON_MAP) {
        take_importer(p, root);
        return;
    }
    for (struct json_each e = json_each(importers); json_next(&e, NULL, &value);)
        take_importer(p, value);
}

/* ---- the whole ---- */

/* 5.4, '6.0', '9.0': 5, 6, 9; 0 when it is nothing of this kind. */
static unsigned major_of(struct json v)
{
    struct str major, minor;
    double number = json_number(v);
    uint64_t n;

    str_cut(json_str(v), '.', &major, &minor);
    if (str_u64(major, &n))
        number = (double)n;
    return number >= 1 && number < 1000 ? (unsigned)number : 0;
}

static int take_form(struct pnpm *p, struct json root, struct err *err)
{
    struct json v = json_get(root, S("lockfileVersion"));
    unsigned form = major_of(v);

    if (!form)
        return err_set(err, ERR_FORMAT, "without a lockfileVersion");
    if (form < 5)
        return err_set(err, ERR_UNSUPPORTED, "lockfileVersion %u is older than 5", form);
    if (form > 9)
        read_note(p->lock.in, json_line(v),
                  "lockfileVersion %u is newer than 9: read as if it were 9", form);
    p->form = form < 6 ? 5 : form < 9 ? 6 : 9;
    return 0;
}

static int pnpm_lock_read(struct read *in, struct err *err)
{
    own(pnpm) p = {.lock = {.in = in, .find = find}};
    struct json root;
    int r = js_parse(in, TREE_YAML, &root, err);

    if (r == 0)
        r = take_form(&p, root, err);
    if (r < 0)
        return r;
    take_entries(&p, json_get(root, S("packages")));
    take_entries(&p, json_get(root, S("snapshots")));
    for (size_t i = 0; i < p.entries.len; i++)
        take_needs(&p, p.entries.at[i].node, p.entries.at[i].value);
    take_importers(&p, root);
    if (str_find(in->bytes, S("\n---\n")) >= 0)
        read_note(in, 0, "several documents, of which only the first was read");
    js_reach(&p.lock);
    js_tell(&p.lock);
    read_note_cut(in, 0);
    return 0;
}
