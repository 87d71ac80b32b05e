/* xz (tukaani.org/xz/xz-file-format.txt): streams one behind another, with
 * padding between them, which liblzma knows of. */
#include "io/unpack.h"

#include "base/err.h"
#include "base/mem.h"

#include <inttypes.h>
#include <lzma.h>

struct xz {
    struct unpacker base;
    lzma_stream state;
    uint64_t memory;
};

static int step(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err)
{
    struct xz *x = (struct xz *)u;
    lzma_ret r;

    if (u->whole)
        return 0;
    x->state.next_in = (const uint8_t *)in->p;
    x->state.avail_in = in->n;
    x->state.next_out = (uint8_t *)out;
    x->state.avail_out = room;
    r = lzma_code(&x->state, last ? LZMA_FINISH : LZMA_RUN);
    *in = str_from(*in, in->n - x->state.avail_in);
    *made = room - x->state.avail_out;
    switch (r) {
    case LZMA_STREAM_END:
        u->whole = true;
        return 0;
    case LZMA_OK:
    case LZMA_BUF_ERROR: /* nothing could be done this time */
        return 0;
    case LZMA_MEMLIMIT_ERROR:
        return err_set(err, ERR_LIMIT,
                       "needs %" PRIu64 " KiB of memory, %" PRIu64
                       " KiB are allowed (limit xz-memory)",
                       lzma_memusage(&x->state) / 1024, x->memory / 1024);
    case LZMA_UNSUPPORTED_CHECK:
        return err_set(err, ERR_UNSUPPORTED, "unknown kind of checksum");
    case LZMA_OPTIONS_ERROR:
        return err_set(err, ERR_UNSUPPORTED, "unknown filter");
    case LZMA_MEM_ERROR:
        mem_out(0);
    default:
        return err_set(err, ERR_FORMAT, "corrupt data");
    }
}

static void finish(struct unpacker *u)
{
    lzma_end(&((struct xz *)u)->state);
    mem_free(u);
}

struct unpacker *unpack_xz(const struct budget *budget)
{
    struct xz *x = mem_alloc(sizeof *x);

    x->base = (struct unpacker){.step = step, .close = finish};
    x->memory = budget->xz_memory;
    if (lzma_stream_decoder(&x->state, x->memory,
                            LZMA_CONCATENATED | LZMA_TELL_UNSUPPORTED_CHECK) != LZMA_OK)
        mem_out(0);
    return &x->base;
}
