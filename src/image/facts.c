/* The facts of a layer as bytes, written with base/pack.h:
 *
 *     "lotse-facts", schema number, whether lasting
 *     readers      count, { name, version }
 *     entries, bytes, links left out
 *     notes        count, { level, layer + 1, where, line, what }
 *     whiteouts    count, { path }
 *     opaques      count, { path }
 *     links        count, { path, target, hard }
 *     files        count, { reader, path, at, flags, kept,
 *                           packages  count, { 16 strings, line, flags, files }
 *                           owned     count, { name, arch, files, licence }
 *                           notes }
 *     key          16 bytes
 *     names        count, then as names.h describes them up to the end
 *
 * They may come from a cache or another process, so reading trusts nothing. */
#include "image/facts.h"

#include "base/err.h"
#include "base/pack.h"
#include "image/names.h"

#include <string.h>

static const struct str magic = S("lotse-facts");

bool facts_has(const struct facts *f, struct str path, bool is_dir)
{
    return names_have(f->names, f->key, path, is_dir);
}

bool facts_has_either(const struct facts *f, struct str path)
{
    return names_have_either(f->names, f->key, path);
}

bool facts_has_inside(const struct facts *f, struct str path)
{
    return names_have_inside(f->names, f->key, path);
}

/* Yields the count, and makes room for as many as a count may promise unseen. */
#define expect(a, list, count)                                                             \
    __extension__({                                                                        \
        size_t count_ = (count);                                                           \
        arena_reserve((a), (list), count_ < PROMISED ? count_ : PROMISED);                 \
        count_;                                                                            \
    })
enum { PROMISED = 4096 };

static void pack_strings(struct buf *out, const struct str_list *list)
{
    pack_u64(out, list->len);
    for (size_t i = 0; i < list->len; i++)
        pack_str(out, list->at[i]);
}

static void unpack_strings(struct arena *a, struct unpack *in, struct str_list *list)
{
    for (size_t n = unpack_count(in, 1); n > 0 && !in->bad; n--)
        *arena_push(a, list) = unpack_str(in);
}

/* The strings of a package, in the order in which they are packed. */
#define PACKAGE_STRINGS(X)                                                                 \
    X(type)                                                                                \
    X(group)                                                                               \
    X(name)                                                                                \
    X(version)                                                                             \
    X(arch)                                                                                \
    X(source)                                                                              \
    X(source_version)                                                                      \
    X(module)                                                                              \
    X(vendor)                                                                              \
    X(licence)                                                                             \
    X(cpe)                                                                                 \
    X(path)                                                                                \
    X(realm)                                                                               \
    X(key)                                                                                 \
    X(provides)                                                                            \
    X(needs)

enum { DIRECT = 1, DEV = 2, OPTIONAL = 4 };

static void pack_package(struct buf *out, const struct package *p)
{
#define X(field) pack_str(out, p->field);
    PACKAGE_STRINGS(X)
#undef X
    pack_u64(out, p->line);
    pack_u64(out,
             (p->direct ? DIRECT : 0) | (p->dev ? DEV : 0) | (p->optional ? OPTIONAL : 0));
    pack_str(out, p->files);
}

static void unpack_package(struct unpack *in, struct package *p)
{
    uint64_t flags;

#define X(field) p->field = unpack_str(in);
    PACKAGE_STRINGS(X)
#undef X
    p->line = unpack_u64(in);
    flags = unpack_u64(in);
    p->direct = flags & DIRECT;
    p->dev = flags & DEV;
    p->optional = flags & OPTIONAL;
    p->files = unpack_str(in);
    p->layer = -1;
}

enum { KEEP = 1, UNREAD = 2 };

void facts_pack_file(struct buf *out, const struct facts_file *f)
{
    pack_str(out, f->reader);
    pack_str(out, f->path);
    pack_str(out, f->at);
    pack_u64(out, (f->keep ? KEEP : 0) | (f->unread ? UNREAD : 0));
    pack_str(out, f->kept);
    pack_u64(out, f->packages.len);
    for (size_t i = 0; i < f->packages.len; i++)
        pack_package(out, &f->packages.at[i]);
    pack_u64(out, f->owned.len);
    for (size_t i = 0; i < f->owned.len; i++) {
        pack_str(out, f->owned.at[i].name);
        pack_str(out, f->owned.at[i].arch);
        pack_str(out, f->owned.at[i].files);
        pack_str(out, f->owned.at[i].licence);
    }
    notes_pack(out, &f->notes);
}

static void unpack_file(struct arena *a, struct unpack *in, struct facts_file *f)
{
    uint64_t flags;

    f->reader = unpack_str(in);
    f->path = unpack_str(in);
    f->at = unpack_str(in);
    flags = unpack_u64(in);
    f->keep = flags & KEEP;
    f->unread = flags & UNREAD;
    f->kept = unpack_str(in);
    for (size_t n = expect(a, &f->packages, unpack_count(in, 19)); n > 0 && !in->bad; n--)
        unpack_package(in, arena_push(a, &f->packages));
    for (size_t n = expect(a, &f->owned, unpack_count(in, 4)); n > 0 && !in->bad; n--) {
        struct owned *o = arena_push(a, &f->owned);

        o->name = unpack_str(in);
        o->arch = unpack_str(in);
        o->files = unpack_str(in);
        o->licence = unpack_str(in);
    }
    notes_unpack(a, in, &f->notes);
}

static struct hash_key unpack_key(struct unpack *in)
{
    struct str bytes = unpack_str(in);
    struct hash_key key = {0};

    if (bytes.n == sizeof key)
        memcpy(&key, bytes.p, sizeof key);
    else
        in->bad = true;
    return key;
}

/* What is left of the bytes. Out of order they would only hide that a name is
 * there, which whoever made the facts could do anyway. */
static struct str unpack_names(struct unpack *in, size_t len)
{
    struct str names = {in->at, (size_t)(in->end - in->at)};

    if (names.n != len * NAME_BYTES)
        in->bad = true;
    return names;
}

void facts_pack(struct buf *out, const struct facts *f, struct str files, size_t files_len)
{
    pack_str(out, magic);
    pack_u64(out, FACTS_SCHEMA);
    pack_u64(out, f->lasting);
    pack_u64(out, f->readers.len);
    for (size_t i = 0; i < f->readers.len; i++) {
        pack_str(out, f->readers.at[i].name);
        pack_u64(out, f->readers.at[i].version);
    }
    pack_u64(out, f->entries);
    pack_u64(out, f->bytes);
    pack_u64(out, f->links_left);
    notes_pack(out, &f->notes);
    pack_strings(out, &f->whiteouts);
    pack_strings(out, &f->opaques);
    pack_u64(out, f->links.len);
    for (size_t i = 0; i < f->links.len; i++) {
        pack_str(out, f->links.at[i].path);
        pack_str(out, f->links.at[i].target);
        pack_u64(out, f->links.at[i].hard);
    }
    pack_u64(out, files_len);
    buf_str(out, files);
    pack_str(out, (struct str){(const char *)&f->key, sizeof f->key});
    pack_u64(out, f->names.n / NAME_BYTES);
}

bool facts_lasting(struct str bytes)
{
    struct unpack in = unpack_of(bytes);

    return str_equal(unpack_str(&in), magic) && unpack_u64(&in) == FACTS_SCHEMA &&
           unpack_u64(&in) == 1 && !in.bad;
}

int facts_unpack(struct arena *a, struct str bytes, struct facts *out, struct err *err)
{
    struct unpack in = unpack_of(bytes);

    *out = (struct facts){0};
    if (!str_equal(unpack_str(&in), magic) || unpack_u64(&in) != FACTS_SCHEMA)
        return err_set(err, ERR_FORMAT, "not the facts of a layer, or of another version");
    out->lasting = unpack_u64(&in) != 0;
    for (size_t n = unpack_count(&in, 2); n > 0 && !in.bad; n--) {
        struct facts_reader *reader = arena_push(a, &out->readers);

        reader->name = unpack_str(&in);
        reader->version = unpack_u64(&in);
    }
    out->entries = unpack_u64(&in);
    out->bytes = unpack_u64(&in);
    out->links_left = unpack_u64(&in);
    notes_unpack(a, &in, &out->notes);
    unpack_strings(a, &in, &out->whiteouts);
    unpack_strings(a, &in, &out->opaques);
    for (size_t n = expect(a, &out->links, unpack_count(&in, 3)); n > 0 && !in.bad; n--) {
        struct facts_link *link = arena_push(a, &out->links);

        link->path = unpack_str(&in);
        link->target = unpack_str(&in);
        link->hard = unpack_u64(&in) != 0;
    }
    for (size_t n = expect(a, &out->files, unpack_count(&in, 9)); n > 0 && !in.bad; n--)
        unpack_file(a, &in, arena_push(a, &out->files));
    out->key = unpack_key(&in);
    out->names = unpack_names(&in, unpack_count(&in, NAME_BYTES));
    if (in.bad)
        return err_set(err, ERR_FORMAT, "the facts of the layer are damaged");
    return 0;
}
