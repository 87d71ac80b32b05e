#include "image/meter.h"

#include "base/mem.h"
#include "io/stream.h"
#include "sandbox/sandbox.h"

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

struct stream *stream_metered(struct stream *from, struct sandbox_place *place)
{
    struct meter *m;

    if (!place)
        return from;
    m = mem_alloc(sizeof *m);
    *m = (struct meter){{.next = meter_next, .close = meter_close}, from, place};
    if (from->skip)
        m->base.skip = meter_skip;
    return &m->base;
}
