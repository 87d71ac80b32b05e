/* The write-ahead log beside a SQLite database. Numbers are big-endian, 32
 * bits wide.
 *
 *     0    magic 0x377f0682 or 0x377f0683, format 3007000, page size,
 *          checkpoint, salt (8 bytes), checksum (8 bytes)
 *     32   frames: page number, pages of the database after this commit (0
 *          within a transaction), salt, checksum; then the page
 *
 * The checksum runs over the first 24 bytes of the head and on over the first 8
 * bytes and the page of each frame, in words that are little-endian with the
 * first magic and big-endian with the second. The log ends where salt or
 * checksum is another: frames behind are left over from before a checkpoint.
 * What follows the last commit was never committed. */
#include "pkg/sqlite_wal.h"

#include "base/err.h"

#include <string.h>

enum { HEAD = 32, FRAME = 24, MAGIC = 0x377f0682, FORMAT = 3007000 };

struct wal {
    struct str bytes;
    size_t page;
    bool big; /* words of the checksum */
    uint32_t sum[2];
};

static uint32_t word(const char *at, bool big)
{
    const unsigned char *p = (const unsigned char *)at;

    if (big)
        return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    return (uint32_t)p[3] << 24 | p[2] << 16 | p[1] << 8 | p[0];
}

static uint32_t be32(struct str b, size_t at)
{
    return word(b.p + at, true);
}

static void add_sum(struct wal *w, const char *p, size_t n)
{
    for (size_t i = 0; i + 8 <= n; i += 8) {
        w->sum[0] += word(p + i, w->big) + w->sum[1];
        w->sum[1] += word(p + i + 4, w->big) + w->sum[0];
    }
}

static bool is_sum(const struct wal *w, const char *p)
{
    return word(p, true) == w->sum[0] && word(p + 4, true) == w->sum[1];
}

/* 16 bits at 16, where 1 stands for 65536. */
size_t sqlite_page_size(struct str database)
{
    size_t n = 0;

    if (database.n >= 100)
        n = (size_t)((unsigned char)database.p[16] << 8 | (unsigned char)database.p[17]);
    return n == 1 ? 65536 : n;
}

static int open_head(struct wal *w, struct str database, struct err *err)
{
    struct str head = w->bytes;

    if ((be32(head, 0) & ~1u) != MAGIC || be32(head, 4) != FORMAT)
        return err_set(err, ERR_FORMAT, "not the log of a SQLite database");
    w->big = be32(head, 0) & 1;
    w->page = be32(head, 8);
    add_sum(w, head.p, 24);
    if (!is_sum(w, head.p + 24))
        return err_set(err, ERR_FORMAT, "checksum of its head is wrong");
    if (w->page < 512 || w->page > 65536 || (w->page & (w->page - 1)) ||
        (database.n && w->page != sqlite_page_size(database)))
        return err_set(err, ERR_FORMAT, "pages of %zu bytes over pages of %zu", w->page,
                       sqlite_page_size(database));
    return 0;
}

static struct str frame_of(const struct wal *w, size_t i)
{
    return str_from(w->bytes, HEAD + i * (FRAME + w->page));
}

/* How many frames were committed, and the pages of the database after them. */
static size_t committed(struct wal *w, uint32_t *pages)
{
    size_t len = (w->bytes.n - HEAD) / (FRAME + w->page), end = 0;

    for (size_t i = 0; i < len; i++) {
        struct str frame = frame_of(w, i);

        add_sum(w, frame.p, 8);
        add_sum(w, frame.p + FRAME, w->page);
        if (memcmp(frame.p + 8, w->bytes.p + 16, 8) != 0 || !is_sum(w, frame.p + 16) ||
            be32(frame, 0) == 0)
            break;
        if (be32(frame, 4)) {
            end = i + 1;
            *pages = be32(frame, 4);
        }
    }
    return end;
}

int sqlite_wal(struct str database, struct str wal, struct buf *out, struct err *err)
{
    struct wal w = {.bytes = wal};
    uint32_t pages = 0;
    size_t end;

    buf_str(out, database);
    if (wal.n < HEAD)
        return 0;
    if (open_head(&w, database, err) < 0)
        return err->code;
    end = committed(&w, &pages);
    if (end == 0)
        return 0;
    if (pages > database.n / w.page + end)
        return err_set(err, ERR_FORMAT, "%u pages after it, which nothing holds", pages);
    if (pages * w.page > out->len) {
        buf_reserve(out, pages * w.page - out->len);
        memset(out->at + out->len, 0, pages * w.page - out->len);
    }
    out->len = pages * w.page;
    for (size_t i = 0; i < end; i++) {
        struct str frame = frame_of(&w, i);

        if (be32(frame, 0) <= pages)
            memcpy(out->at + (be32(frame, 0) - 1) * w.page, frame.p + FRAME, w.page);
    }
    return 0;
}
