/* Headers of rpm packages whose counts and offsets are not true. */
#include "base/buf.h"
#include "pkg/rpm.h"
#include "rpm_outcome.h"

static int read_header(struct outcome *o, struct str bytes)
{
    struct rpm_db db = {
        .in = &o->in, .words = &o->a, .headers_left = 1 << 20, .files_left = 1 << 20};

    o->bytes = exact(bytes);
    o->in = (struct read){.path = S("Packages"), .a = &o->a};
    return rpm_header(&db, 77, (struct str){o->bytes, bytes.n}, &o->err);
}

static void add_u32(struct buf *b, uint32_t v)
{
    char bytes[4];

    put(bytes, true, v, 4);
    buf_add(b, bytes, 4);
}

struct entry {
    uint32_t tag, type, offset, count;
};

/* Header of NAME, VERSION and RELEASE, and one more entry, over "a\0" "1\0" "2\0"
 * and what is given. */
static void make_header(struct buf *out, struct entry more, struct str data)
{
    static const struct entry fixed[] = {{1000, 6, 0, 1}, {1001, 6, 2, 1}, {1002, 6, 4, 1}};
    const struct entry entries[] = {fixed[0], fixed[1], fixed[2], more};

    add_u32(out, 4);
    add_u32(out, (uint32_t)(6 + data.n));
    for (size_t i = 0; i < 4; i++) {
        add_u32(out, entries[i].tag);
        add_u32(out, entries[i].type);
        add_u32(out, entries[i].offset);
        add_u32(out, entries[i].count);
    }
    buf_add(out, "a\0001\0002", 6);
    buf_str(out, data);
}

/* One bad list does not take the package away. */
static void test_header_entries(void **state)
{
    static const struct entry bad[] = {
        {1117, 8, 6, 0x80000000}, {1117, 8, 0x80000000, 1}, {1117, 8, 6, 0xffffffff},
        {1116, 4, 6, 0x80000000}, {1116, 4, 6, 1},          {1003, 4, 0xfffffffe, 1},
        {1117, 8, 6, 0},          {1003, 6, 0, 1},          {1044, 6, 6, 1},
        {1117, 8, 6, 4},          {1027, 8, 0, 9},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        own(outcome) o = {0};
        own(buf) b = {0};

        make_header(&b, bad[i], S("xyz"));
        assert_int_equal(read_header(&o, buf_view(&b)), 0);
        assert_int_equal(o.in.packages.len, 1);
        assert_int_equal(o.in.notes.len, 1);
        assert_true(has_note(&o, "header 77: "));
    }
}

static void test_header_sizes(void **state)
{
    static const uint32_t sizes[][2] = {{0x80000000, 8}, {4, 0x80000000}, {0xffffffff, 0},
                                        {65535, 65535},  {0, 0xffffffff}, {0, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        own(outcome) o = {0};
        own(buf) b = {0};

        make_header(&b, (struct entry){1003, 4, 0, 1}, S(""));
        put(b.at, true, sizes[i][0], 4);
        put(b.at + 4, true, sizes[i][1], 4);
        assert_int_equal(read_header(&o, buf_view(&b)), 0);
        assert_int_equal(o.in.packages.len, 0);
        assert_int_equal(o.in.notes.len, 1);
    }
}

static void test_header_budget(void **state)
{
    own(outcome) o = {0};
    own(buf) list = {0}, b = {0};
    uint32_t count = 1 << 18;

    (void)state;
    for (uint32_t i = 0; i < count; i++) /* "/etc/x" each: 2 MB packed, 1 MB are left */
        buf_add(&list, "/etc/x", 7);
    make_header(&b, (struct entry){1027, 8, 6, count}, buf_view(&list));
    assert_int_equal(read_header(&o, buf_view(&b)), ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_entries),
        cmocka_unit_test(test_header_sizes),
        cmocka_unit_test(test_header_budget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
