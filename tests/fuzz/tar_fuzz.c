/* The tar walk over any bytes, twice: in one run and in runs of a few bytes.
 * Both must see the same. */
#include "../unit/dribble.h"
#include "fuzz.h"
#include "io/stream.h"
#include "io/tar.h"
#include "small_budget.h"
#include "tar_mend.h"

struct seen {
    uint64_t hash, entries;
    int code;
};

static void add(struct seen *s, const void *bytes, size_t n)
{
    s->hash = s->hash * UINT64_C(0x100000001b3) ^ str_hash((struct str){bytes, n});
}

/* Every other entry is passed over, every third read in part. */
static int look(struct tar *tar, struct tar_entry *e, struct seen *s, struct err *err)
{
    struct stream *content = tar_stream(tar);
    uint64_t size = e->index % 3 && e->size > 2 ? 2 : 0;
    struct str run;
    int r;

    s->entries++;
    add(s, e->path.p, e->path.n);
    add(s, e->link.p, e->link.n);
    add(s, &e->size, sizeof e->size);
    add(s, &e->data_at, sizeof e->data_at);
    if (e->index % 2)
        return 1;
    if (size && (r = stream_skip(content, size, err)) < 0)
        return r;
    while ((r = stream_next(content, &run, err)) > 0) {
        for (size_t i = 0; i < run.n; i += 61)
            add(s, run.p + i, 1);
        size += run.n;
    }
    must(r != 0 || size == e->size);
    return r < 0 ? r : 1;
}

static struct seen walk(struct stream *from)
{
    own_stream plain = from;
    own_tar tar = tar_open(plain, &small_budget);
    struct seen s = {0};
    struct tar_entry e;
    struct err err = {0};

    do
        s.code = tar_next(tar, &e, &err);
    while (s.code > 0 && (s.code = look(tar, &e, &s, &err)) > 0);
    must_tell(s.code, err);
    return s;
}

FUZZ(8192)
{
    struct seen one = walk(stream_bytes(in)), other = walk(dribble(in, 7 + in.n % 600));

    must(one.entries == other.entries);
    must((one.code < 0) == (other.code < 0));
    must(one.code < 0 || one.entries == 0 || one.code == other.code);
}
