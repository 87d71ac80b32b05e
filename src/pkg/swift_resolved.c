/* Package.resolved, of Swift's package manager, JSON. Version 1 has
 *     {"object": {"pins": [{"package": "NIO",
 *                           "repositoryURL": "https://github.com/apple/swift-nio.git",
 *                           "state": {"branch": null, "version": "2.32.0"}}]}, "version":
 * 1} 2 and 3
 *     {"pins": [{"identity": "swift-nio", "kind": "remoteSourceControl",
 *                "location": "https://github.com/apple/swift-nio.git",
 *                "state": {"revision": "...", "version": "2.62.0"}}], "version": 2}
 * A package is called as its repository is, without scheme and ending, which is the name
 * advisories have, too; a pin of a branch or revision has no version. */
#include "base/err.h"
#include "pkg/tree.h"

static const struct want wants[] = {
    {WANT_NAME, "Package.resolved"},
    {0},
};

static int swift_resolved_read(struct read *in, struct err *err);

const struct reader pkg_swift_resolved = {
    .name = "swift_resolved",
    .title = "Swift: Package.resolved",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = swift_resolved_read,
};

/* "https://github.com/apple/swift-nio.git", "git@github.com:apple/swift-nio":
 * github.com/apple/swift-nio */
static struct str name_of(struct arena *a, struct str location)
{
    ptrdiff_t at = str_find(location, S("://"));
    struct str user, rest, host, path;

    rest = at < 0 ? location : str_from(location, (size_t)at + 3);
    if (str_ends(rest, S("/")))
        rest.n--;
    if (str_ends(rest, S(".git")))
        rest.n -= 4;
    if (str_cut(rest, '@', &user, &path) && str_find(user, S("/")) < 0)
        rest = path;
    if (at < 0 && str_cut(rest, ':', &host, &path))
        return str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(host), STR_ARG(path));
    return rest;
}

static void tell(struct read *in, struct json pin)
{
    struct str location = json_get_str(pin, S("location"));
    struct json version = json_get(json_get(pin, S("state")), S("version"));
    struct package *p;

    if (!location.n)
        location = json_get_str(pin, S("repositoryURL"));
    if (!location.n) /* of a registry: "mona.LinkedList" */
        location = json_get_str(pin, S("identity"));
    if (!location.n) {
        read_note(in, json_line(pin), "a pin without a place");
        return;
    }
    if (!json_str(version).n)
        return;
    p = read_add(in, "swift", name_of(in->a, location), json_str(version));
    p->line = json_line(version);
}

static int swift_resolved_read(struct read *in, struct err *err)
{
    struct json root, pins, pin;
    int r = read_tree(in, TREE_JSON, &root, err);

    if (r < 0)
        return r;
    pins = json_get(root, S("pins"));
    if (json_kind(pins) == JSON_NONE)
        pins = json_get(json_get(root, S("object")), S("pins"));
    if (json_kind(pins) != JSON_LIST)
        return err_set(err, ERR_FORMAT, "no list of pins");
    for (struct json_each e = json_each(pins); json_next(&e, NULL, &pin);)
        tell(in, pin);
    return 0;
}
