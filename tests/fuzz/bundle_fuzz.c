/* Bundles of feeds: zip, tar, a packed file. */
#include "fuzz.h"
#include "io/bundle.h"
#include "memory_file.h"
#include "small_budget.h"

static int each(void *ctx, struct str name, struct str bytes, struct err *err)
{
    (void)ctx;
    (void)name;
    for (int i = 0; i < 64; i++)
        must(bytes.p[bytes.n + (size_t)i] == 0);
    return bytes.n == 666 ? err_set(err, ERR_FORMAT, "enough") : 0;
}

static void bad(void *ctx, struct str name, const struct err *err)
{
    (void)ctx;
    (void)name;
    must(err->code < 0 && *err->text);
}

FUZZ(2048)
{
    own(memory_file) file = memory_file_of(in);
    struct bundle_visit visit = {each, bad, NULL};
    struct err err = {0};
    int r = bundle_each(file.path, &small_budget, &visit, &err);

    must_tell(r, err);
}
