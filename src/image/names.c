#include "image/names.h"

#include "base/mem.h"

#include <endian.h>
#include <string.h>

enum { FEW = 24 };

static uint64_t name_of(struct hash_key key, struct str path, bool is_dir)
{
    return ((hash_keyed(key, path) & ~UINT64_C(1)) | is_dir) << 8 >> 8;
}

/* What is inside a folder is a question of its own, under a key of its own. */
static struct hash_key inside(struct hash_key key)
{
    return (struct hash_key){~key.k0, key.k1};
}

void names_add(struct names *n, struct hash_key key, struct str path, bool is_dir)
{
    uint64_t name;

    if (n->len == n->cap) {
        n->cap = n->cap ? n->cap * 2 : 1024;
        n->at = mem_resize(n->at, n->cap * NAME_BYTES);
    }
    name = htobe64(name_of(key, path, is_dir));
    memcpy(n->at + n->len++ * NAME_BYTES, (char *)&name + 1, NAME_BYTES);
}

void names_add_inside(struct names *n, struct hash_key key, struct str path)
{
    names_add(n, inside(key), path, true);
}

void names_done(struct names *n)
{
    mem_free(n->at);
    *n = (struct names){0};
}

static void sort_few(unsigned char *at, size_t len)
{
    unsigned char one[NAME_BYTES];

    for (size_t i = 1; i < len; i++) {
        size_t j = i;

        memcpy(one, at + i * NAME_BYTES, NAME_BYTES);
        for (; j > 0 && memcmp(at + (j - 1) * NAME_BYTES, one, NAME_BYTES) > 0; j--)
            memcpy(at + j * NAME_BYTES, at + (j - 1) * NAME_BYTES, NAME_BYTES);
        memcpy(at + j * NAME_BYTES, one, NAME_BYTES);
    }
}

static void swap(unsigned char *a, unsigned char *b)
{
    unsigned char one[NAME_BYTES];

    memcpy(one, a, NAME_BYTES);
    memcpy(a, b, NAME_BYTES);
    memcpy(b, one, NAME_BYTES);
}

static void sort_from(unsigned char *at, size_t len, int byte);

/* By one byte after the other, in place: a sort that needs no second array.
 * Hashes spread evenly, so that the second round ends it nearly everywhere. */
static void sort_many(unsigned char *at, size_t len, int byte)
{
    size_t end[256] = {0}, next[256], start = 0;

    for (size_t i = 0; i < len; i++)
        end[at[i * NAME_BYTES + (size_t)byte]]++;
    for (int b = 0; b < 256; b++) {
        next[b] = start;
        end[b] = start += end[b];
    }
    for (int b = 0; b < 256; b++)
        while (next[b] < end[b]) {
            unsigned char *name = at + next[b] * NAME_BYTES;
            unsigned char to = name[byte];

            if (to == b)
                next[b]++;
            else
                swap(name, at + next[to]++ * NAME_BYTES);
        }
    for (int b = 0; b < 256; b++) {
        size_t from = b ? end[b - 1] : 0;

        sort_from(at + from * NAME_BYTES, end[b] - from, byte + 1);
    }
}

static void sort_from(unsigned char *at, size_t len, int byte)
{
    if (len <= FEW)
        sort_few(at, len);
    else if (byte < NAME_BYTES)
        sort_many(at, len, byte);
}

void names_sort(struct names *n)
{
    sort_from(n->at, n->len, 0);
}

static uint64_t name_at(struct str sorted, size_t i)
{
    uint64_t name = 0;

    if (i == 0)
        memcpy((char *)&name + 1, sorted.p, NAME_BYTES);
    else
        memcpy(&name, sorted.p + i * NAME_BYTES - 1, sizeof name);
    return be64toh(name) << 8 >> 8;
}

/* Where a hash would stand among len evenly spread ones. */
static size_t guess(uint64_t want, size_t len)
{
    return len >> 32 ? 0 : (size_t)((want >> 24) * len >> 32);
}

/* The first name that is not below `want`. Looks around where it should be first:
 * hashes spread evenly, and each step of a plain search would touch a page more. */
static size_t first_from(struct str sorted, size_t len, uint64_t want)
{
    size_t low = guess(want, len), high = low, step;

    for (step = 32; low > 0 && name_at(sorted, low) >= want; step *= 2)
        low = low > step ? low - step : 0;
    for (step = 32; high < len && name_at(sorted, high) < want; step *= 2)
        high = len - high > step ? high + step : len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (name_at(sorted, mid) < want)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool has(struct str sorted, uint64_t want, uint64_t up_to)
{
    size_t len = sorted.n / NAME_BYTES, i = first_from(sorted, len, want);

    return i < len && name_at(sorted, i) <= up_to;
}

bool names_have(struct str sorted, struct hash_key key, struct str path, bool is_dir)
{
    uint64_t want = name_of(key, path, is_dir);

    return has(sorted, want, want);
}

bool names_have_either(struct str sorted, struct hash_key key, struct str path)
{
    uint64_t want = name_of(key, path, false);

    return has(sorted, want, want | 1);
}

bool names_have_inside(struct str sorted, struct hash_key key, struct str path)
{
    return names_have(sorted, inside(key), path, true);
}
