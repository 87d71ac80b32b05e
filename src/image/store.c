#include "image/store.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/own.h"
#include "image/links.h"
#include "image/meter.h"
#include "image/section.h"
#include "io/stream.h"
#include "io/tar.h"
#include "model/path.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

enum { LINKS_MAX = 8, PEEK_MAX = 10000, PADDING = 64 };

struct member {
    struct str name;
    uint64_t at, size;
    struct str link;  /* another name; at and size mean nothing then */
    struct str bytes; /* of a document in a packed store */
};

struct store {
    struct arena *a;
    enum store_kind kind;
    int fd;
    struct sandbox_place *place;
    const char *broken; /* why the names after some point are not known */
    const char *doubt;  /* why programs differ in what they see */
    struct map members; /* name -> struct member; not for a folder */
    uint64_t kept;      /* bytes of documents so far */
    bool full;          /* there were more than may be kept */
};

/* ---- what kind of tar is it ---- */

static bool is_hex_name(struct str name)
{
    size_t n = 0;

    while (n < name.n && ((name.p[n] >= '0' && name.p[n] <= '9') ||
                          (name.p[n] >= 'a' && name.p[n] <= 'f')))
        n++;
    return n == 64 && (n == name.n || name.p[n] == '.');
}

/* By the first names: 1 an image archive, 2 a root file system, 0 not told. */
static int tells(struct str path)
{
    static const char *const archive[] = {"manifest.json", "index.json", "oci-layout",
                                          "repositories", "blobs"};
    static const char *const root[] = {"bin",   "boot",  "dev",       "etc", "home", "lib",
                                       "lib64", "media", "mnt",       "opt", "proc", "root",
                                       "run",   "sbin",  "srv",       "sys", "tmp",  "usr",
                                       "var",   "app",   ".dockerenv"};
    struct str first, rest;

    str_cut(path, '/', &first, &rest);
    for (size_t i = 0; i < sizeof archive / sizeof *archive; i++)
        if (str_equal(first, str_of(archive[i])))
            return 1;
    if (is_hex_name(first) || str_starts(first, S("sha256:")))
        return 1;
    for (size_t i = 0; i < sizeof root / sizeof *root; i++)
        if (str_equal(first, str_of(root[i])))
            return 2;
    return 0;
}

/* The bytes of the file, unpacked if they were packed. */
static struct stream *plain_of(const struct store *s)
{
    return stream_unpack(stream_metered(stream_file(s->fd, 0, UINT64_MAX), s->place),
                         &budget_layer);
}

static int peek(struct store *s, struct err *err)
{
    own_stream plain = plain_of(s);
    own_tar tar = tar_open(plain, &budget_layer);
    struct tar_entry entry;
    struct str path;
    int told = 0, entries = 0, r = 0;

    for (; !told && entries < PEEK_MAX && (r = tar_next(tar, &entry, err)) > 0; entries++) {
        own(arena) a = {0};

        if (path_clean(&a, entry.path, &path))
            told = tells(path);
    }
    if (r < 0 && (entries > 0 || err->code == ERR_IO || err->code == ERR_LIMIT))
        return err->code;
    if (!told && r < 0 && stream_packing(plain) != PACKING_NONE)
        return err_wrap(err, "neither an image archive nor a root file system");
    if (!told)
        return err_set(err, ERR_FORMAT, "neither an image archive nor a root file system");
    s->kind = told == 2                               ? STORE_ROOT
              : stream_packing(plain) != PACKING_NONE ? STORE_PACKED
                                                      : STORE_TAR;
    return 0;
}

/* ---- the names in it ---- */

static bool is_json(struct str bytes)
{
    if (str_starts(bytes, S("\xef\xbb\xbf")))
        bytes = str_from(bytes, 3);
    bytes = str_trim(bytes);
    return str_starts(bytes, S("{")) || str_starts(bytes, S("["));
}

/* Manifests and configs have any name, but they are JSON. */
static int keep_document(struct store *s, struct tar *tar, struct member *m,
                         struct err *err)
{
    own(arena) a = {0};
    struct str bytes;

    if (m->size > budget_layer.manifest)
        return 0;
    if (stream_load(&a, tar_stream(tar), budget_layer.manifest, &bytes, err) < 0)
        return err->code;
    if (!is_json(bytes))
        return 0;
    s->full |= bytes.n > budget_layer.kept - s->kept;
    if (s->full)
        return 0;
    s->kept += bytes.n;
    m->bytes = (struct str){
        memcpy(arena_alloc(s->a, bytes.n + PADDING, 1), bytes.p, bytes.n), bytes.n};
    return 0;
}

/* Of two members of one name the later counts, as for those who unpack the archive. */
static struct member *new_member(struct store *s, const struct tar_entry *entry,
                                 struct str name)
{
    void **at = map_at_copy(s->a, &s->members, name);
    struct member *m = *at;

    if (m && !s->doubt)
        s->doubt = str_printf(s->a, "it holds " STR_FMT " twice", STR_ARG(m->name)).p;
    if (!m)
        *at = m = arena_new(s->a, struct member);
    *m = (struct member){
        .name = m->name.n ? m->name : str_copy(s->a, name),
        .at = entry->data_at,
        .size = entry->size,
    };
    return m;
}

static int add_member(struct store *s, struct tar *tar, const struct tar_entry *entry,
                      struct err *err)
{
    own(arena) a = {0};
    struct member *m;
    struct str name;

    if (entry->type == TAR_DIR || entry->type == TAR_OTHER ||
        !path_clean(&a, entry->path, &name) || !name.n)
        return 0;
    if (s->members.len >= budget_layer.members)
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " files (limit members)",
                       budget_layer.members);
    m = new_member(s, entry, name);
    if (entry->type == TAR_SYMLINK)
        m->link = path_join(s->a, path_dir(m->name), str_copy(s->a, entry->link));
    else if (entry->type == TAR_HARDLINK)
        m->link = str_copy(s->a, entry->link);
    else if (s->kind == STORE_PACKED)
        return keep_document(s, tar, m, err);
    else if (entry->data_size != entry->size)
        return err_set(err, ERR_UNSUPPORTED, STR_FMT ": a sparse file", STR_ARG(name));
    return 0;
}

/* A tar that breaks off still has the members before that. */
static void index_members(struct store *s)
{
    own_stream plain = plain_of(s);
    own_tar tar = tar_open(plain, &budget_layer);
    struct tar_entry entry;
    struct err err = {0};
    int r;

    while ((r = tar_next(tar, &entry, &err)) > 0)
        if ((r = add_member(s, tar, &entry, &err)) < 0)
            break;
    if (r < 0)
        s->broken = arena_strdup(s->a, err.text);
    else if (!tar_whole(tar))
        s->broken = "no end mark: it may have been cut off";
    if (*tar_doubt(tar) && !s->doubt)
        s->doubt = arena_strdup(s->a, tar_doubt(tar));
}

int store_open(struct arena *a, int fd, struct sandbox_place *place, struct store **out,
               struct err *err)
{
    struct store *s = arena_new(a, struct store);
    struct stat st;

    *s = (struct store){.a = a, .fd = fd, .place = place, .kind = STORE_FOLDER};
    *out = s;
    if (fstat(fd, &st) < 0)
        return err_sys(err, "it cannot be looked at");
    if (S_ISDIR(st.st_mode))
        return 0;
    if (peek(s, err) < 0)
        return err->code;
    if (s->kind != STORE_ROOT)
        index_members(s);
    return 0;
}

enum store_kind store_kind(const struct store *s)
{
    return s->kind;
}

const char *store_broken(const struct store *s)
{
    return s->broken;
}

const char *store_doubt(const struct store *s)
{
    return s->doubt;
}

/* Through links. */
static const struct member *find(const struct store *s, struct str name)
{
    const struct member *m = map_get(&s->members, name);

    for (int i = 0; m && m->link.n && i < LINKS_MAX; i++) {
        own(arena) a = {0};
        struct str target;

        if (!links_follow(&a, &(struct links){0}, m->link, true, &target))
            return NULL;
        m = map_get(&s->members, target);
    }
    return m && !m->link.n ? m : NULL;
}

bool store_place(const struct store *s, struct str name, uint64_t *at, uint64_t *size)
{
    const struct member *m;
    own(arena) a = {0};
    struct stat st;

    *at = *size = 0;
    if (s->kind == STORE_FOLDER) {
        /* What cannot be looked at is there: opening it will say why it cannot be read. */
        if (fstatat(s->fd, str_copy(&a, name).p, &st, 0) < 0)
            return errno != ENOENT && errno != ENOTDIR;
        *size = (uint64_t)st.st_size;
        return true;
    }
    m = find(s, name);
    if (!m)
        return false;
    *at = m->at;
    *size = m->size;
    return true;
}

bool store_has(const struct store *s, struct str name)
{
    uint64_t at, size;

    return store_place(s, name, &at, &size);
}

struct str store_real(const struct store *s, struct str name)
{
    const struct member *m = find(s, name);

    return m ? m->name : name;
}

/* Of a file in a folder or a tar; not of a packed store. */
static int find_section(const struct store *s, struct str name, struct section *out,
                        struct err *err)
{
    const struct member *m;

    if (s->kind == STORE_FOLDER)
        return section_below(s->fd, name, out, err);
    m = find(s, name);
    if (!m)
        return err_set(err, ERR_NOTFOUND, STR_FMT ": not in the archive", STR_ARG(name));
    *out = (struct section){s->fd, m->at, m->size, false};
    return 0;
}

static int too_large(struct str name, struct err *err)
{
    return err_set(err, ERR_LIMIT, STR_FMT ": larger than %" PRIu64 " (limit manifest)",
                   STR_ARG(name), budget_layer.manifest);
}

static int load_kept(const struct store *s, struct str name, struct str *out,
                     struct err *err)
{
    const struct member *m = find(s, name);

    if (!m)
        return err_set(err, ERR_NOTFOUND, STR_FMT ": not in the archive", STR_ARG(name));
    *out = m->bytes;
    if (m->bytes.n)
        return 0;
    if (m->size > budget_layer.manifest)
        return too_large(name, err);
    if (s->full)
        return err_set(err, ERR_LIMIT,
                       STR_FMT ": the archive has more than %" PRIu64
                               " bytes of manifests (limit kept)",
                       STR_ARG(name), budget_layer.kept);
    return err_set(err, ERR_FORMAT, STR_FMT ": no JSON", STR_ARG(name));
}

int store_load(struct store *s, struct arena *a, struct str name, struct str *out,
               struct err *err)
{
    own(section) section = {.fd = -1};
    own_stream from = NULL;

    if (s->kind == STORE_PACKED)
        return load_kept(s, name, out, err);
    if (find_section(s, name, &section, err) < 0)
        return err->code;
    from = section_stream(&section);
    if (stream_load(a, from, budget_layer.manifest, out, err) == 0)
        return 0;
    return err->code == ERR_LIMIT ? too_large(name, err)
                                  : err_wrap(err, STR_FMT, STR_ARG(name));
}
