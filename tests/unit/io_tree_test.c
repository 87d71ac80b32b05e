/* One face for JSON, JSON with comments, YAML and TOML, and the lines of values. */
#include "io/tree.h"

#include "base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct json parse(struct json_doc *doc, enum tree_form form, struct str text)
{
    struct json root = {0};
    struct err err = {0};

    if (tree_parse(doc, form, text, &root, &err) < 0)
        fail_msg("%s", err.text);
    return root;
}

static void refused(enum tree_form form, struct str text, const char *why)
{
    own_json doc = json_doc_new();
    struct json root;
    struct err err = {0};

    assert_true(tree_parse(doc, form, text, &root, &err) < 0);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static struct json at(struct json v, const char *key)
{
    return json_get(v, str_of(key));
}

static void json_lines(void **state)
{
    own_json doc = json_doc_new();
    struct json root = parse(doc, TREE_JSON,
                             S("\xef\xbb\xbf{\n \"a\": 1.5, \"b\": [\n\n  true,\n  -2,"
                               "\n  \"x\\\"\"\n ],\n \"c\": {\"d\":\n null}}"));
    struct json one;
    uint64_t lines[] = {4, 5, 6}, n = 0;

    (void)state;
    assert_int_equal(json_line(root), 1);
    assert_int_equal(json_line(at(root, "a")), 2);
    assert_int_equal(json_line(at(root, "b")), 2);
    for (struct json_each e = json_each(at(root, "b")); json_next(&e, NULL, &one);)
        assert_int_equal(json_line(one), lines[n++]);
    assert_int_equal(json_line(at(root, "c")), 8);
    assert_int_equal(json_line(at(at(root, "c"), "d")), 9);
    assert_int_equal(json_line(at(root, "none")), 0);
}

static void comments(void **state)
{
    own_json doc = json_doc_new();
    struct json root = parse(doc, TREE_JSONC,
                             S("// one\n{ /* two\n */ \"a\": [1, 2, /**/ ],\n"
                               "\"b\": \"// no /* comment\\\", ]\", // three\n}\n"));

    (void)state;
    assert_int_equal(json_len(at(root, "a")), 2);
    assert_int_equal(json_line(at(root, "a")), 3);
    assert_true(str_equal(json_get_str(root, S("b")), S("// no /* comment\", ]")));
    assert_int_equal(json_line(at(root, "b")), 4);
    refused(TREE_JSONC, S("[1,,]"), "line 1");
    refused(TREE_JSONC, S("[1 /* "), "line 1");
    refused(TREE_JSONC, S("[\"a\\"), "");
    refused(TREE_JSON, S("[1,]"), "line 1");
}

static void yaml_lines(void **state)
{
    own_json doc = json_doc_new();
    struct json root =
        parse(doc, TREE_YAML,
              S("# a lock file\na: 1\nb:\n  - x\n  - y: &n 2\n    z: *n\nc:\n  d: e\n"));
    struct json one, list = at(root, "b");
    uint64_t lines[] = {4, 5}, n = 0;

    (void)state;
    assert_int_equal(json_line(at(root, "a")), 2);
    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        assert_int_equal(json_line(one), lines[n++]);
    assert_int_equal(json_line(at(one, "z")), 6);
    assert_int_equal(json_line(at(at(root, "c"), "d")), 8);
    assert_int_equal(json_kind(parse(doc, TREE_YAML, S(""))), JSON_NULL);
    assert_int_equal(json_len(parse(doc, TREE_YAML, S("--- [1]\n--- [2, 3]\n"))), 1);
    refused(TREE_YAML, S("a: [1"), "line 2");
}

static void toml(void **state)
{
    own_json doc = json_doc_new();
    struct json root = parse(
        doc, TREE_TOML,
        S("# lock\nversion = 3\n\n[[package]]\nname = \"b\"\nsize = 1e3\n\n[[package]]\n"
          "name = \"a\"\nwhen = 2024-01-02T03:04:05Z\nnot = [nan, -inf, true, 07:32:00]\n"
          "deps = [\n  { name = \"b\" },\n]\n"));
    struct json one, list = at(root, "package");
    uint64_t lines[] = {5, 9}, n = 0;

    (void)state;
    assert_int_equal(json_line(at(root, "version")), 2);
    assert_true(json_number(at(root, "version")) == 3);
    for (struct json_each e = json_each(list); json_next(&e, NULL, &one);)
        assert_int_equal(json_line(at(one, "name")), lines[n++]);
    assert_true(str_equal(json_get_str(one, S("when")), S("2024-01-02T03:04:05Z")));
    assert_int_equal(json_len(at(one, "not")), 4);
    for (struct json_each e = json_each(at(one, "deps")); json_next(&e, NULL, &root);)
        assert_int_equal(json_line(root), 13);
    assert_int_equal(json_len(parse(doc, TREE_TOML, S(""))), 0);
    refused(TREE_TOML, S("a = 1\nb = \n"), "line 2");
    refused(TREE_TOML, S("a = 1\na = 2\n"), "line 2");
    refused(TREE_TOML, S("a = \"\xff\"\n"), "line 1");
}

/* What would be more levels than a program's stack has room for. */
static void toml_deep(void **state)
{
    static char text[1 << 20];

    (void)state;
    memset(text, '[', sizeof text);
    memcpy(text, "a = ", 4);
    refused(TREE_TOML, (struct str){text, sizeof text}, "line 1");
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "a.", 2);
    refused(TREE_TOML, (struct str){text, sizeof text}, "128");
    for (size_t i = 0; i + 4 <= sizeof text; i += 4)
        memcpy(text + i, "a . ", 4);
    refused(TREE_TOML, (struct str){text, sizeof text}, "128");
    for (size_t i = 0; i + 4 <= sizeof text; i += 4)
        memcpy(text + i, "'a'.", 4);
    refused(TREE_TOML, (struct str){text, sizeof text}, "128");
    memset(text, '.', sizeof text);
    refused(TREE_TOML, (struct str){text, sizeof text}, "line 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines), cmocka_unit_test(comments),
        cmocka_unit_test(yaml_lines), cmocka_unit_test(toml),
        cmocka_unit_test(toml_deep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
