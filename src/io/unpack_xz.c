/* .xz files, streams one after another with zero padding between. */
#include "io/unpack.h"

#include "base/err.h"

#include <lzma.h>
#include <stdlib.h>

static void *xz_start(const struct budget *budget)
{
    lzma_stream *s = calloc(1, sizeof *s);

    if (!s || lzma_stream_decoder(s, budget->xz_memory, LZMA_CONCATENATED) != LZMA_OK) {
        free(s);
        return NULL;
    }
    return s;
}

static int xz_step(struct unpacker *u, bool last, size_t *n, struct err *err)
{
    lzma_stream *s = u->state;
    lzma_ret r;

    s->next_in = (const uint8_t *)u->in.p;
    s->avail_in = u->in.n;
    s->next_out = (uint8_t *)u->out;
    s->avail_out = UNPACK_RUN;
    r = lzma_code(s, last ? LZMA_FINISH : LZMA_RUN);
    u->in = str_from(u->in, u->in.n - s->avail_in);
    *n = UNPACK_RUN - s->avail_out;
    switch (r) {
    case LZMA_OK:
        return 1;
    case LZMA_STREAM_END:
        return 0;
    case LZMA_MEMLIMIT_ERROR:
        return err_set(err, ERR_LIMIT,
                       "wants %" PRIu64 " MiB of memory, %" PRIu64 " MiB are allowed",
                       lzma_memusage(s) >> 20, u->budget->xz_memory >> 20);
    case LZMA_BUF_ERROR:
        return last ? err_set(err, ERR_FORMAT, "ends early") : 1;
    default:
        return err_set(err, ERR_FORMAT, "corrupt after %" PRIu64 " bytes", u->unpacked);
    }
}

static void xz_stop(void *state)
{
    lzma_end(state);
    free(state);
}

const struct decoder decoder_xz = {xz_start, xz_step, xz_stop};
