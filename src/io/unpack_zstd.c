/* Zstandard (RFC 8878): frames one behind another, skippable ones among them. */
#include "io/unpack.h"

#include "base/err.h"
#include "base/mem.h"

#include <inttypes.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { HEADER = 18 }; /* the largest frame header, with its magic */

struct zstd {
    struct unpacker base;
    ZSTD_DCtx *state;
    uint64_t window; /* what is allowed */
    unsigned char header[HEADER];
    size_t fed; /* bytes of this frame so far */
};

static uint64_t little(const unsigned char *p, unsigned n)
{
    uint64_t v = 0;

    while (n-- > 0)
        v = v << 8 | p[n];
    return v;
}

/* The window that the frame asks for: by itself, or, in a single segment, as
 * large as its content. */
static uint64_t frame_window(const unsigned char *header)
{
    static const unsigned char dictionary[] = {0, 1, 2, 4}, content[] = {1, 2, 4, 8};
    unsigned flags = header[4], log = 10 + (header[5] >> 3);
    uint64_t size;

    if (!(flags & 0x20))
        return (UINT64_C(1) << log) + (UINT64_C(1) << log) / 8 * (header[5] & 7);
    size = little(header + 5 + dictionary[flags & 3], content[flags >> 6]);
    return flags >> 6 == 1 ? size + 256 : size;
}

static int failed(const struct zstd *z, size_t code, struct err *err)
{
    switch (ZSTD_getErrorCode(code)) {
    case ZSTD_error_frameParameter_windowTooLarge:
        return err_set(err, ERR_LIMIT,
                       "needs a window of %" PRIu64 " KiB, %" PRIu64
                       " KiB are allowed (limit zstd-window)",
                       (frame_window(z->header) + 1023) / 1024, z->window / 1024);
    case ZSTD_error_dictionary_wrong:
        return err_set(err, ERR_UNSUPPORTED, "needs a dictionary");
    default:
        return err_set(err, ERR_FORMAT, "%s", ZSTD_getErrorName(code));
    }
}

/* Keeps the header for the message above. Only today's frames: the library
 * may still know those from before version 1, and nobody sends them. */
static int look_at_header(struct zstd *z, struct str in, struct err *err)
{
    static const unsigned char frame[] = {0x28, 0xb5, 0x2f, 0xfd},
                               skip[] = {0x2a, 0x4d, 0x18};
    size_t n = in.n < HEADER - z->fed ? in.n : HEADER - z->fed;

    memcpy(z->header + z->fed, in.p, n);
    if (z->fed + n < sizeof frame || memcmp(z->header, frame, sizeof frame) == 0)
        return 0;
    if ((z->header[0] & 0xf0) == 0x50 && memcmp(z->header + 1, skip, sizeof skip) == 0)
        return 0;
    return err_set(err, ERR_FORMAT, "other bytes where a frame should begin");
}

static int step(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err)
{
    struct zstd *z = (struct zstd *)u;
    ZSTD_inBuffer from = {in->p, in->n, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t r;

    (void)last;
    if (u->whole && in->n == 0)
        return 0;
    if (in->n && z->fed < HEADER && look_at_header(z, *in, err) < 0)
        return err->code;
    r = ZSTD_decompressStream(z->state, &to, &from);
    if (ZSTD_isError(r))
        return failed(z, r, err);
    *in = str_from(*in, from.pos);
    *made = to.pos;
    u->whole = r == 0;
    z->fed = r == 0 ? 0 : z->fed + from.pos;
    return 0;
}

/* What the library takes; it knows no window below 1 KiB. */
static int log2_of(uint64_t size)
{
    int log = 10;

    while (log < 31 && size >> (log + 1))
        log++;
    return log;
}

static void finish(struct unpacker *u)
{
    ZSTD_freeDCtx(((struct zstd *)u)->state);
    mem_free(u);
}

struct unpacker *unpack_zstd(const struct budget *budget)
{
    struct zstd *z = mem_alloc(sizeof *z);

    z->base = (struct unpacker){.step = step, .close = finish};
    z->window = budget->zstd_window;
    z->state = ZSTD_createDCtx();
    if (!z->state)
        mem_out(0);
    ZSTD_DCtx_setParameter(z->state, ZSTD_d_windowLogMax, log2_of(z->window));
    return &z->base;
}
