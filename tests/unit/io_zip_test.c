/* Zips as the JVM reads them, and those that mislead (ARC-2, ARC-11, ARC-12). */
#include "io/zip.h"

#include "base/err.h"
#include "base/own.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "zip_made.h"

static const struct budget *budget = &budget_layer;

static const struct made two[] = {
    {.name = "META-INF/MANIFEST.MF",
     .content = S("Manifest-Version: 1.0\n"),
     .deflated = true},
    {.name = "a", .content = S("stored")},
};

static void content(struct zip *z, const char *name, struct str wanted)
{
    own(buf) out = {0};
    struct err err = {0};
    const struct zip_member *m = zip_find(z, str_of(name));

    assert_non_null(m);
    if (zip_read(z, m, budget, &out, &err) < 0)
        fail_msg("%s", err.text);
    assert_true(str_equal(buf_view(&out), wanted));
    assert_int_equal(out.at[out.len], 0);
}

static void refused(struct str bytes, const char *why)
{
    own(arena) a = {0};
    struct zip z;
    struct err err = {0};

    assert_true(zip_open(&a, bytes, budget, &z, &err) < 0);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void members(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};
    struct zip z;
    struct err err = {0};

    (void)state;
    buf_str(&b, S("#!/bin/sh\nexec java -jar $0\n")); /* in front of an executable jar */
    make_zip(&b, two, 2, S("a comment"));
    assert_int_equal(zip_open(&a, buf_view(&b), budget, &z, &err), 0);
    assert_int_equal(z.len, 2);
    assert_string_equal(zip_doubt(&z), "");
    content(&z, two[0].name, two[0].content);
    content(&z, "a", S("stored"));
    assert_null(zip_find(&z, S("b")));
}

static void cut(void **state)
{
    own(buf) b = {0};

    (void)state;
    make_zip(&b, two, 2, (struct str){0});
    for (size_t n = 0; n < b.len; n++)
        refused((struct str){b.at, n}, "zip");
}

/* No flip makes it read anything but what was there, or what a checksum vouches for. */
static void flips(void **state)
{
    own(buf) b = {0};

    (void)state;
    make_zip(&b, two, 2, (struct str){0});
    for (size_t i = 0; i < b.len * 8; i++) {
        own(arena) a = {0};
        own(buf) out = {0};
        struct zip z;
        struct err err = {0};

        b.at[i / 8] ^= (char)(1 << i % 8);
        if (zip_open(&a, buf_view(&b), budget, &z, &err) == 0)
            for (size_t j = 0; j < z.len; j++)
                if (zip_read(&z, &z.at[j], budget, &out, &err) == 0)
                    assert_true(out.len == 0 || str_equal(buf_view(&out), two[0].content) ||
                                str_equal(buf_view(&out), two[1].content));
        b.at[i / 8] ^= (char)(1 << i % 8);
    }
}

static void twins(void **state)
{
    static const struct made m[] = {{.name = "a", .content = S("first")},
                                    {.name = "b", .local = "c", .content = S("2")},
                                    {.name = "a", .content = S("second")}};
    own(arena) a = {0};
    own(buf) b = {0};
    struct zip z;
    struct err err = {0};

    (void)state;
    make_zip(&b, m, 3, (struct str){0});
    assert_int_equal(zip_open(&a, buf_view(&b), budget, &z, &err), 0);
    assert_int_equal(z.len, 2);
    content(&z, "a", S("first"));
    assert_string_equal(zip_doubt(&z), "b: its own header gives another name");
}

static void overlaps(void **state)
{
    static const struct made m[] = {{.name = "a", .content = S("PK\3\4 and so on")},
                                    {.name = "b", .content = S("2")},
                                    {.name = "c", .content = S("3"), .at = 1}};
    struct made same[] = {m[0], m[1]};
    own(buf) b = {0};
    own(buf) c = {0};

    (void)state;
    make_zip(&b, m, 3, (struct str){0});
    refused(buf_view(&b), "not where it says");
    same[1].name = same[1].local = "a";
    make_zip(&c, same, 2, (struct str){0});
    memcpy(c.at + c.len - 22 - 47 + 42, "\0\0\0\0",
           4); /* the second is where the first is */
    refused(buf_view(&c), "over each other");
}

static void ends(void **state)
{
    own(buf) b = {0};
    own(buf) inner = {0};

    (void)state;
    make_zip(&inner, two, 1, (struct str){0});
    make_zip(&b, two, 2, buf_view(&inner));
    refused(buf_view(&b), "two ends");
    refused(S(""), "no end");
    refused(S("PK\5\6"), "no end");
}

static void unreadable(void **state)
{
    static const struct made m[] = {
        {.name = "a", .content = S("x"), .encrypted = true},
        {.name = "b", .content = S("y"), .crc_error = 1},
        {.name = "c", .content = S("zzzzzzzzzzzzzzzz"), .deflated = true}};
    struct budget small = *budget;
    own(arena) a = {0};
    own(buf) b = {0};
    own(buf) out = {0};
    struct zip z;
    struct err err = {0};

    (void)state;
    make_zip(&b, m, 3, (struct str){0});
    assert_int_equal(zip_open(&a, buf_view(&b), budget, &z, &err), 0);
    assert_int_equal(zip_read(&z, &z.at[0], budget, &out, &err), ERR_UNSUPPORTED);
    assert_int_equal(zip_read(&z, &z.at[1], budget, &out, &err), ERR_FORMAT);
    small.file = 8;
    assert_int_equal(zip_read(&z, &z.at[2], &small, &out, &err), ERR_LIMIT);
    assert_non_null(strstr(err.text, "limit file"));
    small.entries = 2;
    assert_int_equal(zip_open(&a, buf_view(&b), &small, &z, &err), ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members),    cmocka_unit_test(cut),      cmocka_unit_test(flips),
        cmocka_unit_test(twins),      cmocka_unit_test(overlaps), cmocka_unit_test(ends),
        cmocka_unit_test(unreadable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
