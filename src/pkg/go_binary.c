/* What a Go program is built from, as its linker leaves it in the section .go.buildinfo:
 *
 *     ff " Go buildinf:"   magic, 14 bytes, at an address that 16 divides
 *     08 02                size of a pointer; flags: 1 big-endian, 2 what follows is inline
 *     00 ...               up to 32 bytes
 *     08 "go1.21.3"        the version of Go and, behind it, what it was built from, each
 *                          behind its length as a varint (since Go 1.18)
 *
 * Before, bytes 16 on are two pointers, in the order that the flags say, to a pair of
 * pointer and length each. Without section headers it is in a segment that may be written.
 * Go's debug/buildinfo is the reference, `go version -m` shows what it reads. */
#include "base/err.h"
#include "io/elf.h"
#include "pkg/go_modules.h"

#include <string.h>

enum { HEAD = 32, ALIGN = 16 };
enum { BIG_ENDIAN_POINTERS = 1, INLINE = 2 };

static const struct want wants[] = {
    {WANT_MAGIC,
     "\x7f"
     "ELF",
     NULL},
    {0},
};

static int go_binary_read(struct read *in, struct err *err);

const struct reader pkg_go_binary = {
    .name = "go_binary",
    .title = "Go programs",
    .version = 2,
    .wants = wants,
    .checked = "go version -m",
    .read = go_binary_read,
};

/* ---- where it is ---- */

/* From the magic on; empty when there is none. */
static struct str info_in(struct str bytes)
{
    struct str magic = S("\xff Go buildinf:"), rest = bytes;
    ptrdiff_t at;

    while ((at = str_find(rest, magic)) >= 0) {
        rest = str_from(rest, (size_t)at);
        if ((size_t)(rest.p - bytes.p) % ALIGN == 0)
            return rest;
        rest = str_from(rest, 1);
    }
    return (struct str){0};
}

static struct str find_info(const struct elf *e)
{
    struct elf_section section;
    struct elf_segment segment;
    struct str found = {0};

    if (elf_find(e, S(".go.buildinfo"), &section))
        return info_in(section.bytes);
    for (uint64_t i = 0; !e->sections && i < e->segments && !found.n; i++) {
        elf_segment(e, i, &segment);
        if (segment.type == ELF_LOAD && segment.flags & ELF_MAY_WRITE)
            found = info_in(segment.bytes);
    }
    return found;
}

/* ---- its two texts ---- */

/* Seven bits a byte, the low ones first, all bytes but the last with the eighth set. */
static bool cut_varint(struct str *rest, uint64_t *out)
{
    *out = 0;
    for (unsigned shift = 0; shift < 63 && rest->n; shift += 7) {
        unsigned char c = (unsigned char)rest->p[0];

        *rest = str_from(*rest, 1);
        *out |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return true;
    }
    return false;
}

static bool cut_inline(struct str *rest, struct str *out)
{
    uint64_t n;

    if (!cut_varint(rest, &n) || n > rest->n)
        return false;
    *out = (struct str){rest->p, n};
    *rest = str_from(*rest, n);
    return true;
}

/* The text that the pointer at `at` leads to: there are its address and its length. */
static bool follow(const struct elf *e, struct str info, unsigned width, unsigned at,
                   struct str *out)
{
    struct str pair = elf_at(e, elf_number(e, info, at, width)), text;
    uint64_t n = elf_number(e, pair, width, width);

    text = elf_at(e, elf_number(e, pair, 0, width));
    *out = (struct str){text.p, n};
    return pair.n >= 2 * width && n <= text.n;
}

static bool read_texts(const struct elf *e, struct str info, struct str *version,
                       struct str *modules)
{
    unsigned width = (unsigned char)info.p[14], flags = (unsigned char)info.p[15];
    struct elf pointers = *e;
    struct str rest = str_from(info, HEAD);

    if (flags & INLINE)
        return cut_inline(&rest, version) && cut_inline(&rest, modules);
    pointers.big = flags & BIG_ENDIAN_POINTERS;
    return (width == 4 || width == 8) && follow(&pointers, info, width, 16, version) &&
           follow(&pointers, info, width, 16 + width, modules);
}

/* 16 bytes on either side tell where it is in memory:
 * "...\x02\x41\xe1\xc1\x07\xe6\x18\xe6". */
static struct str without_marks(struct str modules)
{
    if (modules.n >= 33 && modules.p[modules.n - 17] == '\n')
        return (struct str){modules.p + 16, modules.n - 32};
    return (struct str){0};
}

static int go_binary_read(struct read *in, struct err *err)
{
    struct elf e;
    struct str info, version = {0}, modules = {0};
    struct err unused;

    if (elf_open(&e, in->bytes, &unused) < 0)
        return 0; /* the reader of programs says so */
    info = find_info(&e);
    if (!info.n)
        return 0;
    if (info.n < HEAD || !read_texts(&e, info, &version, &modules))
        return err_set(err, ERR_FORMAT, "what this Go program is built from breaks off");
    go_modules(in, &e, version, without_marks(modules));
    return 0;
}
