/* The header block: POSIX.1-1988 (ustar), with what came before it and GNU's
 * own. Where the readers differ, Go's archive/tar decides: it is what the
 * container runtimes unpack layers with. */
#include "io/tar_parts.h"

#include "base/err.h"
#include "io/tar.h"

#include <string.h>

static struct str field(struct str block, size_t at, size_t n)
{
    return (struct str){block.p + at, n};
}

static struct str text(struct str block, size_t at, size_t n)
{
    return (struct str){block.p + at, strnlen(block.p + at, n)};
}

/* Two's complement; the first bit marks the form, the second is the sign. */
static bool base_256(struct str f, uint64_t *out)
{
    uint64_t v = (unsigned char)f.p[0] & 0x3f;

    if (f.p[0] & 0x40)
        return false;
    for (size_t i = 1; i < f.n; i++) {
        if (v >> 55)
            return false;
        v = v << 8 | (unsigned char)f.p[i];
    }
    *out = v;
    return true;
}

bool tar_number(struct str f, uint64_t *out)
{
    uint64_t v = 0;
    size_t i = 0;

    if (f.p[0] & 0x80)
        return base_256(f, out);
    while (i < f.n && (f.p[i] == ' ' || f.p[i] == 0))
        i++;
    for (; i < f.n && f.p[i] >= '0' && f.p[i] <= '7'; i++)
        v = v << 3 | (uint64_t)(f.p[i] - '0'); /* twelve digits are 36 bits */
    *out = v;
    return i == f.n || f.p[i] == ' ' || f.p[i] == 0;
}

static uint64_t word_at(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return word;
}

/* The sum of n bytes, at most 512, in four lanes of 16 bits that cannot overflow. */
static unsigned sum_of(const char *p, size_t n)
{
    const uint64_t even = UINT64_C(0x00ff00ff00ff00ff);
    uint64_t lanes = 0;

    for (size_t i = 0; i < n; i += 8)
        lanes += (word_at(p + i) & even) + (word_at(p + i) >> 8 & even);
    return (lanes & 0xffff) + (lanes >> 16 & 0xffff) + (lanes >> 32 & 0xffff) +
           (unsigned)(lanes >> 48);
}

static unsigned high_of(const char *p, size_t n)
{
    unsigned high = 0;

    for (size_t i = 0; i < n; i++)
        high += (unsigned char)p[i] >> 7;
    return high;
}

/* The sum of all bytes with blanks for the sum itself. Some old writers
 * summed up signed bytes. */
bool tar_header_sum(struct str block)
{
    const char *p = block.p;
    uint64_t stated;
    unsigned sum = sum_of(p, TAR_BLOCK) - sum_of(p + 148, 8) + 8 * ' ', high;

    if (!tar_number(field(block, 148, 8), &stated))
        return false;
    if (stated == sum)
        return true;
    high = high_of(p, TAR_BLOCK) - high_of(p + 148, 8);
    return (int64_t)stated == (int64_t)sum - 256 * (int64_t)high;
}

bool tar_zero_block(struct str block)
{
    return block.p[0] == 0 && memcmp(block.p, block.p + 1, TAR_BLOCK - 1) == 0;
}

int tar_header_read(struct str block, struct tar_header *h, struct err *err)
{
    if (!tar_header_sum(block))
        return err_set(err, ERR_FORMAT, "header checksum is wrong");
    *h = (struct tar_header){
        .flag = block.p[156],
        .gnu = memcmp(block.p + 257, "ustar  ", 8) == 0,
        .star = memcmp(block.p + 508, "tar", 4) == 0,
        .name = text(block, 0, 100),
        .link = text(block, 157, 100),
    };
    /* GNU keeps other things where POSIX has the prefix. */
    if (memcmp(block.p + 257, "ustar", 6) == 0)
        h->prefix = text(block, 345, 155);
    if (!tar_number(field(block, 124, 12), &h->size))
        return err_set(err, ERR_FORMAT, "impossible size");
    if (!tar_number(field(block, 100, 8), &h->mode))
        h->mode = 0;
    return 0;
}

bool tar_sniff(struct str first512)
{
    return first512.n >= TAR_BLOCK && tar_header_sum(first512);
}
