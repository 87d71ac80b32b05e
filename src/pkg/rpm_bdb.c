/* rpm databases of the Berkeley DB kind: the file Packages, a hash table from
 * header number to header, in the byte order of the machine that wrote it.
 *
 * Pages of one size, 512 to 65536 bytes. Each begins with 26 bytes:
 *
 *     0   log number (8)      16  next page (4)      24  level (1)
 *     8   its own number (4)  20  items (2)          25  kind (1)
 *     12  page before (4)     22  free space or, on an overflow page, length (2)
 *
 * Page 0 describes the file:
 *
 *     12  magic 0x061561 (4)  20  page size (4)      26  flags (1): 1 checksums
 *     16  version (4)         24  encryption (1)     32  last page (4)
 *
 * A hash page (kind 2 or 13) goes on with the offsets of its items, 2 bytes
 * each; items fill the page from its end, so that one ends where the one
 * before it begins. They come in pairs, key and value. The first byte of an
 * item tells where its bytes are: 1 behind it; 3 on overflow pages, whose first
 * page and total length are at 4 and 8. An overflow page (kind 7) holds
 * bytes from 26 on and leads to the next, 0 at the end.
 *
 * Keys are header numbers; number 0 holds the highest number given so far. The
 * pages are read in the order of the file: pages that were given up are of kind
 * 0, and a damaged bucket table hides nothing. Layout as
 * in db_page.h of Berkeley DB and the files of RHEL 8's kin; rpm -qa is the
 * reference. */
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "pkg/rpm.h"

enum {
    MAGIC = 0x061561,
    PAGE_HEAD = 26,
    META = 72,
    KIND_HASH_OLD = 2,
    KIND_OVERFLOW = 7,
    KIND_HASH = 13,
    ITEM_INLINE = 1,
    ITEM_OVERFLOW = 3,
    OVERFLOW_ITEM = 12, /* size of an item that leads to overflow pages */
};

struct bdb {
    struct str file;
    size_t page;  /* size of one */
    size_t pages; /* whole ones there are */
    bool big;     /* byte order */
    struct buf header;
};

static void bdb_done(struct bdb *b)
{
    buf_done(&b->header);
}

static uint32_t number(const struct bdb *b, struct str s, size_t at, size_t width)
{
    uint32_t v = 0;

    for (size_t i = 0; i < width; i++)
        v = v << 8 | (unsigned char)s.p[at + (b->big ? i : width - 1 - i)];
    return v;
}

static uint32_t u16(const struct bdb *b, struct str s, size_t at)
{
    return number(b, s, at, 2);
}

static uint32_t u32(const struct bdb *b, struct str s, size_t at)
{
    return number(b, s, at, 4);
}

static struct str page_of(const struct bdb *b, size_t n)
{
    return (struct str){b->file.p + n * b->page, b->page};
}

static int page_kind(struct str page)
{
    return (unsigned char)page.p[25];
}

/* Item i of a hash page, with its first byte. */
static int item_of(const struct bdb *b, struct str page, size_t i, struct str *out,
                   struct err *err)
{
    size_t begin = u16(b, page, PAGE_HEAD + 2 * i);
    size_t end = i ? u16(b, page, PAGE_HEAD + 2 * (i - 1)) : page.n;

    if (begin >= end || end > page.n || begin < PAGE_HEAD + 2 * (i + 1))
        return err_set(err, ERR_FORMAT, "item %zu lies outside its page", i);
    *out = (struct str){page.p + begin, end - begin};
    return 0;
}

/* The bytes of a value that did not fit its page. Every page gives at least
 * one, so a chain that leads in a circle ends with the length it claimed. */
static int gather(struct bdb *b, size_t at, size_t len, struct err *err)
{
    b->header.len = 0;
    while (b->header.len < len) {
        struct str page;
        size_t here;

        if (at == 0 || at >= b->pages)
            return err_set(err, ERR_FORMAT,
                           "overflow page %zu is not there, %zu of %zu bytes", at,
                           b->header.len, len);
        page = page_of(b, at);
        here = u16(b, page, 22);
        if (page_kind(page) != KIND_OVERFLOW || u32(b, page, 8) != at)
            return err_set(err, ERR_FORMAT, "page %zu is not an overflow page", at);
        if (here == 0 || here > page.n - PAGE_HEAD || here > len - b->header.len)
            return err_set(err, ERR_FORMAT, "overflow page %zu holds %zu bytes", at, here);
        buf_add(&b->header, page.p + PAGE_HEAD, here);
        at = u32(b, page, 16);
    }
    return 0;
}

/* The value that an item holds or leads to. */
static int value_of(struct rpm_db *db, struct bdb *b, struct str item, struct str *out,
                    struct err *err)
{
    size_t len;

    if (item.p[0] == ITEM_INLINE) {
        *out = str_from(item, 1);
        return rpm_spend(db, out->n, err);
    }
    if (item.p[0] != ITEM_OVERFLOW || item.n < OVERFLOW_ITEM)
        return err_set(err, ERR_FORMAT, "item of unknown kind %d", item.p[0]);
    len = u32(b, item, 8);
    if (len > b->file.n)
        return err_set(err, ERR_FORMAT, "header of %zu bytes in a smaller file", len);
    if (rpm_spend(db, len, err) < 0 || gather(b, u32(b, item, 4), len, err) < 0)
        return err->code;
    *out = buf_view(&b->header);
    return 0;
}

/* Key and value at i and i + 1: 1 and a header, or 0 for what is none. */
static int read_pair(struct rpm_db *db, struct bdb *b, struct str page, size_t i,
                     uint64_t *key_number, struct str *header, struct err *err)
{
    struct str key, value;
    int r;

    if (item_of(b, page, i, &key, err) < 0 || item_of(b, page, i + 1, &value, err) < 0)
        return err->code;
    if (key.p[0] != ITEM_INLINE || key.n != 5)
        return err_set(err, ERR_FORMAT, "item %zu is not a header number", i);
    *key_number = u32(b, key, 1);
    if (*key_number == 0)
        return 0;
    r = value_of(db, b, value, header, err);
    return r < 0 ? r : 1;
}

static int read_pairs(struct rpm_db *db, struct bdb *b, size_t n, size_t items,
                      struct err *err)
{
    int r = 0;

    for (size_t i = 0; i < items && r >= 0; i += 2) {
        uint64_t key_number = 0;
        struct str header;
        struct err what = {0};

        r = read_pair(db, b, page_of(b, n), i, &key_number, &header, &what);
        if (r > 0)
            r = rpm_header(db, key_number, header, err);
        else if (r < 0)
            r = rpm_broken(db, key_number, (err_wrap(&what, "page %zu", n), &what), err);
    }
    return r;
}

static int read_page(struct rpm_db *db, struct bdb *b, size_t n, struct err *err)
{
    struct str page = page_of(b, n);
    size_t items = u16(b, page, 20);

    if (page_kind(page) != KIND_HASH && page_kind(page) != KIND_HASH_OLD)
        return 0;
    if (items > (page.n - PAGE_HEAD) / 2 || items % 2 || u32(b, page, 8) != n) {
        struct err what = {0};

        err_set(&what, ERR_FORMAT, "page %zu: its head is broken", n);
        return rpm_broken(db, 0, &what, err);
    }
    return read_pairs(db, b, n, items, err);
}

static int open_meta(struct bdb *b, struct err *err)
{
    struct str meta = b->file;

    if (meta.n < META)
        return err_set(err, ERR_FORMAT, "not a Berkeley DB file: only %zu bytes", meta.n);
    b->big = true;
    if (u32(b, meta, 12) != MAGIC)
        b->big = false;
    if (u32(b, meta, 12) != MAGIC)
        return err_set(err, ERR_FORMAT, "not a Berkeley DB hash file");
    if (meta.p[24] != 0 || meta.p[26] & 1)
        return err_set(err, ERR_UNSUPPORTED,
                       "Berkeley DB file with encryption or checksums");
    b->page = u32(b, meta, 20);
    if (b->page < 512 || b->page > 65536 || (b->page & (b->page - 1)))
        return err_set(err, ERR_FORMAT, "page size %zu", b->page);
    b->pages = meta.n / b->page;
    return 0;
}

int rpm_bdb(struct rpm_db *db, struct err *err)
{
    own(bdb) b = {.file = db->in->bytes};
    size_t last;

    if (open_meta(&b, err) < 0)
        return err->code;
    last = u32(&b, b.file, 32);
    for (size_t n = 1; n < b.pages && n <= last; n++)
        if (read_page(db, &b, n, err) < 0)
            return err->code;
    if (b.pages <= last)
        return err_set(err, ERR_FORMAT, "the file ends at page %zu of %zu", b.pages, last);
    return 0;
}
