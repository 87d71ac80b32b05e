/* The tar walk over blocks made by hand: what the formats allow, and all the
 * ways in which they can be broken. */
#include "tar_list.h"

#include "base/arena.h"
#include "base/own.h"

#include <stdlib.h>
#include <string.h>

static void put_sum(char *block)
{
    unsigned sum = 0;

    memset(block + 148, ' ', 8);
    for (int i = 0; i < BLOCK; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
}

/* The block, to be changed further; call put_sum after that. Good until the
 * next addition. */
static char *put_header(struct buf *b, char flag, const char *name, uint64_t size)
{
    char *block;

    buf_reserve(b, BLOCK);
    block = b->at + b->len;
    b->len += BLOCK;
    memset(block, 0, BLOCK);
    memcpy(block, name, strlen(name) < 100 ? strlen(name) : 100);
    memcpy(block + 100, "0000644", 8);
    snprintf(block + 124, 12, "%011" PRIo64, size);
    memcpy(block + 257,
           "ustar\0"
           "00",
           8);
    block[156] = flag;
    if (flag == '1' || flag == '2')
        memcpy(block + 157, "target", 6);
    put_sum(block);
    return block;
}

static void put_body(struct buf *b, struct str bytes)
{
    static const char zeros[BLOCK];

    buf_str(b, bytes);
    buf_add(b, zeros, -bytes.n & (BLOCK - 1));
}

static void put_file(struct buf *b, char flag, const char *name, struct str bytes)
{
    put_header(b, flag, name, bytes.n);
    put_body(b, bytes);
}

static void put_end(struct buf *b)
{
    put_body(b, (struct str){(char[2 * BLOCK]){0}, 2 * BLOCK});
}

static void add_record(struct buf *b, struct str record)
{
    size_t n = record.n + 3;

    for (size_t digits = 1, ten = 10; n >= ten; ten *= 10)
        n = record.n + 2 + ++digits;
    buf_printf(b, "%zu ", n);
    buf_str(b, record);
    buf_char(b, '\n');
}

#define PUT_PAX(b, flag, ...) put_pax(b, flag, (const char *[]){__VA_ARGS__, NULL})
static void put_pax(struct buf *b, char flag, const char *const *record)
{
    own(buf) body = {0};

    for (; *record; record++)
        add_record(&body, str_of(*record));
    put_file(b, flag, "PaxHeaders/x", buf_view(&body));
}

/* The list without modes and digests; an error stands in its last line. */
static void expect_with(struct buf *b, const struct budget *budget, const char *expected)
{
    own(buf) list = {0};
    own(buf) brief = {0};
    struct str rest, one;
    int r = our_list(stream_bytes(buf_view(b)), budget, &list);

    rest = buf_view(&list);
    while (str_line(&rest, &one)) {
        bool last = r < 0 && rest.n == 0;
        struct str mode = S(" 644");
        ptrdiff_t at = last ? -1 : str_find(one, mode);

        buf_str(&brief, at < 0 ? one : (struct str){one.p, (size_t)at});
        buf_char(&brief, '\n');
    }
    buf_char(&brief, 0);
    assert_string_equal(brief.at, expected);
}

static void expect(struct buf *b, const char *expected)
{
    expect_with(b, &budget_layer, expected);
}

/* The same with the end mark added first. */
static void ends_as(struct buf *b, const char *expected)
{
    put_end(b);
    expect(b, expected);
    b->len = 0;
}

static void test_types(void **state)
{
    own(buf) b = {0};

    (void)state;
    put_file(&b, '0', "file", S("text"));
    put_file(&b, '\0', "old", S("text"));
    put_file(&b, '7', "contiguous", S("text"));
    put_file(&b, 'Z', "unknown", S("text"));
    put_file(&b, 'V', "label", S(""));
    put_header(&b, '1', "hard", 4); /* links and the like have no content */
    put_header(&b, '2', "link", 4);
    put_header(&b, '3', "device", 4);
    put_header(&b, '5', "dir/", 4);
    put_header(&b, '6', "fifo", 4);
    put_header(&b, '\0', "old-dir/", 0);
    put_header(&b, '0', "dir-too/", 0);
    put_file(&b, '0', "file-to-go/", S("text"));
    ends_as(&b, "f file 4\nf old 4\nf contiguous 4\nf unknown 4\n? label 0\n"
                "h hard -> target 0\nl link -> target 0\n? device 0\nd dir/ 0\n? fifo 0\n"
                "d old-dir/ 0\nd dir-too/ 0\nf file-to-go/ 4\n");
}

static void test_names(void **state)
{
    own(buf) b = {0};
    char *block;

    (void)state;
    block = put_header(&b, '0', "name", 0);
    memcpy(block + 345, "some/prefix", 11);
    put_sum(block);
    block = put_header(&b, '0', "name", 0);
    memcpy(block + 257, "ustar  ", 8); /* GNU has times there */
    memcpy(block + 345, "14000000000", 11);
    put_sum(block);
    put_file(&b, 'L', "././@LongLink", S("long\0er"));
    put_file(&b, 'K', "././@LongLink", S("far"));
    put_header(&b, '2', "short", 0);
    put_header(&b, '2', "short", 0);
    PUT_PAX(&b, 'x', "path=pax", "linkpath=away", "hdrcharset=BINARY", "comment=a=b");
    put_header(&b, '2', "short", 0);
    PUT_PAX(&b, 'x', "path=pax");
    put_file(&b, 'L', "././@LongLink", S("gnu"));
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'x', "path=one", "path=two", "linkpath=gone", "linkpath=");
    put_header(&b, '2', "short", 0);
    PUT_PAX(&b, 'x', "path=forgotten");
    PUT_PAX(&b, 'x', "comment=the last one counts");
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'g', "path=global");
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'X', "path=sun");
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'x', "GNU.sparse.name=not-sparse");
    put_header(&b, '0', "short", 0);
    ends_as(&b, "f some/prefix/name 0\nf name 0\nl long -> far 0\nl short -> target 0\n"
                "l pax -> away 0\nf gnu 0\nl two -> target 0\nf short 0\nf short 0\n"
                "f sun 0\nf short 0\n");
}

static void test_sizes(void **state)
{
    own(buf) b = {0};
    char *block;

    (void)state;
    PUT_PAX(&b, 'x', "size=4");
    put_header(&b, '0', "larger", 0);
    put_body(&b, S("text"));
    PUT_PAX(&b, 'x', "size=1000", "size=");
    put_file(&b, '0', "deleted", S("text"));
    block = put_header(&b, '0', "binary", 0);
    memcpy(block + 124, "\x80\0\0\0\0\0\0\0\0\0\0\x04", 12);
    put_sum(block);
    put_body(&b, S("text"));
    block = put_header(&b, '0', "blanks", 0);
    memcpy(block + 124, "          4 ", 12);
    put_sum(block);
    put_body(&b, S("text"));
    ends_as(&b, "f larger 4\nf deleted 4\nf binary 4\nf blanks 4\n");

    static const char *const bad[] = {
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x04",
        "\x80\0\0\0\x80\0\0\0\0\0\0\0",
        "\x81\0\0\0\0\0\0\0\0\0\0\0",
        "0000000000x",
        "-0000000001",
        "00000000009",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_header(&b, '0', "fine", 0);
        block = put_header(&b, '0', "bad", 0);
        memcpy(block + 124, bad[i], 12);
        put_sum(block);
        ends_as(&b, "f fine 0\nentry 1: impossible size\n");
    }
    static const char *const bad_pax[] = {"size=-1", "size=x", "size=9223372036854775808",
                                          "size= 4"};
    for (size_t i = 0; i < sizeof bad_pax / sizeof *bad_pax; i++) {
        PUT_PAX(&b, 'x', bad_pax[i]);
        put_header(&b, '0', "bad", 0);
        ends_as(&b, "entry 0: extended header: bad value of size\n");
    }
    PUT_PAX(&b, 'x', "size=9223372036854775807");
    put_header(&b, '0', "huge", 0);
    ends_as(&b, "f huge 9223372036854775807\n"
                "entry 0 (huge): ends 9223372036854774784 bytes early\n");
}

static void test_checksum(void **state)
{
    own(buf) b = {0};
    char *block;
    int sum = 8 * ' ';

    (void)state;
    block = put_header(&b, '0', "signed\xff\xfe", 0);
    for (int i = 0; i < BLOCK; i++)
        sum += i < 148 || i > 155 ? (signed char)block[i] : 0;
    snprintf(block + 148, 8, "%06o", (unsigned)sum);
    ends_as(&b, "f signed\xff\xfe 0\n");
    put_header(&b, '0', "fine", 0);
    put_header(&b, '0', "changed", 0)[3] ^= 1;
    ends_as(&b, "f fine 0\nentry 1: header checksum is wrong\n");
    put_body(&b, S("no tar"));
    ends_as(&b, "entry 0: header checksum is wrong\n");
    put_header(&b, '0', "fine", 0);
    assert_true(tar_sniff(buf_view(&b)));
    b.at[0] ^= 1;
    assert_false(tar_sniff(buf_view(&b)));
    assert_false(tar_sniff((struct str){(char[BLOCK]){0}, BLOCK}));
    assert_false(tar_sniff(S("short")));
}

static void test_records(void **state)
{
    static const struct {
        struct str body;
        const char *error;
    } bad[] = {
        {S("12 path=ab\n"), "bad record length"},
        {S("10 path=ab\n"), "bad record length"},
        {S("99999999999999999999 a=b\n"), "bad record length"},
        {S("0 a=b\n"), "bad record length"},
        {S("2 a=b\n"), "bad record length"},
        {S("-6 a=b\n"), "bad record length"},
        {S("6a=b\n"), "bad record length"},
        {S("6 a=bc"), "bad record length"},
        {S(" a=b\n"), "bad record length"},
        {S("6 a=b\n\0"), "bad record length"},
        {S("6 abc\n"), "record without a key"},
        {S("5 =b\n"), "record without a key"},
        {S("11 path=a\0\n"), "bad value of path"},
        {S("16 linkpath=a\0b\n"), "bad value of linkpath"},
        {S("22 GNU.sparse.offset=5\n"), "bad record length"},
        {S("23 GNU.sparse.offset=5\n"), "offset without a length"},
        {S("25 GNU.sparse.numbytes=5\n"), "bad value of GNU.sparse.numbytes"},
        {S("23 GNU.sparse.offset=1\n23 GNU.sparse.offset=5\n"),
         "bad value of GNU.sparse.offset"},
    };
    own(buf) b = {0};
    own(arena) a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_file(&b, 'x', "x", bad[i].body);
        put_header(&b, '0', "name", 0);
        ends_as(&b, str_printf(&a, "entry 0: extended header: %s\n", bad[i].error).p);
    }
    PUT_PAX(&b, 'x', "path=lost");
    ends_as(&b, "entry 0: no entry behind its extended header\n");
    PUT_PAX(&b, 'x', "path=lost");
    expect(&b, "entry 0: no entry behind its extended header\n");
    PUT_PAX(&b, 'g', "path=between");
    put_header(&b, '0', "name", 0);
    ends_as(&b, "entry 0: global header where an entry should be\n");
    put_header(&b, 'x', "x", 1 << 30);
    ends_as(&b, "entry 0: extended header of 1073741824 bytes (limit extended)\n");
    put_header(&b, 'g', "g", 1 << 30);
    ends_as(&b, "entry 0: extended header of 1073741824 bytes (limit extended)\n");
    put_header(&b, 'L', "L", 1 << 20);
    ends_as(&b, "entry 0: extended header of 1048576 bytes (limit name)\n");
}

static void test_long_names(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};
    char *name = arena_alloc(&a, 70000, 1);
    struct str record;

    (void)state;
    memset(name, 'n', 65536);
    record = str_printf(&a, "path=%s", name);
    put_pax(&b, 'x', (const char *[]){record.p, NULL});
    put_file(&b, '0', "short", S("text"));
    ends_as(&b, str_printf(&a, "f %s 4\n", name).p);
    put_file(&b, 'L', "long", (struct str){name, 65537});
    put_file(&b, '0', "short", S("text"));
    ends_as(&b, str_printf(&a, "f %s 4\n", name).p);
    record = str_printf(&a, "path=%sn", name);
    put_pax(&b, 'x', (const char *[]){record.p, NULL});
    put_file(&b, '0', "short", S("text"));
    ends_as(&b, "entry 0: path of 65537 bytes (limit name)\n");
    record = str_printf(&a, "linkpath=%sn", name);
    put_pax(&b, 'x', (const char *[]){record.p, NULL});
    put_header(&b, '2', "short", 0);
    ends_as(&b, "entry 0 (short): link target of 65537 bytes (limit name)\n");
    put_header(&b, '0', "n\033[2J\n", 1);
    expect(&b, "f n\033[2J\n 1\nentry 0 (n?[2J?): ends 512 bytes early\n");
}

static void test_sparse(void **state)
{
    own(buf) b = {0};

    (void)state;
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,2", "GNU.sparse.size=12", "GNU.sparse.name=real",
            "GNU.sparse.numblocks=2");
    put_file(&b, '0', "GNUSparseFile/x", S("abcd"));
    PUT_PAX(&b, 'x', "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=one",
            "GNU.sparse.realsize=7");
    put_header(&b, '0', "x", BLOCK + 3);
    put_body(&b, S("2\n1\n3\n7\n0\n"));
    put_body(&b, S("abc"));
    PUT_PAX(&b, 'x', "GNU.sparse.major=7", "GNU.sparse.minor=0", "GNU.sparse.name=unknown");
    put_file(&b, '0', "as-stored", S("abc"));
    ends_as(&b, "f real 12\nf one 7\nf as-stored 3\n");

    static const struct {
        const char *map, *error;
    } bad[] = {
        {"GNU.sparse.map=0,2,1,2",
         "extended header: sparse extent 1 overlaps or is too large"},
        {"GNU.sparse.map=8,2,1,2",
         "extended header: sparse extent 1 overlaps or is too large"},
        {"GNU.sparse.map=1,9223372036854775807",
         "extended header: sparse extent 0 overlaps or is too large"},
        {"GNU.sparse.map=1,2,3", "extended header: sparse extent 1 is no number"},
        {"GNU.sparse.map=1,-2", "extended header: sparse extent 0 is no number"},
    };
    own(arena) a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        PUT_PAX(&b, 'x', bad[i].map, "GNU.sparse.size=12");
        put_file(&b, '0', "x", S("abcd"));
        ends_as(&b, str_printf(&a, "entry 0: %s\n", bad[i].error).p);
    }
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,2", "GNU.sparse.size=9");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): sparse map goes past the end of the file\n");
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,1", "GNU.sparse.size=20");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): sparse map does not fit the stored bytes\n");
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,3", "GNU.sparse.size=20");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): sparse map does not fit the stored bytes\n");
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,2", "GNU.sparse.numblocks=3");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0: extended header: sparse map has another length than it states\n");
    put_file(&b, 'S', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): GNU's sparse file in a header that is not\n");
}

static void put_data_map(struct buf *b, const char *map)
{
    PUT_PAX(b, 'x', "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=7");
    put_file(b, '0', "x", str_of(map));
}

static void test_sparse_data_map(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};
    own(buf) many = {0};

    (void)state;
    put_header(&b, '0', "fine", 0);
    PUT_PAX(&b, 'x', "GNU.sparse.major=1", "GNU.sparse.minor=0");
    put_header(&b, '0', "x", 0);
    ends_as(&b, "f fine 0\nentry 1 (x): sparse map goes past the end of the data\n");
    static const char *const bad[] = {"\n",    "2\n1\n\n", "-1\n", "99999999999999999999\n",
                                      "1 2\n", "x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *block = memset(arena_alloc(&a, BLOCK + 1, 1), '5', BLOCK);

        memcpy(block, bad[i], strlen(bad[i]));
        put_data_map(&b, block);
        ends_as(&b, "entry 0 (x): sparse map holds other things than numbers\n");
    }
    buf_printf(&many, "70000\n");
    for (int i = 0; i < 70000; i++)
        buf_printf(&many, "%d\n0\n", i);
    buf_add(&many, (char[BLOCK]){0}, BLOCK);
    buf_char(&many, 0);
    put_data_map(&b, many.at);
    ends_as(&b, "entry 0 (x): sparse file of more than 65536 pieces (limit extents)\n");
}

static void test_budget(void **state)
{
    struct budget budget = budget_layer;
    own(buf) b = {0};

    (void)state;
    PUT_PAX(&b, 'x', "GNU.sparse.map=0,0", "GNU.sparse.size=20000000");
    put_header(&b, '0', "hole", 0);
    put_end(&b);
    budget.bytes = 20000000;
    expect_with(&b, &budget, "f hole 20000000\n");
    budget.bytes = 19999999;
    expect_with(&b, &budget,
                "f hole 20000000\nentry 0 (hole): more than 19999999 bytes unpacked (limit "
                "bytes)\n");
    b.len = 0;
    put_header(&b, '0', "one", 0);
    put_header(&b, '0', "two", 0);
    put_end(&b);
    budget.entries = 2;
    expect_with(&b, &budget, "f one 0\nf two 0\n");
    budget.entries = 1;
    expect_with(&b, &budget, "f one 0\nentry 1: more than 1 entries (limit entries)\n");
}

static void test_end(void **state)
{
    own(buf) b = {0};

    (void)state;
    expect(&b, "");
    put_header(&b, '0', "name", 0);
    expect(&b, "f name 0\n");
    put_body(&b, (struct str){(char[BLOCK]){0}, BLOCK});
    expect(&b, "f name 0\n");
    put_header(&b, '0', "behind", 0);
    expect(&b, "f name 0\nentry 1: entries behind the end mark\n");
    b.len -= BLOCK;
    put_body(&b, (struct str){(char[BLOCK]){0}, BLOCK});
    buf_str(&b, S("whatever stands here is not read"));
    expect(&b, "f name 0\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),   cmocka_unit_test(test_names),
        cmocka_unit_test(test_sizes),   cmocka_unit_test(test_checksum),
        cmocka_unit_test(test_records), cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_sparse),  cmocka_unit_test(test_sparse_data_map),
        cmocka_unit_test(test_budget),  cmocka_unit_test(test_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
