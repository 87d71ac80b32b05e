#include "io/zlib.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"

#include <zlib.h>

enum { STEP = 32 * 1024, PADDING = 64 };

static int unpack_some(z_stream *z, struct buf *out, struct err *err)
{
    int r;

    buf_reserve(out, STEP);
    z->next_out = (unsigned char *)out->at + out->len;
    z->avail_out = STEP;
    r = inflate(z, Z_NO_FLUSH);
    out->len += STEP - z->avail_out;
    if (r == Z_STREAM_END)
        return 0;
    if (r == Z_OK && z->avail_out == 0)
        return 1;
    return err_set(err, ERR_FORMAT, r == Z_DATA_ERROR ? "zlib: %s" : "zlib: it breaks off",
                   z->msg ? z->msg : "data are wrong");
}

int zlib_load(struct arena *a, struct str packed, size_t limit, struct str *out,
              struct err *err)
{
    z_stream z = {.next_in = (unsigned char *)packed.p,
                  .avail_in = packed.n < UINT32_MAX ? (uint32_t)packed.n : UINT32_MAX};
    own(buf) bytes = {0};
    int r = 1;

    if (inflateInit(&z) != Z_OK)
        return err_set(err, ERR_IO, "zlib did not start");
    while (r > 0) {
        r = unpack_some(&z, &bytes, err);
        if (r >= 0 && bytes.len > limit)
            r = err_set(err, ERR_LIMIT, "zlib: unpacks to more than %zu MiB", limit >> 20);
    }
    inflateEnd(&z);
    if (r < 0)
        return r;
    buf_add(&bytes, (char[PADDING]){0}, PADDING);
    *out = buf_give(a, &bytes);
    out->n -= PADDING;
    return 0;
}
