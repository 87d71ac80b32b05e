/* Facts may come from a cache or another process: whatever the bytes are, they
 * are facts or an error. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "image/facts.h"
#include "image/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void make(struct arena *a, struct buf *out)
{
    struct facts f = {.entries = 3, .bytes = 1 << 20, .key = {1, 2}};
    struct facts_file file = {
        .reader = S("apk"), .path = S("p"), .at = S("q"), .keep = true};
    own(buf) files = {0};
    own(names) names = {0};

    names_add(&names, f.key, S("etc"), true);
    names_add(&names, f.key, S("etc/x"), false);
    names_sort(&names);
    f.names = (struct str){(char *)names.at, names.len * NAME_BYTES};
    file.kept = S("kept bytes");
    *arena_push(a, &file.packages) = (struct package){.name = S("n"), .version = S("v")};
    *arena_push(a, &file.owned) = (struct owned){.name = S("n"), .files = S("")};
    note_add(a, &file.notes, NOTE_UNREAD, S("w"), "what");
    note_add(a, &f.notes, NOTE_INFO, S(""), "layer");
    *arena_push(a, &f.whiteouts) = S("gone");
    *arena_push(a, &f.opaques) = S("dir");
    *arena_push(a, &f.links) = (struct facts_link){S("lib"), S("usr/lib"), false};
    *arena_push(a, &f.readers) = (struct facts_reader){S("apk"), 1};
    facts_pack_file(&files, &file);
    facts_pack(out, &f, buf_view(&files), 1);
    buf_str(out, f.names);
}

static void come_back(void **state)
{
    own(arena) a = {0};
    own(buf) bytes = {0};
    struct facts f;
    struct err err = {0};

    (void)state;
    make(&a, &bytes);
    assert_int_equal(facts_unpack(&a, buf_view(&bytes), &f, &err), 0);
    assert_int_equal(f.entries, 3);
    assert_int_equal(f.files.len, 1);
    assert_true(str_equal(f.files.at[0].kept, S("kept bytes")));
    assert_true(str_equal(f.files.at[0].packages.at[0].version, S("v")));
    assert_true(str_equal(f.links.at[0].target, S("usr/lib")));
    assert_true(facts_has(&f, S("etc"), true));
    assert_true(facts_has(&f, S("etc/x"), false));
    assert_false(facts_has(&f, S("etc"), false));
    assert_true(notes_unread(&f.files.at[0].notes));
    assert_false(notes_unread(&f.notes));
}

static void cut_anywhere(void **state)
{
    own(arena) a = {0};
    own(buf) bytes = {0};

    (void)state;
    make(&a, &bytes);
    for (size_t n = 0; n < bytes.len; n++) {
        char *part = malloc(n + 1); /* its end is watched by the sanitizer */
        struct facts f;
        struct err err = {0};

        memcpy(part, bytes.at, n);
        assert_int_equal(facts_unpack(&a, (struct str){part, n}, &f, &err), ERR_FORMAT);
        free(part);
    }
}

static void changed_anywhere(void **state)
{
    own(arena) a = {0};
    own(buf) bytes = {0};

    (void)state;
    make(&a, &bytes);
    for (size_t i = 0; i < bytes.len * 8; i++) {
        struct facts f;
        struct err err = {0};

        bytes.at[i / 8] ^= (char)(1 << i % 8);
        facts_unpack(&a, buf_view(&bytes), &f, &err);
        bytes.at[i / 8] ^= (char)(1 << i % 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(come_back),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(changed_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
