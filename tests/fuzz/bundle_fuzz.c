/* Bundles of feeds: zip, tar, a packed file. */
#include "fuzz.h"
#include "io/bundle.h"
#include "memory_file.h"

static const struct budget budget = {
    .bytes = 1 << 20,
    .entries = 1000,
    .file = 1 << 18,
    .name = 4096,
    .ratio = 1000,
    .zstd_window = 17,
    .xz_memory = 1 << 20,
};

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
    int r = bundle_each(file.path, &budget, &visit, &err);

    must_tell(r, err);
}
