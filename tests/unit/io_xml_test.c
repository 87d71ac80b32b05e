/* XML as package readers see it, and what is refused (TXT-5). */
#include "io/xml.h"

#include "base/err.h"
#include "base/own.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void refused(struct str text, const char *why)
{
    own(arena) a = {0};
    struct xml *root;
    struct err err = {0};

    assert_true(xml_parse(&a, text, &root, &err) < 0);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void tree(void **state)
{
    own(arena) a = {0};
    struct xml *root, *b;
    struct err err = {0};
    struct str text =
        S("<?xml version='1.0'?>\n<a x='1' y=\"&lt;2&#x41;\">\n <b> one <!-- no -->"
          "<c/>two</b>\n <b>&amp;</b><![CDATA[<&]]>\n</a>\n");

    (void)state;
    assert_int_equal(xml_parse(&a, text, &root, &err), 0);
    assert_true(str_equal(root->name, S("a")));
    assert_true(str_equal(root->text, S("<&")));
    assert_true(str_equal(xml_attr(root, S("y")), S("<2A")));
    assert_int_equal(xml_attr(root, S("z")).n, 0);
    assert_int_equal(root->line, 2);
    b = xml_get(root, S("b"));
    assert_true(str_equal(b->text, S("one two")));
    assert_int_equal(b->line, 3);
    assert_true(xml_get(b, S("c")) != NULL);
    assert_true(str_equal(b->next->text, S("&")));
    assert_int_equal(b->next->line, 4);
    assert_null(xml_get(b, S("b")));
    assert_null(xml_get(NULL, S("b")));
    assert_int_equal(xml_text(root, S("none")).n, 0);
}

static void encodings(void **state)
{
    own(arena) a = {0};
    struct xml *root;
    struct err err = {0};

    (void)state;
    assert_int_equal(xml_parse(&a,
                               S("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>"),
                               &root, &err),
                     0);
    assert_true(str_equal(root->text, S("\xc3\xa4")));
    assert_int_equal(
        xml_parse(&a, (struct str){"\xff\xfe<\0a\0>\0z\0<\0/\0a\0>\0", 18}, &root, &err),
        0);
    assert_true(str_equal(root->text, S("z")));
    refused(S("<?xml version='1.0' encoding='UTF-7'?><a/>"), "unknown encoding");
    refused(S("<a>\xff</a>"), "line 1");
}

static void hostile(void **state)
{
    static char text[1 << 20];

    (void)state;
    refused(S(""), "line 1");
    refused(S("<a>"), "line 1");
    refused(S("<a></b>"), "mismatched");
    refused(S("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "DOCTYPE");
    refused(S("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>"), "DOCTYPE");
    refused(S("<a>&b;</a>"), "entity");
    refused(S("<a><xi:include href='file:///etc/passwd'/>"), "line 1");
    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "<a>", 3);
    refused((struct str){text, sizeof text - sizeof text % 3}, "128");
    memset(text, ' ', sizeof text);
    memcpy(text, "<a ", 3);
    refused((struct str){text, sizeof text}, "line 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tree),
        cmocka_unit_test(encodings),
        cmocka_unit_test(hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
