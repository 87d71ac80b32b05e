/* ELF: what is found lies within the file, and each thing is looked at once. */
#include "fuzz.h"
#include "io/elf.h"

static void within(struct str in, struct str s)
{
    must(!s.n || (s.p >= in.p && s.p + s.n <= in.p + in.n));
}

static void notes(const struct elf *e, uint64_t align, struct str rest)
{
    struct elf_note note;

    while (elf_note_next(e, align, &rest, &note)) {
        within(e->bytes, note.owner);
        within(e->bytes, note.bytes);
    }
}

FUZZ(4096)
{
    struct elf e;
    struct elf_section section;
    struct elf_segment segment;
    struct err err = {0};
    int r = elf_open(&e, in, &err);

    must_tell(r, err);
    if (r < 0)
        return;
    for (uint64_t i = 0; i < e.sections; i++) {
        elf_section(&e, i, &section);
        within(in, section.name);
        within(in, section.bytes);
        notes(&e, section.align, section.bytes);
    }
    for (uint64_t i = 0; i < e.segments; i++) {
        elf_segment(&e, i, &segment);
        within(in, segment.bytes);
        within(in, elf_at(&e, segment.addr));
    }
    elf_symbol(&e, S(".none"), &(uint64_t){0});
    must(!elf_find(&e, S(".none"), &section) || str_equal(section.name, S(".none")));
}
