/* Podfile.lock, of CocoaPods, YAML:
 *     PODS:
 *       - Alamofire (5.6.4)
 *       - Firebase/Core (10.1.0):
 *         - Firebase/CoreOnly
 *         - nanopb (< 2.30910.0, >= 2.30908.0)
 *     DEPENDENCIES:
 *       - Alamofire (~> 5.6)
 *       - Own (from `../own`)
 *     EXTERNAL SOURCES: {Own: {:path: "../own"}}
 * "Firebase/Core" is a part of Firebase: one package for all its parts. What comes by a
 * path is the project's own. guides.cocoapods.org/using/using-cocoapods.html; pod install
 * writes it. */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "Podfile.lock"},
    {0},
};

static int podfile_lock_read(struct read *in, struct err *err);

const struct reader pkg_podfile_lock = {
    .name = "podfile_lock",
    .title = "CocoaPods: Podfile.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = podfile_lock_read,
};

struct pod {
    size_t at; /* in the list of packages */
    struct buf needs;
};

struct lock {
    struct read *in;
    struct map pods; /* name -> struct pod */
    struct json external;
};

/* "Firebase/Core (10.1.0)": Firebase, 10.1.0 */
static struct str cut_pod(struct str text, struct str *version)
{
    struct str name, part, rest;

    *version = (struct str){0};
    if (str_cut(text, '(', &name, &rest))
        str_cut(rest, ')', version, &rest);
    name = str_trim(name);
    str_cut(name, '/', &name, &part);
    return name;
}

/* {:path: "../own"}; others are {:git: ..., :tag: ...}, {:podspec: ...}. */
static bool is_own(struct json source)
{
    return json_kind(json_get(source, S(":path"))) != JSON_NONE;
}

static struct pod *find_pod(struct lock *lock, struct str text, uint64_t line)
{
    struct str version, name = cut_pod(text, &version);
    struct read *in = lock->in;
    void **at;
    struct pod *pod;

    if (!name.n || !version.n) {
        read_note_lacks(in, line, name, version);
        return NULL;
    }
    at = map_at(in->a, &lock->pods, name);
    if (*at)
        return *at;
    if (is_own(json_get(lock->external, name)))
        return NULL;
    *at = pod = arena_new(in->a, struct pod);
    read_add(in, "cocoapods", name, version)->line = line;
    pod->at = in->packages.len - 1;
    return pod;
}

static void take_pod(struct lock *lock, struct str text, struct json needs, uint64_t line)
{
    struct pod *pod = find_pod(lock, text, line);
    struct json one;
    struct str version;

    for (struct json_each e = json_each(needs); pod && json_next(&e, NULL, &one);)
        needs_add(&pod->needs, cut_pod(json_str(one), &version));
}

/* An item is a text, or a map of one text to what it needs. */
static void take_item(struct lock *lock, struct json item)
{
    struct json needs;
    struct str text;

    if (json_kind(item) == JSON_STRING)
        take_pod(lock, json_str(item), (struct json){0}, json_line(item));
    for (struct json_each e = json_each(item); json_next(&e, &text, &needs);)
        take_pod(lock, text, needs, json_line(item));
}

static void mark_direct(struct lock *lock, struct json list)
{
    struct json one;
    struct str version;

    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);) {
        struct pod *pod = map_get(&lock->pods, cut_pod(json_str(one), &version));

        if (pod)
            lock->in->packages.at[pod->at].direct = true;
    }
}

static int podfile_lock_read(struct read *in, struct err *err)
{
    struct lock lock = {.in = in};
    struct json root, item, pods;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    pods = json_get(root, S("PODS"));
    if (json_kind(pods) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of PODS");
    lock.external = json_get(root, S("EXTERNAL SOURCES"));
    for (struct json_each e = json_each(pods); json_next(&e, NULL, &item);)
        take_item(&lock, item);
    mark_direct(&lock, json_get(root, S("DEPENDENCIES")));
    for (size_t i = 0; i < in->packages.len; i++) {
        struct pod *pod = map_get(&lock.pods, in->packages.at[i].name);

        in->packages.at[i].needs = buf_keep(in->a, &pod->needs);
        buf_done(&pod->needs);
    }
    read_note_cut(in, 0);
    return 0;
}
