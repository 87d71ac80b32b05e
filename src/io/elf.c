/* ELF: the System V ABI, chapters 4 and 5, and elf(5). readelf is the reference.
 *
 *     7f 45 4c 46 02 01 ...   magic, class (1: 32 bits, 2: 64), order (1: little, 2: big)
 *
 * The header says where the tables of sections and of segments lie, how large an entry is
 * and how many there are. More than 65,279 sections do not fit it: then e_shnum is 0 and
 * the size of section 0 is the number; e_shstrndx 0xffff means its link, e_phnum 0xffff
 * its info. */
#include "io/elf.h"

#include "base/err.h"

#include <string.h>

enum { NAME_MAX_BYTES = 255 };
enum { EXTENDED = 0xffff };

/* Where things stand, by class: 32 bits, 64 bits. */
struct at {
    uint8_t narrow, wide;
};

static const struct at header_size = {52, 64};
static const struct at e_phoff = {28, 32}, e_shoff = {32, 40}, e_phentsize = {42, 54},
                       e_phnum = {44, 56}, e_shentsize = {46, 58}, e_shnum = {48, 60},
                       e_shstrndx = {50, 62};
static const struct at section_least = {40, 64};
static const struct at sh_flags = {8, 8}, sh_offset = {16, 24}, sh_size = {20, 32},
                       sh_link = {24, 40}, sh_info = {28, 44}, sh_addralign = {32, 48};
static const struct at segment_least = {32, 56};
static const struct at p_offset = {4, 8}, p_vaddr = {8, 16}, p_filesz = {16, 32},
                       p_flags = {24, 4}, p_align = {28, 48};

static uint64_t place(const struct elf *e, struct at at)
{
    return e->wide ? at.wide : at.narrow;
}

uint64_t elf_number(const struct elf *e, struct str in, uint64_t at, unsigned width)
{
    uint64_t n = 0;

    if (at > in.n || in.n - at < width)
        return 0;
    for (unsigned i = 0; i < width; i++)
        n = n << 8 | (unsigned char)in.p[at + (e->big ? i : width - 1 - i)];
    return n;
}

/* An address, offset or size: 4 bytes or 8. */
static uint64_t word(const struct elf *e, struct str in, struct at at)
{
    return elf_number(e, in, place(e, at), e->wide ? 8 : 4);
}

static uint64_t number(const struct elf *e, struct str in, struct at at, unsigned width)
{
    return elf_number(e, in, place(e, at), width);
}

/* As much of [at, at + n) as there is. */
static struct str piece(const struct elf *e, uint64_t at, uint64_t n, bool *cut)
{
    struct str rest = at < e->bytes.n ? str_from(e->bytes, at) : (struct str){0};

    *cut = n > rest.n;
    return (struct str){rest.p, n < rest.n ? n : rest.n};
}

static struct str entry(const struct elf *e, uint64_t table, uint64_t size, uint64_t i)
{
    return (struct str){e->bytes.p + table + i * size, size};
}

/* How many whole entries of a table the file holds, of those it should. */
static uint64_t count(struct elf *e, uint64_t at, uint64_t size, uint64_t should)
{
    uint64_t room = at < e->bytes.n ? (e->bytes.n - at) / size : 0;

    e->cut |= should > room;
    return should < room ? should : room;
}

/* ---- the tables ---- */

static void open_sections(struct elf *e, uint64_t *names_in, struct str *first)
{
    uint64_t n = number(e, e->bytes, e_shnum, 2);

    e->sections_at = word(e, e->bytes, e_shoff);
    e->section_size = number(e, e->bytes, e_shentsize, 2);
    *names_in = number(e, e->bytes, e_shstrndx, 2);
    if (!e->sections_at || e->section_size < place(e, section_least)) {
        e->section_size = 0;
        return;
    }
    if (!count(e, e->sections_at, e->section_size, 1))
        return;
    *first = entry(e, e->sections_at, e->section_size, 0);
    if (n == 0)
        n = word(e, *first, sh_size);
    if (*names_in == EXTENDED)
        *names_in = number(e, *first, sh_link, 4);
    e->sections = count(e, e->sections_at, e->section_size, n);
}

static void open_segments(struct elf *e, struct str first_section)
{
    uint64_t n = number(e, e->bytes, e_phnum, 2);

    e->segments_at = word(e, e->bytes, e_phoff);
    e->segment_size = number(e, e->bytes, e_phentsize, 2);
    if (!e->segments_at || e->segment_size < place(e, segment_least))
        return;
    if (n == EXTENDED && first_section.n)
        n = number(e, first_section, sh_info, 4);
    e->segments = count(e, e->segments_at, e->segment_size, n);
}

int elf_open(struct elf *e, struct str bytes, struct err *err)
{
    uint64_t names_in;
    struct str first = {0};
    struct elf_section names;

    *e = (struct elf){.bytes = bytes};
    if (bytes.n < 6 || !str_starts(bytes, S("\x7f"
                                            "ELF")))
        return err_set(err, ERR_FORMAT, "not an ELF file");
    e->wide = bytes.p[4] == 2;
    e->big = bytes.p[5] == 2;
    if (bytes.p[4] < 1 || bytes.p[4] > 2 || bytes.p[5] < 1 || bytes.p[5] > 2)
        return err_set(err, ERR_FORMAT, "ELF of class %u and byte order %u",
                       (unsigned char)bytes.p[4], (unsigned char)bytes.p[5]);
    if (bytes.n < place(e, header_size))
        return err_set(err, ERR_FORMAT, "its ELF header breaks off");
    e->type = (unsigned)elf_number(e, bytes, 16, 2);
    open_sections(e, &names_in, &first);
    open_segments(e, first);
    if (names_in && names_in < e->sections) {
        elf_section(e, names_in, &names);
        e->names = names.bytes;
    }
    return 0;
}

/* ---- sections and segments ---- */

static struct str name_at(const struct elf *e, uint64_t at)
{
    struct str s = at < e->names.n ? str_from(e->names, at) : (struct str){0};

    s.n = strnlen(str_chars(s), s.n < NAME_MAX_BYTES ? s.n : NAME_MAX_BYTES);
    return s;
}

void elf_section(const struct elf *e, uint64_t i, struct elf_section *out)
{
    struct str in = entry(e, e->sections_at, e->section_size, i);

    *out = (struct elf_section){
        .name = name_at(e, elf_number(e, in, 0, 4)),
        .type = (uint32_t)elf_number(e, in, 4, 4),
        .link = (uint32_t)number(e, in, sh_link, 4),
        .flags = word(e, in, sh_flags),
        .align = word(e, in, sh_addralign),
    };
    if (out->type != ELF_NOBITS)
        out->bytes = piece(e, word(e, in, sh_offset), word(e, in, sh_size), &out->cut);
}

void elf_segment(const struct elf *e, uint64_t i, struct elf_segment *out)
{
    struct str in = entry(e, e->segments_at, e->segment_size, i);

    *out = (struct elf_segment){
        .type = (uint32_t)elf_number(e, in, 0, 4),
        .flags = (uint32_t)number(e, in, p_flags, 4),
        .addr = word(e, in, p_vaddr),
        .align = word(e, in, p_align),
    };
    out->bytes = piece(e, word(e, in, p_offset), word(e, in, p_filesz), &out->cut);
}

bool elf_find(const struct elf *e, struct str name, struct elf_section *out)
{
    for (uint64_t i = 0; i < e->sections; i++) {
        elf_section(e, i, out);
        if (str_equal(out->name, name))
            return true;
    }
    return false;
}

struct str elf_at(const struct elf *e, uint64_t addr)
{
    struct elf_segment s;

    for (uint64_t i = 0; i < e->segments; i++) {
        elf_segment(e, i, &s);
        if (s.type == ELF_LOAD && addr >= s.addr && addr - s.addr < s.bytes.n)
            return str_from(s.bytes, addr - s.addr);
    }
    return (struct str){0};
}

/* ---- symbols ---- */

static const struct at symbol_size = {16, 24};
static const struct at st_value = {4, 8}, st_shndx = {14, 6};

static bool is_called(struct str names, uint64_t at, struct str name)
{
    struct str s = at < names.n ? str_from(names, at) : (struct str){0};

    return s.n > name.n && s.p[name.n] == '\0' && str_starts(s, name);
}

static bool symbol_in(const struct elf *e, const struct elf_section *table, struct str name,
                      uint64_t *addr)
{
    uint64_t size = place(e, symbol_size);
    struct elf_section names;

    if (table->link >= e->sections)
        return false;
    elf_section(e, table->link, &names);
    if (str_find(names.bytes, name) < 0) /* so it is with nearly all */
        return false;
    for (uint64_t at = 0; at + size <= table->bytes.n; at += size) {
        struct str in = {table->bytes.p + at, size};

        *addr = word(e, in, st_value);
        if (is_called(names.bytes, elf_number(e, in, 0, 4), name) &&
            number(e, in, st_shndx, 2))
            return true;
    }
    return false;
}

static bool first_of(const struct elf *e, uint32_t type, struct elf_section *out)
{
    for (uint64_t i = 0; i < e->sections; i++) {
        elf_section(e, i, out);
        if (out->type == type)
            return true;
    }
    return false;
}

bool elf_symbol(const struct elf *e, struct str name, uint64_t *addr)
{
    struct elf_section table;

    return (first_of(e, ELF_EXPORTS, &table) && symbol_in(e, &table, name, addr)) ||
           (first_of(e, ELF_SYMBOLS, &table) && symbol_in(e, &table, name, addr));
}

/* ---- notes ---- */

/* n bytes off the front, and what pads them. */
static bool cut_padded(struct str *rest, uint64_t n, uint64_t align, struct str *out)
{
    uint64_t padded = (n + align - 1) / align * align;

    if (n > rest->n)
        return false;
    *out = (struct str){rest->p, n};
    *rest = str_from(*rest, padded);
    return true;
}

/* Sizes of name and content, type; name with a NUL, content, both padded. */
bool elf_note_next(const struct elf *e, uint64_t align, struct str *rest,
                   struct elf_note *out)
{
    uint64_t name = elf_number(e, *rest, 0, 4), content = elf_number(e, *rest, 4, 4);

    if (rest->n < 12)
        return false;
    align = align == 8 ? 8 : 4;
    out->type = (uint32_t)elf_number(e, *rest, 8, 4);
    *rest = str_from(*rest, 12);
    if (!cut_padded(rest, name, 4, &out->owner) ||
        !cut_padded(rest, content, align, &out->bytes))
        return false;
    out->owner.n = strnlen(str_chars(out->owner), out->owner.n);
    return true;
}
