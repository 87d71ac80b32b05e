/* Unpacking any bytes, in one run and in runs of a few: both come to the same, or
 * both fail. */
#include "../unit/dribble.h"
#include "fuzz.h"
#include "io/stream.h"
#include "small_budget.h"

static int unpack(struct arena *a, struct stream *from, struct str *out)
{
    own_stream plain = stream_unpack(from, &small_budget);
    own(buf) all = {0};
    struct err err = {0};
    struct str run;
    int r;

    while ((r = stream_next(plain, &run, &err)) > 0) {
        must(run.n);
        buf_str(&all, run);
        if (all.len > small_budget.bytes)
            break; /* the tar walk is who holds it to its budget */
    }
    must_tell(r, err);
    *out = buf_give(a, &all);
    return r;
}

FUZZ(4096)
{
    struct str once, twice;
    int r = unpack(a, stream_bytes(in), &once);

    must((r < 0) == (unpack(a, dribble(in, 1 + in.n % 600), &twice) < 0));
    if (r == 0)
        must(str_equal(once, twice));
}
