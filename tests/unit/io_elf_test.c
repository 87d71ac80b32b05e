/* ELF by hand: what its header may lie about. Whole files: tests/data/pkg/go_binary. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "io/elf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEADER = 64, ENTRY = 64, SECTIONS = 4, NAMES = HEADER + SECTIONS * ENTRY };

/* A 64-bit file: header, four section headers, their names, 16 bytes. */
struct file {
    unsigned char at[NAMES + 64 + 16];
};

static void put(struct file *f, size_t at, uint64_t n, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        f->at[at + i] = (unsigned char)(n >> 8 * i);
}

static void put_section(struct file *f, unsigned i, unsigned name, unsigned type,
                        uint64_t offset, uint64_t size)
{
    size_t at = HEADER + i * ENTRY;

    put(f, at, name, 4);
    put(f, at + 4, type, 4);
    put(f, at + 24, offset, 8);
    put(f, at + 32, size, 8);
}

static struct file sound(void)
{
    struct file f = {0};

    memcpy(f.at,
           "\x7f"
           "ELF\x02\x01\x01",
           7);
    put(&f, 40, HEADER, 8);
    put(&f, 58, ENTRY, 2);
    put(&f, 60, SECTIONS, 2);
    put(&f, 62, 3, 2);
    memcpy(f.at + NAMES, "\0.a\0.b\0.names", 13);
    put_section(&f, 1, 1, ELF_PROGBITS, NAMES + 64, 16);
    put_section(&f, 2, 4, ELF_NOBITS, NAMES + 64, 1 << 20);
    put_section(&f, 3, 7, 3, NAMES, 14);
    memcpy(f.at + NAMES + 64, "0123456789abcdef", 16);
    return f;
}

static struct elf open_it(const struct file *f)
{
    struct elf e;
    struct err err = {0};

    assert_int_equal(elf_open(&e, (struct str){(const char *)f->at, sizeof f->at}, &err),
                     0);
    return e;
}

static struct elf_section find(const struct elf *e, const char *name)
{
    struct elf_section s;

    assert_true(elf_find(e, str_of(name), &s));
    return s;
}

static void tables(void **state)
{
    struct file f = sound();
    struct elf e = open_it(&f);
    struct elf_section s;

    (void)state;
    assert_true(e.wide && !e.big && !e.cut);
    assert_int_equal(e.sections, 4);
    assert_true(str_equal(find(&e, ".a").bytes, S("0123456789abcdef")));
    assert_int_equal(find(&e, ".b").bytes.n, 0);
    assert_false(elf_find(&e, S(".c"), &s));
}

/* e_shnum 0 and e_shstrndx 0xffff: both stand in section 0. */
static void extended(void **state)
{
    struct file f = sound();
    struct elf e;

    (void)state;
    put(&f, 60, 0, 2);
    put(&f, 62, 0xffff, 2);
    put(&f, HEADER + 32, SECTIONS, 8);
    put(&f, HEADER + 40, 3, 4);
    e = open_it(&f);
    assert_int_equal(e.sections, 4);
    assert_false(e.cut);
    assert_int_equal(find(&e, ".a").bytes.n, 16);
    put(&f, HEADER + 32, UINT64_MAX, 8);
    e = open_it(&f);
    assert_true(e.cut);
    assert_int_equal(e.sections, (sizeof f.at - HEADER) / ENTRY);
}

/* More sections than there is room for; a table, names and content past the end. */
static void past_the_end(void **state)
{
    struct file f = sound();
    struct elf e;

    (void)state;
    put(&f, 60, 0xffff, 2);
    e = open_it(&f);
    assert_true(e.cut);
    assert_int_equal(e.sections, (sizeof f.at - HEADER) / ENTRY);
    put_section(&f, 1, 1, ELF_PROGBITS, NAMES + 70, UINT64_MAX);
    e = open_it(&f);
    assert_true(find(&e, ".a").cut);
    assert_int_equal(find(&e, ".a").bytes.n, 10);
    put_section(&f, 1, 1, ELF_PROGBITS, UINT64_MAX - 3, 8);
    assert_int_equal(find(&e, ".a").bytes.n, 0);
    put_section(&f, 1, UINT32_MAX, ELF_PROGBITS, 0, 8);
    elf_section(&e, 1, &(struct elf_section){0});
    for (int at = 0; at < 8; at += 7) {
        put(&f, 40, at ? UINT64_MAX - 7 : sizeof f.at, 8);
        e = open_it(&f);
        assert_true(e.cut);
        assert_int_equal(e.sections, 0);
    }
}

static void sizes_of_entries(void **state)
{
    struct file f = sound();

    (void)state;
    for (unsigned size = 0; size < 64; size += 21) {
        put(&f, 58, size, 2);
        assert_int_equal(open_it(&f).sections, 0);
    }
}

static void no_elf(void **state)
{
    static const struct {
        struct str bytes;
        const char *why;
    } cases[] = {
        {{"", 0}, "not an ELF file"},
        {{"\x7f"
          "ELF",
          4},
         "not an ELF file"},
        {{"\x7f"
          "ELF\x03\x01",
          6},
         "ELF of class 3 and byte order 1"},
        {{"\x7f"
          "ELF\x01\x00",
          6},
         "ELF of class 1 and byte order 0"},
        {{"\x7f"
          "ELF\x01\x02\x01",
          7},
         "its ELF header breaks off"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct elf e;
        struct err err = {0};

        assert_int_equal(elf_open(&e, cases[i].bytes, &err), ERR_FORMAT);
        assert_string_equal(err.text, cases[i].why);
    }
}

/* Section 1 is a table of two, the second of which is called ".b". */
static void symbols(void **state)
{
    enum { SECOND = NAMES + 16 + 24 };
    struct file f = sound();
    uint64_t addr;
    struct elf e;

    (void)state;
    put_section(&f, 1, 1, ELF_EXPORTS, NAMES + 16, 48);
    put(&f, HEADER + ENTRY + 40, 3, 4);
    put(&f, SECOND, 4, 4);
    put(&f, SECOND + 6, 1, 2);
    put(&f, SECOND + 8, 0x1234, 8);
    e = open_it(&f);
    assert_true(elf_symbol(&e, S(".b"), &addr));
    assert_int_equal(addr, 0x1234);
    assert_false(elf_symbol(&e, S("."), &addr));      /* not all of the name */
    assert_false(elf_symbol(&e, S(".names"), &addr)); /* of a section, not of a symbol */
    put(&f, SECOND, UINT32_MAX, 4);
    assert_false(elf_symbol(&e, S(".b"), &addr));
    put(&f, SECOND, 4, 4);
    put_section(&f, 1, 1, ELF_SYMBOLS, NAMES + 16, 47); /* less than two */
    assert_false(elf_symbol(&e, S(".b"), &addr));
    put_section(&f, 1, 1, ELF_SYMBOLS, NAMES + 16, 48);
    assert_true(elf_symbol(&e, S(".b"), &addr));
    put(&f, SECOND + 6, 0, 2); /* only asked for */
    assert_false(elf_symbol(&e, S(".b"), &addr));
    put(&f, HEADER + ENTRY + 40, UINT32_MAX, 4); /* names that are nowhere */
    assert_false(elf_symbol(&e, S(".b"), &addr));
}

static void notes(void **state)
{
    static const char two[] = "\3\0\0\0"
                              "\2\0\0\0"
                              "\7\0\0\0"
                              "ab\0\0"
                              "cd\0\0"
                              "\0\0\0\0"
                              "\0\0\0\0"
                              "\1\0\0\0"
                              "\1\0\0\0"
                              "\xff\xff\xff\xff"
                              "\1\0\0\0"
                              "x";
    struct str rest = {two, sizeof two - 1};
    struct elf e = {0};
    struct elf_note n;

    (void)state;
    assert_true(elf_note_next(&e, 4, &rest, &n));
    assert_true(str_equal(n.owner, S("ab")) && str_equal(n.bytes, S("cd")) && n.type == 7);
    assert_true(elf_note_next(&e, 0, &rest, &n));
    assert_true(n.owner.n == 0 && n.bytes.n == 0 && n.type == 1);
    assert_false(elf_note_next(&e, 4, &rest, &n));
    rest.n = 0;
    assert_false(elf_note_next(&e, 4, &rest, &n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),       cmocka_unit_test(extended),
        cmocka_unit_test(past_the_end), cmocka_unit_test(sizes_of_entries),
        cmocka_unit_test(no_elf),       cmocka_unit_test(symbols),
        cmocka_unit_test(notes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
