/* Package.resolved, of Swift's package manager, JSON. Version 1 has
 *     {"object": {"pins": [{"package": "NIO",
 *                           "repositoryURL": "https://github.com/apple/swift-nio.git",
 *                           "state": {"branch": null, "version": "2.32.0"}}]},
 *      "version": 1}
 * 2 and 3
 *     {"pins": [{"identity": "swift-nio", "kind": "remoteSourceControl",
 *                "location": "https://github.com/apple/swift-nio.git",
 *                "state": {"revision": "...", "version": "2.62.0"}}], "version": 2}
 * A package is called as its repository is, without scheme and ending, which is the name
 * advisories have, too; a pin of a branch or revision has no version. */
#include "base/err.h"
#include "model/ecosystem.h"
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

/* Of a registry: "mona.LinkedList", whose first part is the namespace. */
static void add_registered(struct read *in, struct str identity, struct json version)
{
    struct str scope, name;
    struct package *p;

    if (!str_cut(identity, '.', &scope, &name) || !scope.n || !name.n) {
        read_note(in, json_line(version), "not scope.name: \"%.60s\"",
                  str_copy(in->a, identity).p);
        return;
    }
    p = read_add(in, "swift", name, json_str(version));
    p->group = scope;
    p->line = json_line(version);
}

/* A folder or repository of this machine: the project's own. */
static bool is_near(struct str location)
{
    return str_starts(location, S("/")) || str_starts(location, S("file:"));
}

static void tell(struct read *in, struct json pin)
{
    struct str location = json_get_str(pin, S("location"));
    struct json version = json_get(json_get(pin, S("state")), S("version"));
    struct str identity = json_get_str(pin, S("identity")), place;

    if (!location.n)
        location = json_get_str(pin, S("repositoryURL"));
    place = ecosystem_place(in->a, location);
    if (!place.n && (location.n || !identity.n))
        read_note(in, json_line(pin), "a pin without a place");
    else if (!json_str(version).n || is_near(location))
        return;
    else if (!place.n)
        add_registered(in, identity, version);
    else
        read_add(in, "swift", place, json_str(version))->line = json_line(version);
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
