/* The pure function: the bytes of one layer in, its facts out. */
#include "image/collect.h"

#include "base/err.h"
#include "image/meter.h"
#include "io/stream.h"
#include "sandbox/sandbox.h"

#include <inttypes.h>

static int run(void *ctx, struct str *out, struct err *err)
{
    return tar_data(ctx, out, err);
}

/* An entry at which the reading broke before, outside of any reader. */
static bool broke_here(const struct look *look, uint64_t entry, struct err *err)
{
    for (size_t i = 0; look->skips && i < look->skips->len; i++) {
        const struct skip *s = &look->skips->at[i];

        if (s->layer != look->layer || s->reader.n || entry < s->entry)
            continue;
        err_set(err, ERR_IO, "entry %" PRIu64 ": reading it broke off (" STR_FMT ")",
                entry, STR_ARG(s->why));
        return true;
    }
    return false;
}

int facts_of_layer(struct stream *layer, const struct look *look,
                   const struct facts_sink *out)
{
    own_stream plain = stream_unpack(stream_metered(layer, look->place), look->budget);
    own_tar tar = tar_open(plain, look->budget);
    struct collect *c = collect_new(look);
    struct content content = {run, tar};
    struct tar_entry entry;
    struct err err = {0};
    uint64_t bytes = 0, n = 0;
    int r = 1;

    for (; r > 0; n++) {
        if (look->place)
            look->place->entry = n;
        if (broke_here(look, n, &err)) {
            r = err.code;
            break;
        }
        r = tar_next(tar, &entry, &err);
        if (r <= 0)
            break;
        bytes += entry.size;
        if (collect_entry(c, &entry, &content, &err) < 0)
            r = err.code;
    }
    if (r == 0 && !tar_whole(tar) && !look->sealed && !look->remaps)
        collect_note(c, (struct str){0}, "no end mark: it may have been cut off");
    if (*tar_doubt(tar))
        collect_doubt(c, tar_doubt(tar));
    collect_finish(c, r < 0 ? &err : NULL, bytes, out);
    return r;
}

void facts_to_buf(void *buf, struct str head, struct str names)
{
    buf_str(buf, head);
    buf_str(buf, names);
}
