/* A file of the cache, of any bytes; the first byte says whether it is given a header
 * that is right. What is believed is what lies behind that. */
#include "cache/cache.h"

#include "memory_folder.h"

#define XXH_INLINE_ALL
#include <inttypes.h>
#include <xxhash.h>

#define REST "00000000000000000000000000000000000000000000000000000000000000"

static void mend(struct buf *file)
{
    uint64_t size = file->len - 64;
    XXH128_hash_t is = XXH3_128bits(file->at + 64, file->len - 64);
    char sum[41];

    snprintf(sum, sizeof sum, "%016" PRIx64 "%016" PRIx64 "%8s", (uint64_t)is.high64,
             (uint64_t)is.low64, "");
    memcpy(file->at, "lotse cache 2\n\0", 16);
    memcpy(file->at + 16, &size, sizeof size);
    memcpy(file->at + 24, sum, 40);
}

FUZZ(512)
{
    bool right = fuzz_byte(&in) % 2 && in.n >= 64;
    own(buf) file = {0};
    struct cache *cache = NULL;
    struct err err = {0};
    struct str content;

    memory_folder("facts/aa");
    buf_str(&file, in);
    if (right)
        mend(&file);
    memory_folder_put("facts/aa/" REST, buf_view(&file));
    must(cache_open(str_of(memory_folder_path), 1 << 20, &cache, &err) == 0);
    if (cache_get(cache, a, S("aa" REST), &content))
        must(str_equal(content, str_from(buf_view(&file), 64)));
    else
        must(!right);
    cache_close(cache);
}
