/* Members lie inside and not over each other; what is read is no more than allowed. */
#include "fuzz.h"
#include "io/zip.h"
#include "small_budget.h"

FUZZ(4096)
{
    own(buf) out = {0};
    struct err err = {0};
    struct zip z;
    int r = zip_open(a, in, &small_budget, &z, &err);

    must_tell(r, err);
    for (size_t i = 0; r == 0 && i < z.len; i++) {
        must(z.at[i].at <= in.n && z.at[i].packed <= in.n - z.at[i].at);
        must(zip_find(&z, z.at[i].name) == &z.at[i]);
        err = (struct err){0};
        must_tell(zip_read(&z, &z.at[i], &small_budget, &out, &err), err);
        must(err.code || out.len <= small_budget.file);
    }
}
