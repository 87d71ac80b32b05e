#ifndef IMAGE_FACTS_H
#define IMAGE_FACTS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "model/note.h"
#include "model/reader.h"

struct err;

/* What stays of a layer. Its form as bytes is described in facts.c. */

enum { FACTS_SCHEMA = 8 };

/* A file that a reader wanted. */
struct facts_file {
    struct str reader; /* name of the reader */
    struct str path;   /* as the reader knows it */
    struct str at;     /* where it lies in the layer; differs after a remap */
    struct package_list packages;
    struct owned_list owned;
    struct note_list notes;
    struct str kept; /* its bytes, when the reader asked to keep them */
    bool keep;
    bool unread; /* of a listed reader: it is there, and was not handed to it */
};

struct facts_file_list {
    struct facts_file *at;
    size_t len, cap;
};

struct facts_link {
    struct str path, target;
    bool hard;
};

struct facts_link_list {
    struct facts_link *at;
    size_t len, cap;
};

/* A reader that looked at the layer, whether it found something or not. */
struct facts_reader {
    struct str name;
    uint64_t version;
};

struct facts_reader_list {
    struct facts_reader *at;
    size_t len, cap;
};

struct facts {
    struct facts_reader_list readers;
    bool lasting;           /* what was left unread would be again: no reader broke on it */
    uint64_t entries;       /* tar entries */
    uint64_t bytes;         /* unpacked */
    uint64_t links_left;    /* symbolic links that are not in `links`: too many */
    struct note_list notes; /* about the layer as a whole */
    struct str_list whiteouts; /* paths this layer takes away */
    struct str_list opaques;   /* folders of which it hides everything below */
    struct facts_link_list links;
    struct facts_file_list files;
    struct hash_key key;
    struct str names; /* of every entry, sorted (image/names.h) */
};

/* Whether the layer has an entry of that path and kind. */
bool facts_has(const struct facts *f, struct str path, bool is_dir);

/* Whether it has one directly inside the folder of that path. */
bool facts_has_either(const struct facts *f, struct str path); /* a folder or not */
bool facts_has_inside(const struct facts *f, struct str path);

/* Writes f, and in place of f->files those that facts_pack_file put into
 * `files` while the layer went by. The bytes of f->names are to follow right
 * behind it: they may be many, and are not copied. */
void facts_pack(struct buf *out, const struct facts *f, struct str files, size_t files_len);
void facts_pack_file(struct buf *out, const struct facts_file *f);

/* Whether reading the layer again would give the same. */
bool facts_lasting(struct str bytes);

/* Strings point into bytes. ERR_FORMAT when they are not facts. */
int facts_unpack(struct arena *a, struct str bytes, struct facts *out, struct err *err);

#endif
