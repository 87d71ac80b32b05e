/* bzip2, streams one after another. */
#include "io/unpack.h"

#include "base/err.h"

#include <bzlib.h>
#include <stdlib.h>

struct bzip2 {
    bz_stream stream;
    bool in_stream;
};

static void *bzip2_start(const struct budget *budget)
{
    (void)budget;
    return calloc(1, sizeof(struct bzip2));
}

static int begin(struct bzip2 *b, struct unpacker *u, struct err *err)
{
    if (u->in.p[0] != 'B')
        return err_set(err, ERR_FORMAT, "something else follows its end");
    b->stream = (bz_stream){0};
    if (BZ2_bzDecompressInit(&b->stream, 0, 0) != BZ_OK)
        abort();
    b->in_stream = true;
    return 0;
}

static int bzip2_step(struct unpacker *u, bool last, size_t *n, struct err *err)
{
    struct bzip2 *b = u->state;
    unsigned given = u->in.n < 1u << 30 ? (unsigned)u->in.n : 1u << 30;
    int r;

    if (!b->in_stream) {
        if (u->in.n == 0)
            return last ? 0 : 1;
        if (unpack_zeros(u))
            return 1;
        if (begin(b, u, err) < 0)
            return err->code;
    }
    b->stream.next_in = (char *)u->in.p;
    b->stream.avail_in = given;
    b->stream.next_out = u->out;
    b->stream.avail_out = UNPACK_RUN;
    r = BZ2_bzDecompress(&b->stream);
    u->in = str_from(u->in, given - b->stream.avail_in);
    *n = UNPACK_RUN - b->stream.avail_out;
    if (r == BZ_STREAM_END) {
        BZ2_bzDecompressEnd(&b->stream);
        b->in_stream = false;
        return 1;
    }
    if (r != BZ_OK)
        return err_set(err, ERR_FORMAT, "corrupt after %" PRIu64 " bytes", u->unpacked);
    if (last && *n == 0)
        return err_set(err, ERR_FORMAT, "ends early");
    return 1;
}

static void bzip2_stop(void *state)
{
    struct bzip2 *b = state;

    if (b->in_stream)
        BZ2_bzDecompressEnd(&b->stream);
    free(b);
}

const struct decoder decoder_bzip2 = {bzip2_start, bzip2_step, bzip2_stop};
