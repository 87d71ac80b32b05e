/* What a terminal is given, and how wide it is. */
#include "base/own.h"
#include "io/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *text, *shown;
    unsigned width;
} texts[] = {
    {"", "", 0},
    {"plain ~", "plain ~", 7},
    {"\t\n\x1b[2J\x7f", "\\x09\\x0a\\x1b[2J\\x7f", 19},
    {"\xc3\xa4\xc2\xa0", "\xc3\xa4\xc2\xa0", 2},
    {"\xc2\x85\xc2\xad", "\\x85\\xad", 8},
    /* hidden, or changes the direction of writing */
    {"\xd8\x9c", "\\u{61c}", 7},
    {"\xe2\x80\x8b\xe2\x80\x8f", "\\u{200b}\\u{200f}", 16},
    {"\xe2\x80\xa8\xe2\x80\xae", "\\u{2028}\\u{202e}", 16},
    {"\xe2\x81\xa0\xe2\x81\xaf", "\\u{2060}\\u{206f}", 16},
    {"\xef\xbb\xbf\xef\xbf\xb0\xef\xbf\xbb", "\\u{feff}\\u{fff0}\\u{fffb}", 24},
    {"\xf3\xa0\x80\x81", "\\u{e0001}", 9},
    {"\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xb0\xef\xbf\xbc",
     "\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xb0\xef\xbf\xbc", 4},
    /* two columns each: Hangul, kana, syllables, compatibility, forms, full width, emoji,
     * rare */
    {"\xe1\x84\x80", "\xe1\x84\x80", 2},
    {"\xe3\x81\x82\xea\x93\x8f", "\xe3\x81\x82\xea\x93\x8f", 4},
    {"\xea\xb0\x80\xed\x9e\xa3", "\xea\xb0\x80\xed\x9e\xa3", 4},
    {"\xef\xa4\x80", "\xef\xa4\x80", 2},
    {"\xef\xb8\xb0", "\xef\xb8\xb0", 2},
    {"\xef\xbc\x81", "\xef\xbc\x81", 2},
    {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", 2},
    {"\xf0\xa0\x80\x80", "\xf0\xa0\x80\x80", 2},
    /* one column: beside those */
    {"\xe1\x85\xa0\xea\x93\x90\xed\x9f\xbb\xef\xac\x80\xef\xb9\xb0\xef\xbd\xa1",
     "\xe1\x85\xa0\xea\x93\x90\xed\x9f\xbb\xef\xac\x80\xef\xb9\xb0\xef\xbd\xa1", 6},
    {"\xf0\x9f\x8b\xbf\xf0\x9f\xac\x80", "\xf0\x9f\x8b\xbf\xf0\x9f\xac\x80", 2},
    {"\xf0\x90\x80\x80", "\xf0\x90\x80\x80", 1},
    /* no UTF-8: too long, halves of pairs, past the end, broken off */
    {"\x80\xff", "\\x80\\xff", 8},
    {"\xc0\xaf", "\\xc0\\xaf", 8},
    {"\xe0\x80\xaf", "\\xe0\\x80\\xaf", 12},
    {"\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf", 16},
    {"\xed\xa0\x80", "\\xed\\xa0\\x80", 12},
    {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80", 16},
    {"\xe2\x82", "\\xe2\\x82", 8},
    {"\xe2\x82x", "\\xe2\\x82x", 9},
};

static void test_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        own(buf) b = {0};

        assert_int_equal(text_put(&b, str_of(texts[i].text), 0), texts[i].width);
        assert_true(str_equal(buf_view(&b), str_of(texts[i].shown)));
        assert_int_equal(text_width(str_of(texts[i].text)), texts[i].width);
    }
}

static void test_cut(void **state)
{
    static const struct {
        const char *text;
        unsigned most;
        const char *shown;
        unsigned width;
    } cuts[] = {
        {"abcd", 4, "abcd", 4},
        {"abcd", 3, "ab\xe2\x80\xa6", 3},
        {"abcd", 1, "\xe2\x80\xa6", 1},
        {"\xe3\x81\x82\xe3\x81\x82", 4, "\xe3\x81\x82\xe3\x81\x82", 4},
        {"\xe3\x81\x82\xe3\x81\x82", 3, "\xe3\x81\x82\xe2\x80\xa6", 3},
        {"\xe3\x81\x82\xe3\x81\x82", 2, "\xe2\x80\xa6", 1},
        {"ab\x1b", 5, "ab\xe2\x80\xa6", 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        own(buf) b = {0};

        assert_int_equal(text_put(&b, str_of(cuts[i].text), cuts[i].most), cuts[i].width);
        assert_true(str_equal(buf_view(&b), str_of(cuts[i].shown)));
    }
}

static void test_pad(void **state)
{
    own(buf) b = {0};

    (void)state;
    text_pad(&b, 2, 4);
    text_pad(&b, 4, 4);
    text_pad(&b, 5, 4);
    assert_true(str_equal(buf_view(&b), S("  ")));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_pad),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
