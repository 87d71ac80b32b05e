/* Shards of any bytes, with right sums: every key that is there is found, with the
 * same value, and every value is decoded as what it may be. */
#include "memory_file.h"
#include "record.h"
#include "shard_mend.h"

struct seen {
    struct arena *a;
    struct str_list keys;
};

static int each(void *ctx, struct str key, struct str value)
{
    struct seen *seen = ctx;

    record_decode(seen->a, value);
    if (seen->keys.len < 1000)
        *arena_push(seen->a, &seen->keys) = str_copy(seen->a, key);
    return 0;
}

static void look(struct arena *a, const char *path, struct str file)
{
    struct seen seen = {.a = a};
    struct shard *s = NULL;
    struct err err = {0};
    struct str value;
    int r = shard_open(path, shard_sum(a, file), &s, &err);

    must_tell(r, err);
    if (r < 0)
        return;
    r = shard_each(s, each, &seen, &err);
    must_tell(r, err);
    for (size_t i = 0; i < seen.keys.len; i++)
        if (shard_find(s, a, seen.keys.at[i], &value, &err) > 0)
            record_decode(a, value);
    shard_verify(s, S("none"), &err);
    shard_close(s);
}

FUZZ(4096)
{
    own(buf) bytes = {0};

    if (in.n < SHARD_HEADER)
        return;
    buf_str(&bytes, in);
    shard_mend(bytes.at, bytes.len);
    {
        own(memory_file) file = memory_file_of(buf_view(&bytes));

        look(a, file.path, buf_view(&bytes));
    }
}
