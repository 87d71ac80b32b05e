/* The bytes of a tar: blocks for the walk, content for the reader. They are views
 * into the runs of the stream below; only a block that straddles two is copied. */
#include "io/tar_parts.h"

#include "base/err.h"

#include <inttypes.h>
#include <string.h>

enum { ZEROS = 16 * 1024, SHOWN = 100 };

int tar_located(const struct tar *t, struct err *err)
{
    char name[SHOWN + 1]; /* with nothing in it that moves a cursor */
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

int tar_early(uint64_t n, struct err *err)
{
    return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", n);
}

int tar_take(struct tar *t, uint64_t max, struct str *piece, struct err *err)
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

int tar_block(struct tar *t, struct str *block, struct err *err)
{
    size_t have = 0;
    struct str piece;
    int r;

    while (have < TAR_BLOCK) {
        r = tar_take(t, TAR_BLOCK - have, &piece, err);
        if (r < 0 || (r == 0 && have == 0))
            return r;
        if (r == 0)
            return tar_early(TAR_BLOCK - have, err);
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

int tar_must_block(struct tar *t, struct str *block, struct err *err)
{
    int r = tar_block(t, block, err);

    return r == 0 ? tar_early(TAR_BLOCK, err) : r;
}

int tar_pass(struct tar *t, uint64_t n, struct err *err)
{
    uint64_t here = n < t->run.n ? n : t->run.n;

    t->run = str_from(t->run, (size_t)here);
    t->at += n;
    return n > here ? stream_skip(t->from, n - here, err) : 0;
}

/* ---- its content ---- */

static int take_stored(struct tar *t, uint64_t max, struct str *run, struct err *err)
{
    int r = tar_take(t, max, run, err);

    if (r <= 0)
        return r < 0 ? r : tar_early(t->left + t->padding, err);
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
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " bytes unpacked (limit bytes)",
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

    return r < 0 ? tar_located(t, err) : r;
}

static int content_next(struct stream *base, struct str *out, struct err *err)
{
    return tar_data(((struct tar_content *)base)->tar, out, err);
}

static int content_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct tar *t = ((struct tar_content *)base)->tar;

    if (t->sparse)
        *n = 0;
    *n = least(*n, t->left);
    t->left -= *n;
    t->pos += *n;
    return tar_pass(t, *n, err) < 0 ? tar_located(t, err) : 0;
}

static void content_close(struct stream *s)
{
    s->rest = (struct str){0}; /* it is part of the tar */
}

struct stream *tar_stream(struct tar *t)
{
    t->content = (struct tar_content){
        .base = {.next = content_next, .skip = content_skip, .close = content_close},
        .tar = t,
    };
    return &t->content.base;
}
