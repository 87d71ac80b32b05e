/* Programs that no package tells of, and libraries that are part of a program: by the bytes
 * around their version (programs.def). Only where a file keeps its constants is looked at,
 * which is a third of most programs. Whether a package owns the file is not known here:
 * scan/settle asks. */
#include "base/err.h"
#include "io/elf.h"
#include "model/reader.h"
#include "pkg/programs.h"

#include <stdlib.h>

enum { SECTIONS_MAX = 1 << 16 };
enum { TYPE_OBJECT = 1, TYPE_CORE = 4 };

static const struct want wants[] = {
    {WANT_MAGIC,
     "\x7f"
     "ELF",
     NULL},
    {0},
};

static int program_read(struct read *in, struct err *err);

const struct reader pkg_program = {
    .name = "program",
    .title = "programs and libraries by their content",
    .version = 2,
    .checked = "programs of Debian",
    .listed = true,
    .wants = wants,
    .read = program_read,
};

struct piece_list {
    struct str *at;
    size_t len, cap;
};

/* What is in memory and is neither code nor tables for it. */
static bool has_constants(const struct elf_section *s)
{
    static const char *const others[] = {
        ".eh_frame",  ".eh_frame_hdr", ".interp",     ".gcc_except_table",
        ".gopclntab", ".data.rel.ro",  ".init_array", ".fini_array",
        ".plt",       ".got",          ".got.plt",    ".typelink",
        ".itablink"};

    if (s->type != ELF_PROGBITS || !(s->flags & ELF_ALLOC) || s->flags & ELF_EXEC)
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_equal(s->name, str_of(others[i])))
            return false;
    return true;
}

static void take_sections(struct read *in, const struct elf *e, struct piece_list *pieces)
{
    struct elf_section s;

    for (uint64_t i = 0; i < e->sections; i++) {
        elf_section(e, i, &s);
        if (has_constants(&s) && s.bytes.n)
            *arena_push(in->a, pieces) = s.bytes;
    }
}

static void take_segments(struct read *in, const struct elf *e, struct piece_list *pieces)
{
    struct elf_segment s;

    for (uint64_t i = 0; i < e->segments; i++) {
        elf_segment(e, i, &s);
        if (s.type == ELF_LOAD && s.bytes.n)
            *arena_push(in->a, pieces) = s.bytes;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct str *x = a, *y = b;

    return (x->p > y->p) - (x->p < y->p);
}

/* Each byte once, however they overlap. */
static void part(struct piece_list *pieces)
{
    const char *end = NULL;
    size_t kept = 0;

    if (pieces->len)
        qsort(pieces->at, pieces->len, sizeof *pieces->at, by_place);
    for (size_t i = 0; i < pieces->len; i++) {
        struct str s = pieces->at[i];
        size_t seen = end && end > s.p ? (size_t)(end - s.p) : 0;

        s = str_from(s, seen);
        if (!s.n)
            continue;
        end = s.p + s.n;
        pieces->at[kept++] = s;
    }
    pieces->len = kept;
}

/* ---- files that break off ---- */

static bool breaks_off(const struct elf *e)
{
    struct elf_section section;
    struct elf_segment segment;
    bool cut = e->cut;

    for (uint64_t i = 0; i < e->sections && !cut; i++) {
        elf_section(e, i, &section);
        cut = section.cut;
    }
    for (uint64_t i = 0; !e->sections && i < e->segments && !cut; i++) {
        elf_segment(e, i, &segment);
        cut = segment.cut;
    }
    return cut;
}

static int program_read(struct read *in, struct err *err)
{
    struct elf e;
    struct piece_list pieces = {0};
    struct program_list found = {0};
    struct str dir, base;

    if (elf_open(&e, in->bytes, err) < 0)
        return err->code;
    if (breaks_off(&e))
        read_note(in, 0, "this program breaks off: what it is may not have been found");
    if (e.type == TYPE_OBJECT || e.type == TYPE_CORE)
        return 0;
    if (e.sections && e.sections <= SECTIONS_MAX)
        take_sections(in, &e, &pieces);
    else
        take_segments(in, &e, &pieces);
    part(&pieces);
    str_cut_last(in->path, '/', &dir, &base);
    programs_find(in->a, base, pieces.at, pieces.len, &found);
    for (size_t i = 0; i < found.len; i++)
        read_add(in, "generic", found.at[i].name, found.at[i].version)->cpe =
            found.at[i].cpe;
    if (found.cut)
        read_note(in, 0, "too much of it looks like a version: not all was looked at");
    return 0;
}
