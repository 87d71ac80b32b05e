/* Unpacking and the tar walk over any bytes, twice: in one run and in runs of a
 * few bytes. Both must see the same. Seeds: any small tar, packed or not. */
#include "../unit/dribble.h"
#include "base/err.h"
#include "base/own.h"
#include "io/stream.h"
#include "io/tar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct budget budget = {
    .bytes = 4 << 20,
    .entries = 2000,
    .file = 1 << 20,
    .name = 4096,
    .ratio = 1000,
    .ratio_from = 64 << 20,
    .extended = 1 << 20,
    .extents = 64 << 10,
    .zstd_window = 1 << 20,
    .xz_memory = 16 << 20,
};

struct seen {
    uint64_t hash, entries;
    int code;
};

static void add(struct seen *s, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < n; i++)
        s->hash = (s->hash ^ p[i]) * UINT64_C(0x100000001b3);
}

/* Every other entry is passed over, every third read in part. */
static int look(struct tar *tar, struct tar_entry *e, struct seen *s, struct err *err)
{
    struct stream *content = tar_stream(tar);
    uint64_t size = 0;
    struct str run;
    int r;

    s->entries++;
    add(s, e->path.p, e->path.n);
    add(s, e->link.p, e->link.n);
    add(s, &e->size, sizeof e->size);
    add(s, &e->data_at, sizeof e->data_at);
    if (e->index % 2)
        return 1;
    if (e->index % 3 && e->size > 2 && (r = stream_skip(content, 2, err)) < 0)
        return r;
    while ((r = stream_next(content, &run, err)) > 0) {
        add(s, run.p, run.n);
        size += run.n;
    }
    if (r == 0 && size != e->size - (e->index % 3 && e->size > 2 ? 2 : 0))
        abort();
    return r < 0 ? r : 1;
}

static struct seen walk(struct stream *from)
{
    own_stream plain = stream_unpack(from, &budget);
    own_tar tar = tar_open(plain, &budget);
    struct seen s = {0};
    struct tar_entry e;
    struct err err = {0};

    do
        s.code = tar_next(tar, &e, &err);
    while (s.code > 0 && (s.code = look(tar, &e, &s, &err)) > 0);
    if ((s.code < 0) != (err.code < 0))
        abort();
    return s;
}

/* Headers with a right checksum, which a fuzzer alone would hardly find. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, max);
    if (seed % 16 == 0)
        return size;
    for (uint8_t *block = data; size - (size_t)(block - data) >= 512; block += 512) {
        unsigned sum = 8 * ' ';

        if (memcmp(block + 257, "ustar", 5) != 0)
            continue;
        for (int i = 0; i < 512; i++)
            sum += i < 148 || i > 155 ? block[i] : 0;
        for (int i = 6; i-- > 0; sum /= 8)
            block[148 + i] = (uint8_t)('0' + sum % 8);
        block[154] = 0;
    }
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct seen one = walk(stream_bytes(bytes)),
                other = walk(dribble(bytes, 7 + size % 600));

    /* A library may write some bytes before it sees the error in its run. */
    if (one.code == 0 && (other.code != 0 || one.hash != other.hash))
        abort();
    if ((one.code < 0) != (other.code < 0))
        abort();
    return 0;
}
