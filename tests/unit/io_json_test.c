/* tests/data/json.data read and written again; lookups; what hostile texts do. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/json.h"
#include "io/json_place.h"
#include "json_again.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* "%0A" -> a newline */
static struct str decode(struct arena *a, struct str s)
{
    char *at = arena_alloc(a, s.n + 1, 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '%') {
            at[n++] = (char)(digit(s.p[i + 1]) * 16 + digit(s.p[i + 2]));
            i += 2;
        } else {
            at[n++] = s.p[i];
        }
    return (struct str){at, n};
}

static void read_again(struct json_doc *doc, struct str text, struct buf *out)
{
    struct json_write w = {.out = out, .flat = true};
    struct err err = {0};
    struct json root;

    if (json_parse(doc, text, &root, &err) < 0)
        buf_printf(out, "!%s", err.text);
    else
        json_again(&w, NULL, root);
    while (out->len && out->at[out->len - 1] == '\n')
        out->len--;
}

static void test_texts(void **state)
{
    own(arena) a = {0};
    own_json doc = json_doc_new();
    struct err err = {0};
    struct str text, line;
    unsigned number = 0;

    (void)state;
    if (str_load(&a, "tests/data/json.data", 1 << 20, &text, &err) < 0)
        fail_msg("%s", err.text);
    while (str_line(&text, &line)) {
        ptrdiff_t arrow = str_find(line, S(" -> "));
        own(buf) is = {0};
        struct str want;

        number++;
        if (!line.n || line.p[0] == '#')
            continue;
        assert_true(arrow > 0);
        want = decode(&a, str_from(line, (size_t)arrow + 4));
        read_again(doc, decode(&a, (struct str){line.p, (size_t)arrow}), &is);
        if (!str_equal(buf_view(&is), want))
            fail_msg("line %u: is " STR_FMT ", want " STR_FMT, number,
                     STR_ARG(buf_view(&is)), STR_ARG(want));
    }
    assert_true(number > 80);
}

static const char sample[] =
    "{\"id\": \"CVE-1\", \"n\": -7, \"big\": 18446744073709551615, \"half\": 0.5,"
    " \"yes\": true, \"no\": false, \"nil\": null, \"list\": [1, \"two\", [3], {}],"
    " \"map\": {\"\": \"empty\", \"k\\u00e4\\u0000y\": \"v\"}, \"twice\": 1, \"twice\": 2}";

static struct json parse(struct json_doc *doc, struct str text)
{
    struct err err = {0};
    struct json root = {0};

    if (json_parse(doc, text, &root, &err) < 0)
        fail_msg("%s", err.text);
    return root;
}

static void test_kinds(void **state)
{
    static const struct {
        const char *key;
        enum json_kind kind;
        size_t len;
    } want[] = {
        {"id", JSON_STRING, 0}, {"n", JSON_NUMBER, 0},    {"big", JSON_NUMBER, 0},
        {"yes", JSON_BOOL, 0},  {"nil", JSON_NULL, 0},    {"list", JSON_LIST, 4},
        {"map", JSON_MAP, 2},   {"absent", JSON_NONE, 0}, {"i", JSON_NONE, 0},
    };
    own_json doc = json_doc_new();
    struct json root = parse(doc, str_of(sample)), map = json_get(root, S("map"));
    int64_t n;

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct json v = json_get(root, str_of(want[i].key));

        assert_int_equal(json_kind(v), want[i].kind);
        assert_int_equal(json_len(v), want[i].len);
    }
    assert_int_equal(json_len(root), 11);
    assert_true(str_equal(json_get_str(root, S("id")), S("CVE-1")));
    assert_true(json_i64(json_get(root, S("n")), &n) && n == -7);
    assert_false(json_i64(json_get(root, S("big")), &n));
    assert_false(json_i64(json_get(root, S("half")), &n));
    assert_true(json_number(json_get(root, S("big"))) == 0x1p64);
    assert_true(json_number(json_get(root, S("half"))) == 0.5);
    assert_true(json_true(json_get(root, S("yes"))));
    assert_false(json_true(json_get(root, S("no"))));
    assert_true(json_i64(json_get(root, S("twice")), &n) && n == 2);
    assert_true(str_equal(json_get_str(map, S("")), S("empty")));
    assert_true(str_equal(json_get_str(map, (struct str){0}), S("empty")));
    assert_true(str_equal(json_get_str(map, S("k\xc3\xa4\0y")), S("v")));
}

/* Every question to every kind it is not meant for. */
static void test_wrong_questions(void **state)
{
    own_json doc = json_doc_new();
    struct json root = parse(doc, str_of(sample)), v, item;
    struct json_each e = json_each(root);
    struct str key;
    int64_t n;

    (void)state;
    while (json_next(&e, &key, &v)) {
        enum json_kind k = json_kind(v);
        struct json_each inner = json_each(v);

        assert_true(k == JSON_STRING || json_str(v).n == 0);
        assert_true(k == JSON_BOOL || !json_true(v));
        assert_true(k == JSON_NUMBER || (!json_i64(v, &n) && json_number(v) == 0));
        assert_true(k == JSON_MAP || json_kind(json_get(v, S(""))) == JSON_NONE);
        assert_true(k == JSON_MAP || k == JSON_LIST || !json_next(&inner, NULL, &item));
    }
    assert_false(json_next(&e, &key, &v));
}

static void test_nothing(void **state)
{
    struct json none = {0}, v;
    struct json_each e = json_each(none);
    int64_t n;

    (void)state;
    assert_int_equal(json_kind(none), JSON_NONE);
    none = json_get(json_get(json_get(none, S("a")), S("b")), S("c"));
    assert_int_equal(json_kind(none), JSON_NONE);
    assert_int_equal(json_str(none).n, 0);
    assert_int_equal(json_get_str(none, S("a")).n, 0);
    assert_false(json_true(none) || json_i64(none, &n) || json_number(none) != 0);
    assert_int_equal(json_len(none), 0);
    assert_false(json_next(&e, NULL, &v));
    json_doc_free(NULL);
}

static void test_order(void **state)
{
    own_json doc = json_doc_new();
    struct json v;
    struct json_each e;
    struct str key;
    int64_t n, sum = 0;

    (void)state;
    e = json_each(parse(doc, S("{\"b\":1,\"a\":[9,[9]],\"b\":2,\"c\":{\"x\":9}}")));
    for (const char *want = "babc"; *want; want++) {
        assert_true(json_next(&e, &key, &v));
        assert_true(key.n == 1 && key.p[0] == *want);
    }
    assert_false(json_next(&e, &key, &v));
    for (e = json_each(parse(doc, S("[1,[7],{\"a\":7},20]"))); json_next(&e, NULL, &v);)
        sum += json_i64(v, &n) ? n : 0;
    assert_int_equal(sum, 21);
}

/* Cut anywhere it is an error, and one document serves for all of it. */
static void test_truncated(void **state)
{
    own_json doc = json_doc_new();
    struct str text = str_of(sample);
    struct json root;

    (void)state;
    for (size_t n = 0; n < text.n; n++) {
        struct err err = {0};
        char *copy = malloc(n ? n : 1); /* so that reading past it is noticed */

        memcpy(copy, text.p, n);
        assert_int_equal(json_parse(doc, (struct str){copy, n}, &root, &err), ERR_FORMAT);
        assert_non_null(strstr(err.text, n ? "line 1, column " : "there is nothing"));
        free(copy);
    }
    assert_int_equal(json_len(parse(doc, text)), 11);
}

static struct str nested(struct arena *a, size_t depth, const char *inner)
{
    size_t n = strlen(inner);
    char *p = arena_alloc(a, 2 * depth + n, 1);

    memset(p, '[', depth);
    memcpy(p + depth, inner, n);
    memset(p + depth + n, ']', depth);
    return (struct str){p, 2 * depth + n};
}

static void test_deep(void **state)
{
    own(arena) a = {0};
    own_json doc = json_doc_new();
    struct err err = {0};
    struct json root;

    (void)state;
    assert_int_equal(json_len(parse(doc, nested(&a, 128, "1"))), 1);
    assert_int_equal(json_len(parse(doc, nested(&a, 128, "{ }"))), 1);
    assert_int_equal(json_parse(doc, nested(&a, 129, "1"), &root, &err), ERR_LIMIT);
    assert_string_equal(err.text, "JSON: line 1, column 129: nested more than 128 deep");
    assert_int_equal(json_parse(doc, nested(&a, 1000000, "1"), &root, &err), ERR_LIMIT);
    assert_int_equal(json_len(parse(doc, S("[1]"))), 1);
}

/* A scan of our own names the place: it must refuse just what simdjson does. */
static void test_same_judgement(void **state)
{
    static const char alphabet[] = "{}[]:,\"\\ue1-+. \n0null\x80\xc3\xa4";
    own_json doc = json_doc_new();
    size_t refused = 0, rounds = 20000;
    char text[sizeof sample];

    (void)state;
    srand(1);
    for (size_t i = 0; i < rounds; i++) {
        struct json_place place;
        struct err err = {0};
        struct json root;
        bool bad;

        memcpy(text, sample, sizeof sample);
        for (int k = rand() % 3; k >= 0; k--)
            text[(size_t)rand() % (sizeof sample - 1)] =
                alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        bad = json_parse(doc, (struct str){text, sizeof text - 1}, &root, &err) < 0;
        if (bad != json_place_find((struct str){text, sizeof text - 1}, &place))
            fail_msg("%s: %s", bad ? err.text : "is JSON", text);
        refused += bad;
    }
    assert_true(refused > rounds / 4 && refused < rounds);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_wrong_questions),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_same_judgement),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
