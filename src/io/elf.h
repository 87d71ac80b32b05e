#ifndef IO_ELF_H
#define IO_ELF_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

/* Programs, libraries and objects of ELF systems, of 32 and 64 bits and either byte order.
 * Everything is a view of the file's bytes, nothing is allocated, and what the file says
 * of itself is never believed: tables and pieces that go past its end are cut there. */

enum { ELF_CORE = 4 }; /* types of files that matter */
enum {
    ELF_PROGBITS = 1,
    ELF_SYMBOLS = 2,
    ELF_NOTE = 7,
    ELF_NOBITS = 8,
    ELF_EXPORTS = 11
}; /* types of sections */
enum {
    ELF_WRITE = 1,
    ELF_ALLOC = 2,
    ELF_EXEC = 4,
    ELF_COMPRESSED = 0x800
};                                            /* their flags */
enum { ELF_LOAD = 1, ELF_NOTES = 4 };         /* types of segments */
enum { ELF_MAY_EXEC = 1, ELF_MAY_WRITE = 2 }; /* their flags */

struct elf {
    struct str bytes;
    bool wide; /* 64 bits */
    bool big;  /* the byte of most worth first */
    unsigned type;
    uint64_t sections_at, section_size, sections; /* how many there are, whole */
    uint64_t segments_at, segment_size, segments;
    bool cut;         /* a table goes past the end: there is less than the header says */
    struct str names; /* of sections */
};

struct elf_section {
    struct str name;     /* at most 255 bytes of it */
    uint32_t type, link; /* link: the section that belongs to it, of symbols their names */
    uint64_t flags, align;
    struct str bytes; /* none of ELF_NOBITS */
    bool cut;         /* they should go on past the end of the file */
};

struct elf_segment {
    uint32_t type, flags;
    uint64_t addr, align;
    struct str bytes; /* as many as the file holds: memory may be larger */
    bool cut;
};

struct elf_note {
    struct str owner; /* "GNU", "FDO" */
    uint32_t type;
    struct str bytes;
};

/* ERR_FORMAT when the header is none. bytes must stay. */
int elf_open(struct elf *e, struct str bytes, struct err *err);

/* Section or segment i, below e->sections or e->segments. */
void elf_section(const struct elf *e, uint64_t i, struct elf_section *out);
void elf_segment(const struct elf *e, uint64_t i, struct elf_segment *out);

/* The first section of that name; false when there is none. */
bool elf_find(const struct elf *e, struct str name, struct elf_section *out);

/* Bytes that will be at that address in memory, up to the end of their segment; empty when
 * the file has none for it. */
struct str elf_at(const struct elf *e, uint64_t addr);

/* Where the first symbol of that name that is not only asked for will be in memory: of
 * those for other programs, else, where they are still there, of all. False: none. */
bool elf_symbol(const struct elf *e, struct str name, uint64_t *addr);

/* Cuts the next note off the front of a section or segment of notes, which are aligned as
 * it is; false at the end, and where the bytes are no notes. */
bool elf_note_next(const struct elf *e, uint64_t align, struct str *rest,
                   struct elf_note *out);

/* A number of 2, 4 or 8 bytes at a place of `in`, in the file's order; 0 past its end. */
uint64_t elf_number(const struct elf *e, struct str in, uint64_t at, unsigned width);

#endif
