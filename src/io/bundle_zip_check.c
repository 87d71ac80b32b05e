/* The central directory of a zip, looked over before libarchive takes it at its word:
 * APPNOTE.TXT of PKWARE, 4.3. What counts is the central directory; members that lie
 * over each other are how a small zip becomes a large one, and a member whose own
 * header gives another name is two files to two programs. */
#include "io/bundle_parts.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    END = 22,
    END_64 = 56,
    LOCATOR = 20,
    CENTRAL = 46,
    LOCAL = 30,
    COMMENT_MAX = 0xffff
};

struct span {
    uint64_t from, to;
};

struct check {
    struct walk *w;
    int fd;
    struct str inside;
    uint64_t size;               /* of the file */
    bool two_ends;               /* of which libarchive would take the other */
    uint64_t at, length, before; /* of the directory; bytes in front of the zip */
    struct {
        struct span *at;
        size_t len, cap;
    } spans;
    struct err why; /* it cannot be read */
    struct arena a;
};

static uint64_t word(const char *p, int bytes)
{
    uint64_t v = 0;

    for (int i = bytes - 1; i >= 0; i--)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

/* False when the file has no such bytes, or they cannot be read, which is in c->why. */
static bool load(struct check *c, char *out, size_t n, uint64_t at)
{
    ssize_t got = 1;

    if (at > c->size || n > c->size - at)
        return false;
    for (; n && got; out += got, n -= (size_t)got, at += (uint64_t)got) {
        do
            got = pread(c->fd, out, n, (off_t)at);
        while (got < 0 && errno == EINTR);
        if (got < 0) {
            err_sys(&c->why, "zip");
            return false;
        }
    }
    return n == 0;
}

/* Where it is larger than the old form can tell, the directory's place and length are
 * in a record of their own, in front of the end. */
static void read_end_64(struct check *c, uint64_t end)
{
    char locator[LOCATOR], record[END_64];

    if (end < LOCATOR || !load(c, locator, LOCATOR, end - LOCATOR) ||
        memcmp(locator, "PK\6\7", 4) != 0 ||
        !load(c, record, END_64, word(locator + 8, 8)) || memcmp(record, "PK\6\6", 4) != 0)
        return;
    c->length = word(record + 40, 8);
    c->at = word(record + 48, 8);
}

/* The last record of the file that ends with it, comment and all. False: libarchive may
 * say what is wrong. */
static bool find_directory(struct check *c)
{
    size_t most = c->size < END + COMMENT_MAX ? (size_t)c->size : END + COMMENT_MAX;
    char *tail = arena_alloc(&c->a, most + 1, 1);
    uint64_t end;
    bool another = false;

    if (!load(c, tail, most, c->size - most))
        return false;
    for (size_t i = most; i >= END; i--) {
        const char *p = tail + i - END;

        if (memcmp(p, "PK\5\6", 4) != 0)
            continue;
        if (i + word(p + 20, 2) != most) {
            another = true;
            continue;
        }
        c->two_ends = another;
        end = c->size - most + (i - END);
        c->length = word(p + 12, 4);
        c->at = word(p + 16, 4);
        if (c->length == UINT32_MAX || c->at == UINT32_MAX || word(p + 10, 2) == UINT16_MAX)
            read_end_64(c, end);
        else if (c->length <= end && c->at <= end - c->length)
            c->before = end - c->length - c->at;
        return c->at <= c->size && c->length <= c->size - c->at && c->before + c->at <= end;
    }
    return false;
}

/* Of the values that do not fit the old form the extra field 1 has those that are
 * missing, in this order: size, packed size, place. */
static void read_extra(struct str extra, const char *head, uint64_t *packed,
                       uint64_t *place)
{
    while (extra.n >= 4) {
        uint64_t id = word(extra.p, 2);
        size_t n = (size_t)word(extra.p + 2, 2);
        struct str field = {extra.p + 4, n};

        if (n > extra.n - 4)
            return;
        extra = str_from(extra, 4 + n);
        if (id != 1)
            continue;
        if (word(head + 24, 4) == UINT32_MAX)
            field = str_from(field, field.n < 8 ? field.n : 8);
        if (*packed == UINT32_MAX && field.n >= 8) {
            *packed = word(field.p, 8);
            field = str_from(field, 8);
        }
        if (*place == UINT32_MAX && field.n >= 8)
            *place = word(field.p, 8);
    }
}

static void wrong_name(struct check *c, struct str name)
{
    own(arena) a = {0};
    struct err why = {0};

    err_set(&why, ERR_FORMAT, "its own header gives another name");
    walk_bad(c->w, str_printf(&a, STR_FMT STR_FMT, STR_ARG(c->inside), STR_ARG(name)),
             &why);
}

/* One member: head is its 46 bytes in the directory, the name follows. */
static void member(struct check *c, const char *head, struct str name, struct str extra)
{
    uint64_t packed = word(head + 20, 4), place = word(head + 42, 4), rest;
    char local[LOCAL], own_name[COMMENT_MAX];
    size_t own_length;

    read_extra(extra, head, &packed, &place);
    place += c->before;
    if (!load(c, local, LOCAL, place) || memcmp(local, "PK\3\4", 4) != 0)
        return; /* libarchive says so */
    own_length = (size_t)word(local + 26, 2);
    if (!load(c, own_name, own_length, place + LOCAL))
        return;
    if (!str_equal(name, (struct str){own_name, own_length}))
        wrong_name(c, name);
    rest = place + LOCAL + own_length + word(local + 28, 2);
    if (packed > UINT64_MAX - rest)
        packed = UINT64_MAX - rest;
    *arena_push(&c->a, &c->spans) = (struct span){place, rest + packed};
}

static int members(struct check *c, struct str all, struct err *err)
{
    while (all.n >= CENTRAL && memcmp(all.p, "PK\1\2", 4) == 0) {
        const char *head = all.p;
        size_t name = (size_t)word(head + 28, 2), extra = (size_t)word(head + 30, 2);
        size_t comment = (size_t)word(head + 32, 2);

        all = str_from(all, CENTRAL);
        if (name + extra + comment > all.n)
            return 0;
        if (c->spans.len >= c->w->budget->entries)
            return err_set(err, ERR_LIMIT,
                           "zip: more than %" PRIu64 " members (limit entries)",
                           c->w->budget->entries);
        member(c, head, (struct str){all.p, name}, (struct str){all.p + name, extra});
        all = str_from(all, name + extra + comment);
    }
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return (x->from > y->from) - (x->from < y->from);
}

static int check(struct check *c, struct err *err)
{
    char *all;

    if (!find_directory(c))
        return 0;
    if (c->two_ends)
        return err_set(err, ERR_FORMAT, "zip: two ends, one in the comment");
    if (c->length > c->w->budget->file)
        return err_set(err, ERR_LIMIT, "zip: a directory of %" PRIu64 " bytes (limit file)",
                       c->length);
    all = arena_alloc(&c->a, (size_t)c->length + 1, 1);
    if (!load(c, all, (size_t)c->length, c->before + c->at))
        return 0;
    if (members(c, (struct str){all, (size_t)c->length}, err) < 0)
        return err->code;
    if (c->spans.len)
        qsort(c->spans.at, c->spans.len, sizeof *c->spans.at, by_place);
    for (size_t i = 1; i < c->spans.len; i++)
        if (c->spans.at[i].from < c->spans.at[i - 1].to)
            return err_set(err, ERR_FORMAT, "zip: members lie over each other");
    if (c->spans.len && c->spans.at[c->spans.len - 1].to > c->before + c->at)
        return err_set(err, ERR_FORMAT, "zip: a member lies over the directory");
    return 0;
}

int walk_zip_check(struct walk *w, int fd, uint64_t size, struct str inside,
                   struct err *err)
{
    struct check c = {.w = w, .fd = fd, .inside = inside, .size = size};
    int r = check(&c, err);

    arena_done(&c.a);
    if (r == 0 && c.why.code) {
        *err = c.why;
        return err->code;
    }
    return r;
}
