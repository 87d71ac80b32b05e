#ifndef PKG_JS_H
#define PKG_JS_H

#include "base/buf.h"
#include "base/map.h"
#include "io/tree.h"
#include "model/reader.h"

/* What readers of JavaScript packages share. */

/* Parses the file; what is in root lasts as long as in->a. ERR_FORMAT when it is no map. */
int js_parse(struct read *in, enum tree_form form, struct json *root, struct err *err);

/* Whether the file is a project's own: those below node_modules came with a package, and
 * say nothing about what is there. */
bool js_is_project(struct str path);

/* "@types/node@^18.0.0" -> "@types/node", "^18.0.0" */
void js_split(struct str spec, struct str *name, struct str *rest);

/* Cuts a name off the front of "@types/node/rest" or "debug/rest". */
struct str js_cut_name(struct str *path);

/* "1.0.0" is what a registry calls a release; "file:local" and "latest" are not. */
bool js_is_version(struct str text);

/* As package.json declares it: "MIT", {"type": "MIT"}, or a list of these. */
struct str js_licence(struct arena *a, struct json package);

/* ---- the packages of a lock file ---- */

/* How something is needed: of JS_PEER is only said that it would be used. */
enum js_how { JS_NEEDS, JS_OPTIONAL, JS_DEV, JS_PEER };

struct js_need {
    struct js_node *to;
    enum js_how how;
};

/* A package; or the project, a workspace member, a folder: what they need counts, but they
 * are no packages themselves. */
struct js_node {
    struct str key; /* its number in the file */
    struct str name, version, licence;
    uint64_t line;
    bool own;    /* the project or a member: what it needs is direct */
    bool silent; /* no package, or told by another node */
    bool direct, dev, optional;
    struct {
        struct js_need *at;
        size_t len, cap;
    } needs;
    unsigned reached;
    struct json value; /* for its reader, as what follows */
    struct str asked;
    struct js_place *place;
};

struct js_lock {
    struct read *in;
    struct {
        struct js_node **at;
        size_t len, cap;
    } nodes;
    struct map keys; /* for readers that look up words of the file -> struct js_node */
    struct buf word; /* to make these words in */
    struct js_node *twice; /* the first that was told twice */

    /* Which package stands for a dependency of another: "ms": "^2.1.1"; NULL: none. */
    struct js_node *(*find)(struct js_lock *lock, const struct js_node *from,
                            struct str name, struct json value);
};

void js_lock_done(struct js_lock *lock);

struct js_node *js_node_new(struct js_lock *lock, uint64_t line);

/* For an entry that may be a second one of the same key, which counts, as for npm: the node
 * that there is, remembered as told twice, or a new one. */
struct js_node *js_node_again(struct js_lock *lock, struct js_node *there);

void js_need(struct js_lock *lock, struct js_node *from, struct js_node *to,
             enum js_how how);

/* All of {"ms": "^2.1.1", ...}. Those that `others`, a list or the keys of a map, names
 * are needed in the other way. */
void js_need_all(struct js_lock *lock, struct js_node *from, struct json dependencies,
                 enum js_how how);
void js_need_but(struct js_lock *lock, struct js_node *from, struct json dependencies,
                 enum js_how how, struct json others, enum js_how otherwise);

/* Where the file does not say it: `dev` is what only development reaches from the project
 * and its members, `optional` what may be absent. */
void js_reach(struct js_lock *lock);

/* Adds a record for each package that has a version. */
void js_tell(struct js_lock *lock);

/* ---- folders, looked through as Node does ---- */

/* A folder of the tree that a lock file describes, or a package in its node_modules.
 * Start with {0} for the topmost. */
struct js_place {
    struct js_place *up; /* the folder above, NULL at the top */
    struct str name;     /* of the package; empty when it is just a folder */
    struct map modules, folders;
    struct js_node *node;
    unsigned depth;
};

/* The package of that name in the folder's node_modules, made when new; NULL: too deep. */
struct js_place *js_place_in(struct arena *a, struct js_place *at, struct str name);

/* "packages/a/node_modules/@types/node", from the top. */
struct js_place *js_place_at(struct arena *a, struct js_place *top, struct str path);

/* The package that code in the folder gets under that name. */
struct js_node *js_place_find(const struct js_place *at, struct str name);

#endif
