/* What a child tells of an opened image: taken over as it is, or not at all. */
#include "base/err.h"
#include "base/own.h"
#include "image/opened.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* An image of two layers in a file, with a note on the second. */
static struct image sample(struct arena *a)
{
    struct image im = {.a = a,
                       .source = S("docker-archive"),
                       .name = S("x:1"),
                       .os = S("linux"),
                       .arch = S("amd64"),
                       .shape = SHAPE_FILE};

    for (int i = 0; i < 2; i++)
        *arena_push(a, &im.layers) = (struct layer){
            .info = {.diff_id = S("sha256:1"), .created_by = S("RUN x"), .size = 7},
            .name = i ? S("b/layer.tar") : S("a/layer.tar"),
            .at = 512,
            .size = 1024};
    note_add(a, &im.notes, NOTE_UNREAD, S(""), "what")->layer = 1;
    return im;
}

static int over(struct arena *a, const struct image *im, bool folder, struct image *out)
{
    struct err none = {0}, err = {0};
    struct buf told = {0};

    opened_pack(&told, im, &none);
    *out = (struct image){.a = a};
    return opened_unpack(buf_give(a, &told), folder, out, &err);
}

static void test_sound(void **state)
{
    own(arena) a = {0};
    struct image im = sample(&a), out;

    (void)state;
    assert_int_equal(over(&a, &im, false, &out), 0);
    assert_true(str_equal(out.source, im.source) && str_equal(out.name, im.name));
    assert_int_equal(out.layers.len, 2);
    assert_true(str_equal(out.layers.at[1].name, S("b/layer.tar")));
    assert_int_equal(out.layers.at[1].at, 512);
    assert_int_equal(out.notes.at[0].layer, 1);
    im.layers.at[0] = (struct layer){.missing = true, .name = S("../x")};
    assert_int_equal(over(&a, &im, false, &out), 0);
}

/* Each of these would have the parent read something else. */
static void test_unsound(void **state)
{
    own(arena) a = {0};
    struct image im, out;

    (void)state;
    im = sample(&a);
    assert_int_equal(over(&a, &im, true, &out), ERR_FORMAT); /* of a folder */
    im.shape = SHAPE_FOLDER;
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    assert_int_equal(over(&a, &im, true, &out), 0);
    im.layers.at[0].name = S("");
    assert_int_equal(over(&a, &im, true, &out), ERR_FORMAT);
    im.shape = SHAPE_ROOT; /* of one layer, and here are two */
    assert_int_equal(over(&a, &im, true, &out), ERR_FORMAT);
    im.shape = (enum image_shape)99;
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    im = sample(&a);
    im.source = S("elsewhere");
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    im = sample(&a);
    im.notes.at[0].layer = 2;
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    for (int i = 0; i < 4; i++) {
        static const struct str names[] = {S("../x"), S("/etc/passwd"), S("a//b"),
                                           S("a/../b")};

        im = sample(&a);
        im.layers.at[1].name = names[i];
        assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    }
    im = sample(&a);
    im.layers.at[0].at = UINT64_MAX;
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    im.layers.at[0].at = INT64_MAX;
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
    im = sample(&a);
    while (im.layers.len <= budget_layer.layers)
        arena_push(&a, &im.layers)->missing = true;
    assert_int_equal(over(&a, &im, false, &out), ERR_FORMAT);
}

static void test_failed(void **state)
{
    own(arena) a = {0};
    own(buf) told = {0}, strange = {0};
    struct image im = sample(&a), out = {.a = &a};
    struct err err = {0}, is = {0};

    (void)state;
    err_set(&err, ERR_USAGE, "no image tagged x");
    opened_pack(&told, &im, &err);
    assert_int_equal(opened_unpack(buf_view(&told), false, &out, &is), ERR_USAGE);
    assert_string_equal(is.text, "no image tagged x");
    err.code = (enum err_code) - 100; /* which nobody knows */
    opened_pack(&strange, &im, &err);
    assert_int_equal(opened_unpack(buf_view(&strange), false, &out, &is), ERR_FORMAT);
}

static void test_cut(void **state)
{
    own(arena) a = {0};
    own(buf) told = {0};
    struct image im = sample(&a);
    struct err none = {0};

    (void)state;
    opened_pack(&told, &im, &none);
    for (size_t n = 0; n < told.len; n++) {
        struct image out = {.a = &a};
        struct err err = {0};

        assert_int_equal(opened_unpack((struct str){told.at, n}, false, &out, &err),
                         ERR_FORMAT);
    }
    buf_add(&told, "x", 1);
    assert_int_equal(opened_unpack(buf_view(&told), false, &(struct image){.a = &a}, &none),
                     ERR_FORMAT);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),
        cmocka_unit_test(test_unsound),
        cmocka_unit_test(test_failed),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
