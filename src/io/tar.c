/* The walk over a tar: POSIX.1-1988 and 2001, and "Basic Tar Format" of the GNU
 * tar manual. Reference programs: GNU tar, bsdtar, and Go's archive/tar, which
 * the container runtimes unpack layers with. Where these differ, and a file
 * could hide from us in the difference, Go's reading is taken. */
#include "io/tar.h"

#include "base/err.h"
#include "io/tar_parts.h"
#include "io/unpack.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { EXTENDED_MAX = 1 << 20, ZEROS = 16 * 1024, SHOWN = 100 };

struct content {
    struct stream base;
    struct tar *tar;
};

struct tar {
    struct stream *from;
    struct budget budget;
    struct str run; /* what is left of the run at hand */
    uint64_t at;    /* offset of run in the stream */
    char block[TAR_BLOCK];

    /* The entry: what was gathered on the way to it, and how far it was read. */
    uint64_t index;
    struct buf path, link;           /* as handed out */
    struct buf long_path, long_link; /* of 'L' and 'K' */
    struct buf extended;             /* body of 'x' */
    struct tar_pax pax;              /* views into it */
    bool meta;                       /* one of these was seen */
    uint64_t left, padding;          /* stored bytes not yet taken, zeros behind */

    bool sparse;
    struct tar_map *map;
    size_t extent;          /* where we are in the map */
    uint64_t pos, size;     /* where we are in the content */
    uint64_t holes;         /* bytes of holes handed out, of all entries */
    struct tar_map gnu_map; /* of a header */
    struct content content;
    bool started, ended;
};

struct tar *tar_open(struct stream *from, const struct budget *budget)
{
    struct tar *t = stream_alloc(sizeof *t);

    t->from = from;
    t->budget = *budget;
    return t;
}

void tar_close(struct tar *t)
{
    if (!t)
        return;
    buf_done(&t->path);
    buf_done(&t->link);
    buf_done(&t->long_path);
    buf_done(&t->long_link);
    buf_done(&t->extended);
    free(t->pax.extents.at);
    free(t->gnu_map.at);
    free(t);
}

/* "entry 17 (usr/bin/env): ...", with nothing in it that moves a cursor. */
static int located(const struct tar *t, struct err *err)
{
    char name[SHOWN + 1];
    size_t n = t->path.len < SHOWN ? t->path.len : SHOWN;

    if (n == 0)
        return err_wrap(err, "entry %" PRIu64, t->index);
    for (size_t i = 0; i < n; i++)
        name[i] = (unsigned char)t->path.at[i] < ' ' || t->path.at[i] == 0x7f
                      ? '?'
                      : t->path.at[i];
    name[n] = 0;
    return err_wrap(err, "entry %" PRIu64 " (%s)", t->index, name);
}

/* ---- bytes ---- */

static int early(uint64_t n, struct err *err)
{
    return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", n);
}

/* The next bytes in one piece, at most max of them: 1, 0 at the end, negative. */
static int take_some(struct tar *t, uint64_t max, struct str *piece, struct err *err)
{
    int r = 1;

    if (t->run.n == 0)
        r = stream_next(t->from, &t->run, err);
    if (r <= 0) {
        t->run = (struct str){0};
        return r;
    }
    *piece = t->run;
    if (piece->n > max)
        piece->n = (size_t)max;
    t->run = str_from(t->run, piece->n);
    t->at += piece->n;
    return 1;
}

/* One block, a view into the run unless it straddles two; 0 at a clean end. */
static int take_block(struct tar *t, struct str *block, struct err *err)
{
    size_t have = 0;
    struct str piece;
    int r;

    while (have < TAR_BLOCK) {
        r = take_some(t, TAR_BLOCK - have, &piece, err);
        if (r < 0 || (r == 0 && have == 0))
            return r;
        if (r == 0)
            return early(TAR_BLOCK - have, err);
        if (piece.n == TAR_BLOCK) {
            *block = piece;
            return 1;
        }
        memcpy(t->block + have, piece.p, piece.n);
        have += piece.n;
    }
    *block = (struct str){t->block, TAR_BLOCK};
    return 1;
}

static int must_take_block(struct tar *t, struct str *block, struct err *err)
{
    int r = take_block(t, block, err);

    return r == 0 ? early(TAR_BLOCK, err) : r;
}

static int pass_over(struct tar *t, uint64_t n, struct err *err)
{
    uint64_t here = n < t->run.n ? n : t->run.n;

    t->run = str_from(t->run, (size_t)here);
    t->at += n;
    return n > here ? stream_skip(t->from, n - here, err) : 0;
}

static uint64_t padding_of(uint64_t size)
{
    return -size & (TAR_BLOCK - 1);
}

/* The body of an extended header. */
static int load_body(struct tar *t, uint64_t size, uint64_t max, struct buf *out,
                     struct err *err)
{
    struct str piece;
    int r;

    out->len = 0;
    t->meta = true;
    if (size > max)
        return err_set(err, ERR_LIMIT, "extended header of %" PRIu64 " bytes", size);
    while (out->len < size) {
        r = take_some(t, size - out->len, &piece, err);
        if (r <= 0)
            return r < 0 ? r : early(size - out->len, err);
        buf_str(out, piece);
    }
    return pass_over(t, padding_of(size), err);
}

/* ---- the next entry ---- */

/* Zeros up to the end, and whatever stands behind them: nobody reads that. */
static int archive_end(struct tar *t, struct err *err)
{
    struct str rest;
    int r;

    t->ended = true;
    t->run = (struct str){0};
    while ((r = stream_next(t->from, &rest, err)) > 0)
        ;
    return r;
}

/* Behind one block of zeros comes a second, or the end of the file. With a
 * header in its place some readers stop and some fail; none reads on. */
static int end_mark(struct tar *t, struct err *err)
{
    struct str block;
    int r;

    if (t->meta)
        return err_set(err, ERR_FORMAT, "no entry behind its extended header");
    r = take_block(t, &block, err);
    if (r < 0)
        return r;
    if (r > 0 && !tar_zero_block(block))
        return err_set(err, ERR_FORMAT, "entries behind the end mark");
    return archive_end(t, err);
}

/* The name of a 'L' or 'K' ends at its first NUL. */
static struct str long_name(const struct buf *b)
{
    return (struct str){b->at, b->len ? strnlen(b->at, b->len) : 0};
}

static int set_name(struct tar *t, struct buf *out, const char *what, struct str prefix,
                    struct str name, struct err *err)
{
    out->len = 0;
    if (name.n > t->budget.name)
        return err_set(err, ERR_LIMIT, "%s of %zu bytes", what, name.n);
    if (prefix.n) {
        buf_str(out, prefix);
        buf_char(out, '/');
    }
    buf_str(out, name);
    return 0;
}

static int name_entry(struct tar *t, const struct tar_header *h, struct err *err)
{
    struct str path = {0}, link = long_name(&t->long_link), prefix = {0};

    if (t->pax.kind != TAR_DENSE && h->flag != 'S')
        path = t->pax.sparse_name;
    if (!path.n)
        path = long_name(&t->long_path);
    if (!path.n)
        path = t->pax.path;
    if (!path.n) {
        path = h->name;
        prefix = h->prefix;
    }
    if (!link.n)
        link = t->pax.link.n ? t->pax.link : h->link;
    if (h->flag != '1' && h->flag != '2')
        link.n = 0;
    if (set_name(t, &t->path, "path", prefix, path, err) < 0 ||
        set_name(t, &t->link, "link target", (struct str){0}, link, err) < 0)
        return err->code;
    return 0;
}

/* Before POSIX a directory was a file whose name ends in '/'. Of a '0' with
 * content the runtimes make a file nonetheless, and so it must be seen. */
static enum tar_type type_of(const struct tar *t, char flag, uint64_t stored)
{
    bool slash = t->path.len && t->path.at[t->path.len - 1] == '/';

    switch (flag) {
    case '0':
        return slash && stored == 0 ? TAR_DIR : TAR_FILE;
    case '\0':
    case '7':
        return slash ? TAR_DIR : TAR_FILE;
    case 'S':
        return TAR_FILE;
    case '1':
        return TAR_HARDLINK;
    case '2':
        return TAR_SYMLINK;
    case '5':
    case 'D': /* GNU: with a list of its names as content */
        return TAR_DIR;
    default:
        return TAR_OTHER;
    }
}

/* Links, devices, directories and fifos have no content, whatever size they
 * state: so say Go and libarchive, and for hard links GNU tar. */
static bool has_content(char flag)
{
    return flag < '1' || flag > '6';
}

static int read_gnu_map(struct tar *t, struct str block, uint64_t *size, struct err *err)
{
    struct tar_map *m = &t->gnu_map;
    bool more = block.p[482];

    m->len = 0;
    m->end = m->stored = 0;
    if (!tar_number((struct str){block.p + 483, 12}, size))
        return err_set(err, ERR_FORMAT, "impossible size");
    if (tar_map_table(m, (struct str){block.p + 386, 4 * 24}, err) < 0)
        return err->code;
    while (more) {
        if (must_take_block(t, &block, err) < 0)
            return err->code;
        if (tar_map_table(m, (struct str){block.p, 21 * 24}, err) < 0)
            return err->code;
        more = block.p[504];
    }
    t->map = m;
    return 0;
}

static int read_data_map(struct tar *t, struct err *err)
{
    struct tar_map_text text = {0};
    struct str block;

    do {
        if (t->left < TAR_BLOCK)
            return err_set(err, ERR_FORMAT, "sparse map goes past the end of the data");
        if (must_take_block(t, &block, err) < 0)
            return err->code;
        t->left -= TAR_BLOCK;
        if (tar_map_feed(&t->pax.extents, &text, block, err) < 0)
            return err->code;
    } while (text.more);
    return 0;
}

/* Finds out whether the file is sparse; t->size is what a reader sees then. */
static int read_map(struct tar *t, const struct tar_header *h, struct str block,
                    struct err *err)
{
    if (h->flag == 'S') {
        if (!h->gnu)
            return err_set(err, ERR_FORMAT, "GNU's sparse file in a header that is not");
        if (read_gnu_map(t, block, &t->size, err) < 0)
            return err->code;
    } else {
        if (t->pax.kind == TAR_DENSE)
            return 0;
        if (!has_content(h->flag))
            return err_set(err, ERR_FORMAT, "sparse map of what is no file");
        if (t->pax.kind == TAR_SPARSE_DATA && read_data_map(t, err) < 0)
            return err->code;
        if (t->pax.has_real_size)
            t->size = t->pax.real_size;
        t->map = &t->pax.extents;
    }
    t->sparse = true;
    return tar_map_check(t->map, t->size, t->left, err);
}

static int make_entry(struct tar *t, const struct tar_header *h, struct str block,
                      struct tar_entry *entry, struct err *err)
{
    uint64_t stored = t->pax.has_size ? t->pax.size : h->size;

    if (t->index >= t->budget.entries)
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " entries", t->budget.entries);
    if (name_entry(t, h, err) < 0)
        return err->code;
    if (!has_content(h->flag))
        stored = 0;
    *entry = (struct tar_entry){
        .type = type_of(t, h->flag, stored),
        .mode = h->mode & 07777,
        .index = t->index,
    };
    t->left = t->size = stored;
    t->padding = padding_of(stored);
    if (read_map(t, h, block, err) < 0)
        return err->code;
    entry->path = buf_view(&t->path);
    entry->link = buf_view(&t->link);
    entry->size = t->size;
    entry->data_at = t->at;
    entry->data_size = t->left;
    return 1;
}

/* Behind an extended header comes the entry. A global one between the two would
 * make the readers differ in which of them they forget. */
static int pass_global(struct tar *t, uint64_t size, struct err *err)
{
    if (t->meta)
        return err_set(err, ERR_FORMAT, "global header where an entry should be");
    if (size > EXTENDED_MAX)
        return err_set(err, ERR_LIMIT, "global header of %" PRIu64 " bytes", size);
    return pass_over(t, size + padding_of(size), err);
}

/* What the header block says is for a later entry, or is the entry: 1. */
static int read_header(struct tar *t, struct str block, struct tar_entry *entry,
                       struct err *err)
{
    struct tar_header h;

    if (tar_header_read(block, &h, err) < 0)
        return err->code;
    switch (h.flag) {
    case 'x':
    case 'X': /* Sun's, before POSIX */
        if (load_body(t, h.size, EXTENDED_MAX, &t->extended, err) < 0)
            return err->code;
        return tar_pax_read(buf_view(&t->extended), &t->pax, err);
    case 'L':
        return load_body(t, h.size, t->budget.name + 1, &t->long_path, err);
    case 'K':
        return load_body(t, h.size, t->budget.name + 1, &t->long_link, err);
    case 'g': /* not applied, as in Go and libarchive */
        return pass_global(t, h.size, err);
    default:
        return make_entry(t, &h, block, entry, err);
    }
}

static void forget_entry(struct tar *t)
{
    struct tar_map keep = {.at = t->pax.extents.at, .cap = t->pax.extents.cap};

    t->index += t->started;
    t->started = true;
    t->meta = t->sparse = false;
    t->path.len = t->link.len = t->long_path.len = t->long_link.len = 0;
    t->left = t->padding = t->pos = t->extent = 0;
    t->pax = (struct tar_pax){.extents = keep};
}

static int walk(struct tar *t, struct tar_entry *entry, struct err *err)
{
    struct str block;
    int r;

    if (pass_over(t, t->left + t->padding, err) < 0)
        return err->code;
    forget_entry(t);
    do {
        r = take_block(t, &block, err);
        if (r < 0)
            return r;
        if (r == 0 || tar_zero_block(block))
            return end_mark(t, err);
        r = read_header(t, block, entry, err);
    } while (r == 0);
    return r;
}

int tar_next(struct tar *t, struct tar_entry *entry, struct err *err)
{
    int r = t->ended ? 0 : walk(t, entry, err);

    return r < 0 ? located(t, err) : r;
}

/* ---- its content ---- */

static int take_stored(struct tar *t, uint64_t max, struct str *run, struct err *err)
{
    int r = take_some(t, max, run, err);

    if (r <= 0)
        return r < 0 ? r : early(t->left + t->padding, err);
    t->left -= run->n;
    t->pos += run->n;
    return 1;
}

static int take_hole(struct tar *t, uint64_t n, struct str *run, struct err *err)
{
    static const char zeros[ZEROS];

    *run = (struct str){zeros, n < ZEROS ? (size_t)n : ZEROS};
    t->pos += run->n;
    t->holes += run->n;
    if (t->holes > t->budget.bytes)
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " bytes unpacked",
                       t->budget.bytes);
    return 1;
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* A run of at most max bytes. */
static int take_content(struct tar *t, uint64_t max, struct str *run, struct err *err)
{
    const struct tar_extent *e;

    if (t->pos == t->size)
        return 0;
    if (!t->sparse)
        return take_stored(t, least(max, t->left), run, err);
    while (t->extent < t->map->len &&
           t->pos >= t->map->at[t->extent].at + t->map->at[t->extent].n)
        t->extent++;
    if (t->extent == t->map->len)
        return take_hole(t, least(max, t->size - t->pos), run, err);
    e = &t->map->at[t->extent];
    if (t->pos < e->at)
        return take_hole(t, least(max, e->at - t->pos), run, err);
    return take_stored(t, least(max, e->at + e->n - t->pos), run, err);
}

int tar_data(struct tar *t, struct str *run, struct err *err)
{
    int r = take_content(t, UINT64_MAX, run, err);

    return r < 0 ? located(t, err) : r;
}

static int content_next(struct stream *base, struct str *out, struct err *err)
{
    return tar_data(((struct content *)base)->tar, out, err);
}

static int content_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct tar *t = ((struct content *)base)->tar;

    if (t->sparse)
        *n = 0;
    *n = least(*n, t->left);
    t->left -= *n;
    t->pos += *n;
    return pass_over(t, *n, err) < 0 ? located(t, err) : 0;
}

static void content_close(struct stream *s)
{
    s->rest = (struct str){0}; /* it is part of the tar */
}

struct stream *tar_stream(struct tar *t)
{
    t->content = (struct content){
        .base = {.next = content_next, .skip = content_skip, .close = content_close},
        .tar = t,
    };
    return &t->content.base;
}
