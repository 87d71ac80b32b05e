/* bzip2: streams one behind another, as pbzip2 writes them. */
#include "io/unpack.h"

#include "base/err.h"
#include "base/mem.h"

#include <bzlib.h>

struct bzip2 {
    struct unpacker base;
    bz_stream state;
};

static void begin(bz_stream *s)
{
    *s = (bz_stream){0};
    if (BZ2_bzDecompressInit(s, 0, 0) != BZ_OK)
        mem_out(0);
}

static int step(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err)
{
    struct bzip2 *b = (struct bzip2 *)u;
    int r;

    (void)last;
    if (u->whole) {
        r = unpack_behind(u, in, 'B', err);
        if (r <= 0)
            return r;
        BZ2_bzDecompressEnd(&b->state);
        begin(&b->state);
    }
    b->state.next_in = (char *)in->p;
    b->state.avail_in = (unsigned)in->n;
    b->state.next_out = out;
    b->state.avail_out = (unsigned)room;
    r = BZ2_bzDecompress(&b->state);
    *in = str_from(*in, in->n - b->state.avail_in);
    *made = room - b->state.avail_out;
    u->whole = r == BZ_STREAM_END;
    if (r == BZ_OK || r == BZ_STREAM_END)
        return 0;
    return err_set(err, ERR_FORMAT,
                   r == BZ_DATA_ERROR_MAGIC ? "bad stream header" : "corrupt data");
}

static void finish(struct unpacker *u)
{
    BZ2_bzDecompressEnd(&((struct bzip2 *)u)->state);
    mem_free(u);
}

struct unpacker *unpack_bzip2(const struct budget *budget)
{
    struct bzip2 *b = mem_alloc(sizeof *b);

    (void)budget;
    b->base = (struct unpacker){.step = step, .close = finish};
    begin(&b->state);
    return &b->base;
}
