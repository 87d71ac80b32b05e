/* The walk from entry to entry of a tar: POSIX.1-1988 and 2001, and "Basic
 * Tar Format" of the GNU tar manual. Reference programs: GNU tar, bsdtar, and
 * Go's archive/tar, which the container runtimes unpack layers with. Where these
 * differ, and a file could hide in the difference, Go's reading is taken. */
#include "io/tar.h"

#include "base/err.h"
#include "base/mem.h"
#include "io/tar_parts.h"
#include "io/unpack.h"

#include <inttypes.h>
#include <stdio.h>

struct tar *tar_open(struct stream *from, const struct budget *budget)
{
    struct tar *t = mem_alloc(sizeof *t);

    t->from = from;
    t->budget = *budget;
    t->pax.extents.most = t->gnu_map.most = (size_t)budget->extents;
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
    mem_free(t->pax.extents.at);
    mem_free(t->gnu_map.at);
    mem_free(t);
}

/* The body of an extended header. */
static int load_body(struct tar *t, uint64_t size, uint64_t max, struct buf *out,
                     struct err *err)
{
    struct str piece;
    int r;

    out->len = 0;
    if (size > max)
        return err_set(err, ERR_LIMIT, "extended header of %" PRIu64 " bytes (limit %s)",
                       size, max == t->budget.extended ? "extended" : "name");
    while (out->len < size) {
        r = tar_take(t, size - out->len, &piece, err);
        if (r <= 0)
            return r < 0 ? r : tar_early(size - out->len, err);
        buf_str(out, piece);
    }
    return tar_pass(t, tar_padding(size), err);
}

/* Zeros up to the end, and whatever stands behind them: nobody reads that. */
static int read_out(struct tar *t, struct err *err)
{
    struct str rest;
    int r;

    t->run = (struct str){0};
    while ((r = stream_next(t->from, &rest, err)) > 0)
        ;
    return r;
}

/* Behind one block of zeros comes a second, or the end of the file. With a
 * header in its place some readers stop and some fail; none reads on. */
static int archive_end(struct tar *t, bool marked, struct err *err)
{
    struct str block;
    int r;

    if (t->meta)
        return err_set(err, ERR_FORMAT, "no entry behind its extended header");
    t->ended = true;
    if (!marked)
        return 0;
    r = tar_block(t, &block, err);
    if (r <= 0)
        return r;
    if (!tar_zero_block(block))
        return err_set(err, ERR_FORMAT, "entries behind the end mark");
    t->whole = true;
    return read_out(t, err);
}

static void forget_pax(struct tar *t)
{
    struct tar_map keep = {
        .at = t->pax.extents.at, .cap = t->pax.extents.cap, .most = t->pax.extents.most};

    t->pax = (struct tar_pax){.extents = keep};
}

/* Behind an extended header comes the entry. A global one between the two would
 * make the readers differ in which of them they forget. It is not applied, as in Go and
 * libarchive, but GNU tar does. */
static int pass_global(struct tar *t, uint64_t size, struct err *err)
{
    const struct tar_pax *p = &t->pax;
    struct err why = {0};

    if (t->meta)
        return err_set(err, ERR_FORMAT, "global header where an entry should be");
    if (load_body(t, size, t->budget.extended, &t->extended, err) < 0)
        return err->code;
    if (tar_pax_read(buf_view(&t->extended), &t->pax, &why) < 0 || p->path.n || p->link.n ||
        p->sparse_name.n || p->has_size || p->kind != TAR_DENSE)
        tar_doubt_here(t, "a global header with a name or size");
    forget_pax(t);
    return 0;
}

static int take_pax(struct tar *t, const struct tar_header *h, struct err *err)
{
    if (h->flag == 'X')
        tar_doubt_here(t, "an extended header of Sun's");
    if (t->pax_seen)
        tar_doubt_here(t, "two extended headers");
    t->pax_seen = t->meta = true;
    if (load_body(t, h->size, t->budget.extended, &t->extended, err) < 0)
        return err->code;
    return tar_pax_read(buf_view(&t->extended), &t->pax, err);
}

static int take_long(struct tar *t, const struct tar_header *h, struct buf *out,
                     struct err *err)
{
    t->meta = true;
    return load_body(t, h->size, t->budget.name + 1, out, err);
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
        return take_pax(t, &h, err);
    case 'L':
        return take_long(t, &h, &t->long_path, err);
    case 'K':
        return take_long(t, &h, &t->long_link, err);
    case 'g':
        return pass_global(t, h.size, err);
    default:
        return tar_entry_make(t, &h, block, entry, err);
    }
}

static void forget_entry(struct tar *t)
{
    t->index += t->started;
    t->started = true;
    t->meta = t->pax_seen = t->sparse = false;
    t->path.len = t->link.len = t->long_path.len = t->long_link.len = 0;
    t->left = t->padding = t->pos = t->extent = 0;
    forget_pax(t);
}

static int walk(struct tar *t, struct tar_entry *entry, struct err *err)
{
    struct str block;
    int r;

    if (tar_pass(t, t->left + t->padding, err) < 0)
        return err->code;
    forget_entry(t);
    do {
        r = tar_block(t, &block, err);
        if (r < 0)
            return r;
        if (r == 0 || tar_zero_block(block))
            return archive_end(t, r > 0, err);
        r = read_header(t, block, entry, err);
    } while (r == 0);
    return r;
}

int tar_next(struct tar *t, struct tar_entry *entry, struct err *err)
{
    int r = t->ended ? 0 : walk(t, entry, err);

    return r < 0 ? tar_located(t, err) : r;
}

void tar_doubt_here(struct tar *t, const char *why)
{
    if (!*t->doubt)
        snprintf(t->doubt, sizeof t->doubt, "entry %" PRIu64 ": %s", t->index, why);
}

const char *tar_doubt(const struct tar *t)
{
    return t->doubt;
}

bool tar_whole(const struct tar *t)
{
    return t->whole;
}
