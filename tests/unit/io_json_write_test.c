/* What the writer writes, and that hostile strings come back through the reader. */
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/json.h"
#include "io/json_write.h"
#include "io/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void write_sample(struct buf *b, bool flat)
{
    struct json_write w = {.out = b, .flat = flat};

    json_open(&w, '{');
    json_put_str(&w, "name", S("zlib \"1\""));
    json_put_some(&w, "source", (struct str){0});
    json_put_some(&w, "arch", S("amd64"));
    json_open_key(&w, "fixes", '[');
    json_put_i64(&w, NULL, INT64_MIN);
    json_put_bool(&w, NULL, true);
    json_put_null(&w, NULL);
    json_open(&w, '{');
    json_close(&w, '}');
    json_close(&w, ']');
    json_open_key(&w, "none", '[');
    json_close(&w, ']');
    json_put_raw(&w, "raw", S("1.50"));
    json_close(&w, '}');
}

static void test_shape(void **state)
{
    own(buf) lines = {0};
    own(buf) flat = {0};

    (void)state;
    write_sample(&lines, false);
    write_sample(&flat, true);
    buf_char(&lines, 0);
    buf_char(&flat, 0);
    assert_string_equal(lines.at, "{\n"
                                  "  \"name\": \"zlib \\\"1\\\"\",\n"
                                  "  \"arch\": \"amd64\",\n"
                                  "  \"fixes\": [\n"
                                  "    -9223372036854775808,\n"
                                  "    true,\n"
                                  "    null,\n"
                                  "    {}\n"
                                  "  ],\n"
                                  "  \"none\": [],\n"
                                  "  \"raw\": 1.50\n"
                                  "}\n");
    assert_string_equal(flat.at, "{\"name\":\"zlib \\\"1\\\"\",\"arch\":\"amd64\","
                                 "\"fixes\":[-9223372036854775808,true,null,{}],"
                                 "\"none\":[],\"raw\":1.50}\n");
}

static void expect(struct str s, struct buf *out)
{
    while (s.n) {
        size_t n = utf8_length(s);

        buf_str(out, n ? (struct str){s.p, n} : S("\xef\xbf\xbd"));
        s = str_from(s, n ? n : 1);
    }
}

static void round_trip(struct json_doc *doc, struct str s)
{
    own(buf) text = {0};
    own(buf) want = {0};
    struct json_write w = {.out = &text, .flat = true};
    struct err err = {0};
    struct json root;

    json_open(&w, '[');
    json_put_str(&w, NULL, s);
    json_close(&w, ']');
    for (size_t i = 0; i + 1 < text.len; i++)
        assert_true((unsigned char)text.at[i] >= 0x20 && text.at[i] != 0x7f);
    if (json_parse(doc, buf_view(&text), &root, &err) < 0)
        fail_msg("%s: " STR_FMT, err.text, STR_ARG(buf_view(&text)));
    expect(s, &want);
    struct json_each e = json_each(root);
    struct json v;
    assert_true(json_next(&e, NULL, &v));
    assert_true(str_equal(json_str(v), buf_view(&want)));
}

static void test_hostile_strings(void **state)
{
    static const struct str parts[] = {
        S("\""),
        S("\\"),
        S("\n"),
        S("\0"),
        S("\x1b[2J"),
        S("\x7f"),
        S("\xc2\x9b"),
        S("\xff"),
        S("\xc0\xaf"),
        S("\xed\xa0\x80"),
        S("\xe2\x80\xa8"),
        S("\xe2\x80\xa9"),
        S("\xe2"),
        S("\xc3\xa4"),
        S("\xf4\x90\x80\x80"),
        S("</script>"),
        S("\xf0\x9f\x98\x80"),
        S("abc"),
        S("\xef\xbb\xbf"),
        S("\r\t"),
    };
    own_json doc = json_doc_new();

    (void)state;
    srand(1);
    round_trip(doc, (struct str){0});
    for (int i = 0; i < 5000; i++) {
        own(buf) s = {0};

        for (int k = rand() % 8; k >= 0; k--)
            buf_str(&s, parts[(size_t)rand() % (sizeof parts / sizeof *parts)]);
        round_trip(doc, buf_view(&s));
    }
}

static void test_utf8(void **state)
{
    static const struct {
        struct str s;
        size_t n;
    } want[] = {
        {S(""), 0},
        {S("\0"), 1},
        {S("\x7f\xff"), 1},
        {S("\x80"), 0},
        {S("\xc1\xbf"), 0},
        {S("\xc2\x80"), 2},
        {S("\xc2"), 0},
        {S("\xdf\xbf"), 2},
        {S("\xe0\x9f\xbf"), 0},
        {S("\xe0\xa0\x80"), 3},
        {S("\xed\x9f\xbf"), 3},
        {S("\xed\xa0\x80"), 0},
        {S("\xee\x80\x80"), 3},
        {S("\xef\xbf"), 0},
        {S("\xf0\x8f\xbf\xbf"), 0},
        {S("\xf0\x90\x80\x80"), 4},
        {S("\xf4\x8f\xbf\xbf"), 4},
        {S("\xf4\x90\x80\x80"), 0},
        {S("\xf5\x80\x80\x80"), 0},
        {S("\xe2\x28\xa1"), 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        if (utf8_length(want[i].s) != want[i].n)
            fail_msg("case %zu: %zu", i, utf8_length(want[i].s));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_hostile_strings),
        cmocka_unit_test(test_utf8),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
