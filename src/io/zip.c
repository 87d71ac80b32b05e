/* APPNOTE.TXT of PKWARE, 4.3: the end record is at the end, in front of a comment; it says
 * where the central directory is; that has for each member 46 bytes, a name, extra fields
 * and a comment; and each member has a header of its own, of 30 bytes, in front of it. */
#include "io/zip.h"

#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "io/inflate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    END = 22,
    END_64 = 56,
    LOCATOR = 20,
    CENTRAL = 46,
    LOCAL = 30,
    COMMENT_MAX = 0xffff,
    PADDING = 64
};

static uint64_t word(const char *p, int bytes)
{
    uint64_t v = 0;

    for (int i = bytes - 1; i >= 0; i--)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

/* n bytes at `at`; NULL when there are no such. */
static const char *piece(struct str bytes, uint64_t at, uint64_t n)
{
    return at <= bytes.n && n <= bytes.n - at ? bytes.p + at : NULL;
}

/* ---- the directory ---- */

struct directory {
    uint64_t at, length, before; /* before: bytes in front of the zip */
};

/* Where it is larger than the old form can tell, its place and length are in a record of
 * their own, in front of the end. */
static void read_end_64(struct str bytes, uint64_t end, struct directory *d)
{
    const char *locator = end < LOCATOR ? NULL : piece(bytes, end - LOCATOR, LOCATOR);
    const char *record;

    if (!locator || memcmp(locator, "PK\6\7", 4) != 0)
        return;
    record = piece(bytes, word(locator + 8, 8), END_64);
    if (!record || memcmp(record, "PK\6\6", 4) != 0)
        return;
    d->length = word(record + 40, 8);
    d->at = word(record + 48, 8);
}

static int read_end(struct str bytes, uint64_t end, struct directory *d, struct err *err)
{
    const char *p = bytes.p + end;

    *d = (struct directory){.at = word(p + 16, 4), .length = word(p + 12, 4)};
    if (d->length == UINT32_MAX || d->at == UINT32_MAX || word(p + 10, 2) == UINT16_MAX)
        read_end_64(bytes, end, d);
    else if (d->length <= end && d->at <= end - d->length)
        d->before = end - d->length - d->at;
    if (!piece(bytes, d->before + d->at, d->length) || d->before + d->at + d->length > end)
        return err_set(err, ERR_FORMAT, "zip: its directory is not where it says");
    return 0;
}

/* The record that ends with the file, comment and all. Where there is another, in the
 * comment or around it, programs differ in which they take. */
static int find_end(struct str bytes, struct directory *d, struct err *err)
{
    size_t least = bytes.n > END + COMMENT_MAX ? bytes.n - END - COMMENT_MAX : 0;
    size_t end = bytes.n, others = 0;

    for (size_t i = bytes.n < END ? 0 : bytes.n - END + 1; i-- > least;) {
        bool ends;

        if (memcmp(bytes.p + i, "PK\5\6", 4) != 0)
            continue;
        ends = i + END + word(bytes.p + i + 20, 2) == bytes.n;
        others += end < bytes.n ? ends : !ends;
        if (ends && end == bytes.n)
            end = i;
    }
    if (end == bytes.n)
        return err_set(err, ERR_FORMAT, "zip: no end, it may have been cut off");
    if (others)
        return err_set(err, ERR_FORMAT, "zip: two ends, one in the comment");
    return read_end(bytes, end, d, err);
}

/* ---- members ---- */

/* Of the values that do not fit the old form the extra field 1 has those that are missing,
 * in this order: size, packed size, place. */
static void read_extra(struct str extra, struct zip_member *m)
{
    while (extra.n >= 4) {
        uint64_t *const wanted[] = {&m->size, &m->packed, &m->at};
        uint64_t id = word(extra.p, 2);
        size_t n = (size_t)word(extra.p + 2, 2);
        struct str field = {extra.p + 4, n};

        if (n > extra.n - 4)
            return;
        extra = str_from(extra, 4 + n);
        for (size_t i = 0; id == 1 && i < 3 && field.n >= 8; i++)
            if (*wanted[i] == UINT32_MAX) {
                *wanted[i] = word(field.p, 8);
                field = str_from(field, 8);
            }
    }
}

static void doubt(struct zip *z, struct str name, const char *why)
{
    if (!*z->doubt)
        snprintf(z->doubt, sizeof z->doubt, "%.*s: %s", (int)(name.n < 80 ? name.n : 80),
                 name.p, why);
}

/* Behind its own header its bytes begin. */
static int find_content(struct zip *z, struct zip_member *m, struct err *err)
{
    const char *local = piece(z->bytes, m->at, LOCAL), *name;
    uint64_t length;

    if (!local || memcmp(local, "PK\3\4", 4) != 0)
        return err_set(err, ERR_FORMAT, "zip: a member is not where it says");
    length = word(local + 26, 2);
    name = piece(z->bytes, m->at + LOCAL, length);
    if (!name || !str_equal(m->name, (struct str){name, (size_t)length}))
        doubt(z, m->name, "its own header gives another name");
    m->at += LOCAL + length + word(local + 28, 2);
    return piece(z->bytes, m->at, m->packed)
               ? 0
               : err_set(err, ERR_FORMAT, "zip: a member ends behind the file");
}

static int add_member(struct arena *a, struct zip *z, const struct directory *d,
                      const char *head, struct err *err)
{
    struct zip_member *m = arena_push(a, z);
    size_t name = (size_t)word(head + 28, 2), extra = (size_t)word(head + 30, 2);

    *m = (struct zip_member){
        .name = {head + CENTRAL, name},
        .size = word(head + 24, 4),
        .packed = word(head + 20, 4),
        .at = word(head + 42, 4),
        .crc = (uint32_t)word(head + 16, 4),
        .method = (uint16_t)word(head + 10, 2),
        .encrypted = word(head + 8, 2) & 1,
    };
    read_extra((struct str){head + CENTRAL + name, extra}, m);
    if (m->at > UINT64_MAX - d->before)
        return err_set(err, ERR_FORMAT, "zip: a member is not where it says");
    m->at += d->before;
    return find_content(z, m, err);
}

static int add_members(struct arena *a, struct zip *z, const struct directory *d,
                       const struct budget *budget, struct err *err)
{
    struct str all = {z->bytes.p + d->before + d->at, (size_t)d->length};

    while (all.n >= CENTRAL && memcmp(all.p, "PK\1\2", 4) == 0) {
        uint64_t length =
            CENTRAL + word(all.p + 28, 2) + word(all.p + 30, 2) + word(all.p + 32, 2);

        if (length > all.n)
            break;
        if (z->len >= budget->entries)
            return err_set(err, ERR_LIMIT,
                           "zip: more than %" PRIu64 " members (limit entries)",
                           budget->entries);
        if (add_member(a, z, d, all.p, err) < 0)
            return err->code;
        all = str_from(all, (size_t)length);
    }
    return all.n ? err_set(err, ERR_FORMAT, "zip: its directory breaks off") : 0;
}

/* ---- what makes a small zip a large one ---- */

static int by_place(const void *a, const void *b)
{
    const struct zip_member *const *x = a, *const *y = b;

    return ((*x)->at > (*y)->at) - ((*x)->at < (*y)->at);
}

static int check_places(struct zip *z, const struct directory *d, struct err *err)
{
    own(arena) a = {0};
    const struct zip_member **sorted =
        arena_alloc(&a, (z->len + 1) * sizeof *sorted, sizeof(void *));

    for (size_t i = 0; i < z->len; i++)
        sorted[i] = &z->at[i];
    qsort(sorted, z->len, sizeof *sorted, by_place);
    for (size_t i = 0; i + 1 < z->len; i++)
        if (sorted[i]->at + sorted[i]->packed + LOCAL > sorted[i + 1]->at)
            return err_set(err, ERR_FORMAT, "zip: members lie over each other");
    if (z->len && sorted[z->len - 1]->at + sorted[z->len - 1]->packed > d->before + d->at)
        return err_set(err, ERR_FORMAT, "zip: a member lies over the directory");
    return 0;
}

/* The first of each name stays. */
static void drop_twins(struct zip *z)
{
    own(arena) a = {0};
    struct map names = {0};
    size_t kept = 0;

    for (size_t i = 0; i < z->len; i++) {
        void **at = map_at(&a, &names, z->at[i].name);

        if (*at)
            doubt(z, z->at[i].name, "it is there twice");
        else
            z->at[kept++] = z->at[i];
        *at = z;
    }
    z->len = kept;
}

int zip_open(struct arena *a, struct str bytes, const struct budget *budget,
             struct zip *out, struct err *err)
{
    struct directory d = {0};

    *out = (struct zip){.bytes = bytes};
    if (find_end(bytes, &d, err) < 0 || add_members(a, out, &d, budget, err) < 0 ||
        check_places(out, &d, err) < 0)
        return err->code;
    drop_twins(out);
    return 0;
}

const char *zip_doubt(const struct zip *z)
{
    return z->doubt;
}

const struct zip_member *zip_find(const struct zip *z, struct str name)
{
    for (size_t i = 0; i < z->len; i++)
        if (str_equal(z->at[i].name, name))
            return &z->at[i];
    return NULL;
}

/* ---- content ---- */

/* How much a member may become: a file, what is left of the whole, and so many times what
 * it takes up once that is much. */
static uint64_t most_of(const struct zip *z, const struct zip_member *m,
                        const struct budget *b, const char **limit)
{
    uint64_t most = b->file, left = b->bytes - z->unpacked, grown;

    *limit = "file";
    if (left < most) {
        most = left;
        *limit = "bytes";
    }
    grown =
        b->ratio && m->packed > UINT64_MAX / b->ratio ? UINT64_MAX : m->packed * b->ratio;
    grown = grown < b->ratio_from ? b->ratio_from : grown;
    if (grown < most) {
        most = grown;
        *limit = "ratio";
    }
    return most;
}

int zip_read(struct zip *z, const struct zip_member *m, const struct budget *budget,
             struct buf *out, struct err *err)
{
    struct str packed = {z->bytes.p + m->at, (size_t)m->packed};
    const char *limit;
    uint64_t most = most_of(z, m, budget, &limit);
    int r = 0;

    out->len = 0;
    if (m->encrypted)
        return err_set(err, ERR_UNSUPPORTED, "encrypted");
    if (m->method != 0 && m->method != 8)
        return err_set(err, ERR_UNSUPPORTED, "packed in a way that is not read (method %u)",
                       m->method);
    if (m->method == 8)
        r = inflate_raw(packed, most, out, err);
    else if (packed.n <= most)
        buf_str(out, packed);
    else
        r = err_set(err, ERR_LIMIT, "too large");
    if (r == ERR_LIMIT)
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " bytes (limit %s)", most,
                       limit);
    if (r < 0)
        return r;
    z->unpacked += out->len;
    if (inflate_crc(buf_view(out)) != m->crc)
        return err_set(err, ERR_FORMAT, "its checksum is wrong");
    buf_add(out, (char[PADDING]){0}, PADDING);
    out->len -= PADDING;
    return 0;
}
