/* The pure function: the bytes of one layer in, its facts out. */
#include "image/collect.h"

#include "base/err.h"
#include "base/mem.h"
#include "io/stream.h"
#include "sandbox/sandbox.h"

#include <inttypes.h>

static int run(void *ctx, struct str *out, struct err *err)
{
    return tar_data(ctx, out, err);
}

/* Tells how far the reading has come. */
struct meter {
    struct stream base;
    struct stream *from;
    struct sandbox_place *place;
};

static int meter_next(struct stream *base, struct str *run, struct err *err)
{
    struct meter *m = (struct meter *)base;
    int r = stream_next(m->from, run, err);

    if (r > 0) {
        atomic_fetch_add(&m->place->bytes, run->n);
        sandbox_beat(m->place);
    }
    return r;
}

static int meter_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct meter *m = (struct meter *)base;
    int r = m->from->skip(m->from, n, err);

    if (r == 0) {
        atomic_fetch_add(&m->place->bytes, *n);
        sandbox_beat(m->place);
    }
    return r;
}

static void meter_close(struct stream *base)
{
    stream_close(((struct meter *)base)->from);
    mem_free(base);
}

static struct stream *metered(struct stream *from, const struct look *look)
{
    struct meter *m;

    if (!look->place)
        return from;
    m = mem_alloc(sizeof *m);
    *m = (struct meter){{.next = meter_next, .close = meter_close}, from, look->place};
    if (from->skip)
        m->base.skip = meter_skip;
    return &m->base;
}

/* An entry at which the reading broke before, outside of any reader. */
static bool broke_here(const struct look *look, uint64_t entry, struct err *err)
{
    for (size_t i = 0; look->skips && i < look->skips->len; i++) {
        const struct skip *s = &look->skips->at[i];

        if (s->layer != look->layer || s->reader.n || entry < s->entry)
            continue;
        err_set(err, ERR_FORMAT, "entry %" PRIu64 ": reading it broke off (" STR_FMT ")",
                entry, STR_ARG(s->why));
        return true;
    }
    return false;
}

int facts_of_layer(struct stream *layer, const struct look *look,
                   const struct facts_sink *out)
{
    own_stream plain = stream_unpack(metered(layer, look), look->budget);
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
