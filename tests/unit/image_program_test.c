/* What is left of large programs: everything but code. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "image/program.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { SIZE = 8 << 20, PIECE = 100000 };

struct source {
    const char *at;
    size_t n, seen;
};

static int next(void *ctx, struct str *run, struct err *err)
{
    struct source *s = ctx;
    size_t n = s->n - s->seen < PIECE ? s->n - s->seen : PIECE;

    (void)err;
    *run = (struct str){s->at + s->seen, n};
    s->seen += n;
    return n > 0;
}

/* A program of one or two segments, filled with what is no text, and a text at `text`. */
static char *make(struct arena *a, uint64_t code_at, size_t text)
{
    char *at = arena_alloc(a, SIZE, 16);
    Elf64_Ehdr head = {
        .e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_DYN,
        .e_machine = EM_X86_64,
        .e_version = EV_CURRENT,
        .e_phoff = sizeof head,
        .e_ehsize = sizeof head,
        .e_phentsize = sizeof(Elf64_Phdr),
        .e_phnum = 1};
    Elf64_Phdr code = {.p_type = PT_LOAD,
                       .p_flags = PF_R | PF_X,
                       .p_offset = code_at,
                       .p_filesz = 4 << 20};

    memset(at, '\x90', SIZE);
    memcpy(at, &head, sizeof head);
    memcpy(at + sizeof head, &code, sizeof code);
    memcpy(at + text, "library version 1.2.3 of a test", 31);
    return at;
}

static void load(struct arena *a, const char *at, struct buf *out)
{
    struct source s = {at, SIZE, 0};
    struct content content = {next, &s};
    struct err err = {0};
    struct str run;

    (void)a;
    assert_int_equal(next(&s, &run, &err), 1);
    assert_int_equal(program_load(SIZE, run, &content, out, &err), 0);
    assert_int_equal(out->len, SIZE);
}

/* A segment of nothing but code: zeros, and all the rest as it was. */
static void code_alone(void **state)
{
    own(arena) a = {0};
    own(buf) out = {0};
    const char *at = make(&a, 1 << 20, 2 << 20);

    (void)state;
    load(&a, at, &out);
    assert_memory_equal(out.at, at, 1 << 20);
    assert_memory_equal(out.at + (5 << 20), at + (5 << 20), SIZE - (5 << 20));
    for (size_t i = 1 << 20; i < 5 << 20; i++)
        assert_int_equal(out.at[i], 0);
}

/* Code and constants in the first segment: blocks with text stay. */
static void mixed(void **state)
{
    enum { BLOCK = 64 << 10, TEXT_AT = (2 << 20) + 12345 };
    own(arena) a = {0};
    own(buf) out = {0};
    const char *at = make(&a, 0, TEXT_AT);
    size_t block = TEXT_AT / BLOCK * BLOCK;

    (void)state;
    load(&a, at, &out);
    assert_memory_equal(out.at, at, 4 * BLOCK);
    assert_memory_equal(out.at + block, at + block, BLOCK);
    assert_memory_equal(out.at + (4 << 20), at + (4 << 20), SIZE - (4 << 20));
    for (size_t i = 4 * BLOCK; i < 4 << 20; i++)
        if (i < block || i >= block + BLOCK)
            assert_int_equal(out.at[i], 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_alone),
        cmocka_unit_test(mixed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
