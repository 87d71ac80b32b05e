#ifndef ADVISORY_FEED_H
#define ADVISORY_FEED_H

#include "base/arena.h"
#include "io/json.h"
#include "model/advisory.h"
#include "model/note.h"

struct err;

/* What a feed reader is handed, and where it puts what it finds. What it puts
 * is copied at once; its strings may point into the document or live in a,
 * which is emptied after each document. */
struct feed_read {
    struct str name; /* of the file in its bundle, for messages */
    struct str text; /* the whole file */
    struct arena *a;
    void *ctx;
    void (*statement)(void *ctx, const struct statement *s);
    void (*vulnerability)(void *ctx, const struct vulnerability *v);
    void (*dropped)(void *ctx, struct str what, const char *why); /* a record passed over */
    void (*dated)(void *ctx, struct str date); /* how new the data says it is */
};

/* One form in which advisories are published. To add one: write
 * src/advisory/NAME.c, add FEED(NAME) to list.def, and put a file to read and
 * what to expect into tests/data/feed/NAME/CASE/. A document is recognised by
 * its content, never by its file name. */
struct feed {
    const char *name;  /* "secdb" */
    const char *title; /* "Alpine security database" */
    bool (*claims)(struct json root);

    /* Puts everything the document says. A broken record is dropped with a
     * reason; fails when the document as a whole makes no sense. */
    int (*read)(struct feed_read *in, struct json root, struct err *err);
};

#define FEED(name) extern const struct feed feed_##name;
#include "advisory/list.def"
#undef FEED

/* All feeds, NULL at the end, in list.def order. */
extern const struct feed *const feeds[];

/* The feed that claims the document, NULL when none does. */
const struct feed *feed_find(struct json root);

/* The key under which statements of an OSV ecosystem are kept, the same as
 * struct distro.ecosystem: "Debian:12" -> "debian:12", "Alpine:v3.20" ->
 * "alpine:3.20", "Red Hat:enterprise_linux:9::appstream" -> "rhel:9",
 * "SUSE:Linux Enterprise Server 15 SP5" -> "sles:15.5", "PyPI" -> "pypi".
 * Empty for what is not of a release that everybody gets: "Ubuntu:Pro:22.04:LTS",
 * "Red Hat:rhel_eus:8.4::appstream", add-on products. */
struct str feed_ecosystem(struct arena *a, struct str osv_name);

/* No control characters, 1 to 1024 bytes: fit to be a key and to stand on a line. */
bool feed_line_valid(struct str s);

/* Adds an id that is not in the list yet; nothing more past 4096, for no record
 * is about so many, and a list that is searched each time must not grow at will. */
void feed_add_id(struct arena *a, struct str_list *list, struct str id);

/* The first line of a text, for a title. */
struct str feed_title(struct str text);

/* Hands s to in->statement when its package and all its versions are such lines;
 * drops it otherwise. Every reader puts its statements through here. */
void feed_put(struct feed_read *in, const struct statement *s);

/* Letters, digits, "-", ".", "_", ":", 1 to 128 of them: what may be an id. */
bool feed_id_valid(struct str id);

#endif
