/* Zstandard (RFC 8878): frames one behind another, skippable ones among them.
 *
 * Blocks are unpacked one by one into a ring that is the window, where whoever comes
 * next reads them: the library's streaming functions do the same inside and then copy
 * every byte once more. */
#define ZSTD_STATIC_LINKING_ONLY
#include "io/unpack.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include <inttypes.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { HEADER = 18, START = 5, SKIP_HEADER = 8 }; /* bytes of a frame's header */

struct zstd {
    struct unpacker base;
    ZSTD_DCtx *state;
    uint64_t window; /* what is allowed */
    unsigned char header[HEADER];
    size_t fed;      /* bytes of it */
    bool inside;     /* a frame has begun */
    uint64_t skip;   /* bytes of a skippable frame that are still to come */
    struct buf part; /* of a piece that is not all there yet */
    char *ring;
    size_t room, at;
    size_t block; /* no block is longer */
    bool turns;   /* the content is longer than the ring */
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

static int failed(size_t code, struct err *err)
{
    if (ZSTD_getErrorCode(code) == ZSTD_error_dictionary_wrong)
        return err_set(err, ERR_UNSUPPORTED, "needs a dictionary");
    return err_set(err, ERR_FORMAT, "%s", ZSTD_getErrorName(code));
}

static bool is_frame(const unsigned char *magic)
{
    static const unsigned char frame[] = {0x28, 0xb5, 0x2f, 0xfd};

    return memcmp(magic, frame, sizeof frame) == 0;
}

static bool is_skippable(const unsigned char *magic)
{
    static const unsigned char behind[] = {0x2a, 0x4d, 0x18};

    return (magic[0] & 0xf0) == 0x50 && memcmp(magic + 1, behind, sizeof behind) == 0;
}

/* The next n bytes in one piece; false when they are not all there yet. */
static bool piece(struct zstd *z, struct str *in, size_t n, struct str *out)
{
    size_t more = n - z->part.len;

    if (z->part.len == 0 && in->n >= n) {
        *out = (struct str){in->p, n};
        *in = str_from(*in, n);
        return true;
    }
    if (more > in->n)
        more = in->n;
    buf_add(&z->part, in->p, more);
    *in = str_from(*in, more);
    *out = buf_view(&z->part);
    return z->part.len == n;
}

/* Only today's frames: the library may still know those from before version 1, and
 * nobody sends them. */
static int begin(struct zstd *z, struct str *in, struct err *err)
{
    bool skips = z->fed && is_skippable(z->header);
    struct str bytes;
    size_t r;

    if (!piece(z, in, skips ? SKIP_HEADER - START : START, &bytes))
        return 0;
    z->part.len = 0;
    memcpy(z->header + z->fed, bytes.p, bytes.n);
    z->fed += bytes.n;
    if (skips) {
        z->skip = little(z->header + 4, 4);
        z->fed = 0;
        z->base.whole = z->skip == 0;
        return 0;
    }
    if (is_skippable(z->header))
        return 0;
    if (!is_frame(z->header))
        return err_set(err, ERR_FORMAT, "other bytes where a frame should begin");
    ZSTD_decompressBegin(z->state);
    z->inside = true;
    r = ZSTD_decompressContinue(z->state, NULL, 0, z->header, START);
    return ZSTD_isError(r) ? failed(r, err) : 0;
}

/* The header is complete: is its window allowed, and is there room for it? */
static int make_room(struct zstd *z, struct err *err)
{
    ZSTD_frameHeader h;
    size_t room;

    if (frame_window(z->header) > z->window)
        return err_set(err, ERR_LIMIT,
                       "needs a window of %" PRIu64 " KiB, %" PRIu64
                       " KiB are allowed (limit zstd-window)",
                       (frame_window(z->header) + 1023) / 1024, z->window / 1024);
    if (ZSTD_getFrameHeader(&h, z->header, z->fed) != 0)
        return err_set(err, ERR_FORMAT, "a frame's header makes no sense");
    room = ZSTD_decodingBufferSize_min(h.windowSize, h.frameContentSize);
    if (ZSTD_isError(room))
        return failed(room, err);
    if (room > z->room) {
        mem_free(z->ring);
        z->ring = mem_resize(NULL, room);
        mem_large(z->ring, room);
        z->room = room;
    }
    z->at = 0;
    z->block = h.blockSizeMax;
    z->turns = room < h.frameContentSize;
    return 0;
}

/* One piece of a frame: the rest of its header, a block's header, a block, the sum. */
static int advance(struct zstd *z, struct str *in, size_t *made, struct err *err)
{
    ZSTD_nextInputType_e type = ZSTD_nextInputType(z->state);
    size_t need = ZSTD_nextSrcSizeToDecompress(z->state);
    struct str bytes;
    size_t r;

    if (!piece(z, in, need, &bytes))
        return 0;
    z->part.len = 0;
    if (type == ZSTDnit_frameHeader) {
        memcpy(z->header + z->fed, bytes.p, bytes.n);
        z->fed += bytes.n;
        if (make_room(z, err) < 0)
            return err->code;
    }
    if (z->turns && z->room - z->at < z->block)
        z->at = 0;
    r = ZSTD_decompressContinue(z->state, z->ring + z->at, z->room - z->at, bytes.p,
                                bytes.n);
    if (ZSTD_isError(r))
        return failed(r, err);
    z->base.at = z->ring + z->at;
    z->at += r;
    *made = r;
    if (ZSTD_nextSrcSizeToDecompress(z->state) == 0) {
        z->inside = false;
        z->fed = 0;
        z->base.whole = true;
    }
    return 0;
}

static int step(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err)
{
    struct zstd *z = (struct zstd *)u;
    size_t skip = z->skip < in->n ? (size_t)z->skip : in->n;

    (void)last, (void)out, (void)room;
    if (in->n == 0)
        return 0;
    u->whole = false;
    if (z->skip) {
        *in = str_from(*in, skip);
        z->skip -= skip;
        u->whole = z->skip == 0;
        return 0;
    }
    return z->inside ? advance(z, in, made, err) : begin(z, in, err);
}

static void finish(struct unpacker *u)
{
    struct zstd *z = (struct zstd *)u;

    ZSTD_freeDCtx(z->state);
    buf_done(&z->part);
    mem_free(z->ring);
    mem_free(z);
}

struct unpacker *unpack_zstd(const struct budget *budget)
{
    struct zstd *z = mem_alloc(sizeof *z);

    z->base = (struct unpacker){.step = step, .close = finish};
    z->window = budget->zstd_window;
    z->state = ZSTD_createDCtx();
    if (!z->state)
        mem_out(0);
    return &z->base;
}
