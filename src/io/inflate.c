#include "io/inflate.h"

#include "base/err.h"
#include "base/mem.h"

#include <zlib.h>

enum { STEP = 64 * 1024, PIECE = 1 << 30 };

/* zlib counts in 32 bits. */
static void feed(z_stream *z, struct str *rest)
{
    size_t n = rest->n < PIECE ? rest->n : PIECE;

    if (z->avail_in)
        return;
    z->next_in = (unsigned char *)(uintptr_t)str_chars(*rest);
    z->avail_in = (unsigned)n;
    *rest = str_from(*rest, n);
}

/* 1: there is more. */
static int step(z_stream *z, struct str *rest, struct buf *out, struct err *err)
{
    int r;

    feed(z, rest);
    buf_reserve(out, STEP);
    z->next_out = (unsigned char *)out->at + out->len;
    z->avail_out = STEP;
    r = inflate(z, Z_NO_FLUSH);
    out->len += STEP - z->avail_out;
    if (r == Z_STREAM_END)
        return 0;
    if (r == Z_OK && (z->avail_out == 0 || z->avail_in || rest->n))
        return 1;
    return err_set(err, ERR_FORMAT, "%s",
                   r == Z_OK || r == Z_BUF_ERROR ? "its packed bytes break off"
                   : z->msg                      ? z->msg
                                                 : "its packed bytes are wrong");
}

static int unpack(int window, struct str packed, uint64_t most, struct buf *out,
                  struct err *err)
{
    size_t before = out->len;
    z_stream z = {0};
    int r = 1;

    if (inflateInit2(&z, window) != Z_OK)
        mem_out(0);
    while (r > 0) {
        r = step(&z, &packed, out, err);
        if (r >= 0 && out->len - before > most)
            r = err_set(err, ERR_LIMIT, "unpacks to too much");
    }
    inflateEnd(&z);
    return r;
}

int inflate_raw(struct str packed, uint64_t most, struct buf *out, struct err *err)
{
    return unpack(-MAX_WBITS, packed, most, out, err);
}

int inflate_zlib(struct str packed, uint64_t most, struct buf *out, struct err *err)
{
    return unpack(MAX_WBITS, packed, most, out, err);
}

uint32_t inflate_crc(struct str bytes)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)str_chars(bytes), bytes.n);
}
