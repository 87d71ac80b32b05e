/* zstd (RFC 8878), frames one after another, skippable ones passed over. */
#include "io/unpack.h"

#include "base/err.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct zstd {
    ZSTD_DStream *stream;
    bool in_frame;
    unsigned window; /* log2 of what the frame asks for, as far as its head tells */
};

static void *zstd_start(const struct budget *budget)
{
    struct zstd *z = calloc(1, sizeof *z);

    if (!z || !(z->stream = ZSTD_createDStream())) {
        free(z);
        return NULL;
    }
    ZSTD_DCtx_setParameter(z->stream, ZSTD_d_windowLogMax, (int)budget->zstd_window);
    return z;
}

/* Behind the magic a byte of flags; unless its bit 5 (single segment) is set,
 * the next byte has the window: exponent in its upper five bits, from 2^10. */
static unsigned window_of(struct str frame)
{
    if (frame.n < 6 || ((unsigned char)frame.p[4] & 0x20))
        return 0;
    return 10 + ((unsigned char)frame.p[5] >> 3);
}

static int fail(const struct zstd *z, const struct unpacker *u, size_t code,
                struct err *err)
{
    if (ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge)
        return err_set(err, ERR_LIMIT, "wants a window of %u MiB, %u MiB are allowed",
                       z->window > 20 ? 1u << (z->window - 20) : 1,
                       1u << (u->budget->zstd_window - 20));
    return err_set(err, ERR_FORMAT, "corrupt after %" PRIu64 " bytes (%s)", u->unpacked,
                   ZSTD_getErrorName(code));
}

static int zstd_step(struct unpacker *u, bool last, size_t *n, struct err *err)
{
    struct zstd *z = u->state;
    ZSTD_inBuffer in = {u->in.p, u->in.n, 0};
    ZSTD_outBuffer out = {u->out, UNPACK_RUN, 0};
    size_t r;

    if (!z->in_frame) {
        if (u->in.n == 0)
            return last ? 0 : 1;
        z->window = window_of(u->in);
        z->in_frame = true;
    }
    r = ZSTD_decompressStream(z->stream, &out, &in);
    if (ZSTD_isError(r))
        return fail(z, u, r, err);
    u->in = str_from(u->in, in.pos);
    *n = out.pos;
    if (r == 0)
        z->in_frame = false;
    else if (last && out.pos == 0)
        return err_set(err, ERR_FORMAT, "ends early");
    return 1;
}

static void zstd_stop(void *state)
{
    ZSTD_freeDStream(((struct zstd *)state)->stream);
    free(state);
}

const struct decoder decoder_zstd = {zstd_start, zstd_step, zstd_stop};
