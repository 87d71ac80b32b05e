/* The pure function: the bytes of one layer in, its facts out. */
#include "image/collect.h"

#include "base/err.h"
#include "io/stream.h"

static int run(void *ctx, struct str *out, struct err *err)
{
    return tar_data(ctx, out, err);
}

int facts_of_layer(struct stream *layer, const struct look *look, struct buf *out)
{
    own_stream plain = stream_unpack(layer, look->budget);
    own_tar tar = tar_open(plain, look->budget);
    struct collect *c = collect_new(look);
    struct content content = {run, tar};
    struct tar_entry entry;
    struct err err = {0};
    uint64_t bytes = 0;
    int r;

    while ((r = tar_next(tar, &entry, &err)) > 0) {
        bytes += entry.size;
        r = collect_entry(c, &entry, &content, &err);
        if (r < 0)
            break;
    }
    collect_finish(c, r < 0 ? &err : NULL, bytes, out);
    return r;
}
