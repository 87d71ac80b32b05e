#ifndef MODEL_READER_H
#define MODEL_READER_H

#include "base/arena.h"
#include "base/str.h"
#include "model/note.h"
#include "model/package.h"

struct err;

/* The face between layers and what reads them. A layer is a stream of entries
 * that passes once; a reader says beforehand which of them it wants to see,
 * gets each of those whole, and turns it into records. It sees one file at a
 * time, knows nothing of other layers, and gives the same records for the same
 * bytes: that is what makes the facts of a layer worth keeping. */

/* Which files: paths are relative to the root, without a leading slash. */
enum want_how {
    WANT_END,    /* closes a list */
    WANT_PATH,   /* exactly this path */
    WANT_UNDER,  /* directly inside directory `path`, name ending in `suffix` (may be "") */
    WANT_IN,     /* a file called `suffix` in any folder directly inside `path` */
    WANT_NAME,   /* this base name, wherever it is */
    WANT_TAIL,   /* a base name ending in `path`, which begins with a point: ".jar" */
    WANT_MAGIC,  /* content that begins with the bytes of `path` */
    WANT_FOLDER, /* a folder directly inside `path`, of which nothing but its path is handed
                  * over; seen by itself or by what is in it */
};

struct want {
    enum want_how how;
    const char *path;   /* "var/lib/dpkg/status", "var/lib/dpkg/info", "package.json" */
    const char *suffix; /* of WANT_UNDER; of WANT_PATH: a second file that belongs to it and
                         * is handed over with it when there, "-wal" */
    bool (*only)(struct str path); /* a further condition; NULL: none */
};

/* What is told of a package apart from the package itself: its files, as dpkg
 * does in info/NAME.list, joined with it by name and architecture; its licence. */
struct owned {
    struct str name;    /* of the package; empty when `at` says it */
    struct str arch;    /* empty when the file name has none */
    struct str files;   /* packed struct package_file */
    struct str licence; /* as package.licence */
    struct str at;      /* the file that tells it; set by the view, as is */
    int layer;          /* that brought it, -1 unknown */
};

struct owned_list {
    struct owned *at;
    size_t len, cap;
};

/* What a reader is handed, and where it puts what it finds. Strings of records
 * may point into bytes or be made in a. */
struct read {
    struct str path;   /* of the file below the root */
    struct str bytes;  /* its content, and 64 zero bytes of padding; none of a folder */
    struct str beside; /* the file at path + want.suffix, empty when there is none */
    struct arena *a;
    struct package_list packages;
    struct owned_list owned;
    struct note_list notes;
    bool keep; /* set by the reader: the bytes themselves are a fact (os-release) */
};

/* One kind of package database, lock file or other thing worth reading. */
struct reader {
    const char *name;    /* "dpkg": file name, section of the facts, test folder */
    const char *title;   /* "Debian installed packages" */
    const char *checked; /* programs that its cases were made or checked with; NULL: none
                          * is to be had, they follow the documented format */
    unsigned version;    /* raised whenever the same bytes give other records */
    bool source;   /* a lock file or manifest: what a project asks for, not what is there */
    bool database; /* describes the whole root, whichever file holds it: a package keeps
                    * its layer when the file is rewritten, moved or converted */
    bool listed;   /* programs and archives: the files that it saw are listed by path, as
                    * those that no package owns are worth knowing of */
    const struct want *wants;

    /* Passes over a record it cannot read, with a note; fails, with err filled,
     * when the file as a whole makes no sense. */
    int (*read)(struct read *in, struct err *err);
};

/* Whether the reader wants a file of that path, whatever is in it. */
bool reader_wants(const struct reader *r, struct str path);

/* Adds a package with its type, name, version and the file's path. */
struct package *read_add(struct read *in, const char *type, struct str name,
                         struct str version);

/* Remembers that record or line `line` was passed over (NOTE_UNREAD), and why. */
void read_note(struct read *in, uint64_t line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Of a package that lacks a name or a version. */
void read_note_lacks(struct read *in, uint64_t line, struct str name, struct str version);

/* The same when a text that its program ends with a newline does not: what was in its last
 * line, or behind it, is not known. */
void read_note_cut(struct read *in, uint64_t line);

#endif
