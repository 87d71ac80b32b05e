/* Streams of files and bytes, digests, and files written whole. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "dribble.h"
#include "io/digest.h"
#include "io/file.h"
#include "io/stream.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cmocka.h>

/* Text that packs, but not to nothing. */
static struct str sample(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n + 1, 1);
    unsigned seed = 7;

    for (size_t i = 0; i < n; i++) {
        seed = seed * 1103515245 + 12345;
        p[i] = "etaoinshrdlu \n,."[seed >> 28];
    }
    return (struct str){p, n};
}

static void test_skip(void **state)
{
    own(arena) a = {0};
    struct str text = sample(&a, 600000);
    char whole[DIGEST_TEXT], seen[DIGEST_TEXT];
    struct digest d;

    (void)state;
    digest_of(text, "sha256", whole);
    digest_start(&d, "sha256");
    own_stream s = stream_digest(dribble(text, 1000), &d);
    size_t at = 0;
    for (size_t n = 1; at + n < text.n; n = n * 3 + 1) {
        struct str run;
        struct err err = {0};

        assert_int_equal(stream_skip(s, n, &err), 0);
        at += n;
        assert_int_equal(stream_next(s, &run, &err), 1);
        assert_memory_equal(run.p, text.p + at, run.n < 100 ? run.n : 100);
        at += run.n;
    }
    struct err err = {0};
    assert_int_equal(stream_skip(s, text.n - at + 1, &err), ERR_FORMAT);
    assert_string_equal(err.text, "ends 1 bytes early");
    digest_finish(&d, seen);
    assert_string_equal(seen, whole);
}

static int temporary(struct str bytes)
{
    char name[] = "/tmp/io_stream_test.XXXXXX";
    int fd = mkstemp(name);

    assert_true(fd >= 0);
    unlink(name);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    return fd;
}

static void test_file(void **state)
{
    own(arena) a = {0};
    struct str text = sample(&a, 600000), out;
    own_fd fd = temporary(text);
    struct err err = {0};

    (void)state;
    {
        own_stream s = stream_file(fd, 1000, 500000);
        assert_int_equal(stream_load(&a, s, 600000, &out, &err), 0);
        assert_true(str_equal(out, (struct str){text.p + 1000, 500000}));
        assert_int_equal(out.p[out.n + 63], 0);
    }
    {
        own_stream s = stream_file(fd, 599000, UINT64_MAX);
        assert_int_equal(stream_load(&a, s, 1000, &out, &err), 0);
        assert_true(str_equal(out, str_from(text, 599000)));
    }
    {
        own_stream s = stream_file(fd, 599000, 1512);
        assert_int_equal(stream_load(&a, s, 600000, &out, &err), ERR_FORMAT);
        assert_string_equal(err.text, "ends 512 bytes early");
    }
    {
        own_stream s = stream_file(fd, 0, UINT64_MAX);
        assert_int_equal(stream_load(&a, s, 599999, &out, &err), ERR_LIMIT);
    }
    {
        own_stream s = stream_file(fd, 599000, UINT64_MAX);
        assert_int_equal(stream_skip(s, 1001, &err), ERR_FORMAT);
        assert_string_equal(err.text, "ends 1 bytes early");
    }
    {
        own_stream s = stream_unpack(stream_file(fd, 0, 600001), &budget_layer);
        struct str run;
        assert_int_equal(stream_next(s, &run, &err), 1);
        assert_int_equal(stream_skip(s, 600001 - run.n, &err), ERR_FORMAT);
    }
    {
        own_stream s = stream_file(fd, 700000, UINT64_MAX);
        assert_int_equal(stream_load(&a, s, 1000, &out, &err), 0);
        assert_int_equal(out.n, 0);
    }
}

static void test_digest(void **state)
{
    static const struct {
        const char *algorithm, *text;
    } abc[] = {
        {"sha256",
         "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"sha1", "sha1:a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"md5", "md5:900150983cd24fb0d6963f7d28e17f72"},
    };
    char text[DIGEST_TEXT];
    struct digest unused;

    (void)state;
    for (size_t i = 0; i < sizeof abc / sizeof *abc; i++) {
        digest_of(S("abc"), abc[i].algorithm, text);
        assert_string_equal(text, abc[i].text);
    }
    digest_of(S("abc"), "sha512", text);
    assert_true(digest_valid(str_of(text)));
    assert_int_equal(strlen(text), 7 + 128);
    assert_true(digest_valid(str_of(abc[0].text)));
    assert_false(digest_valid(str_of(abc[1].text)));
    assert_false(digest_valid(S("")));
    assert_false(digest_valid(S("sha256:")));
    assert_false(digest_valid((struct str){abc[0].text, 70}));
    memcpy(text, abc[0].text, 72);
    text[20] = 'A';
    assert_false(digest_valid(str_of(text)));
    text[20] = '/';
    assert_false(digest_valid(str_of(text)));
    digest_start(&unused, "sha256");
    digest_done(&unused);
    digest_done(&unused);
}

static void test_file_write(void **state)
{
    own(arena) a = {0};
    char dir[] = "/tmp/io_stream_test.XXXXXX";
    const char *deep, *file;
    struct err err = {0};
    struct stat st;
    struct str out;

    (void)state;
    assert_non_null(mkdtemp(dir));
    deep = str_printf(&a, "%s/a/b//c/", dir).p;
    file = str_printf(&a, "%s/a/b/c/file", dir).p;
    assert_int_equal(file_make_dir(deep, &err), 0);
    assert_int_equal(file_make_dir(deep, &err), 0);
    assert_int_equal(file_write(file, S("one"), &err), 0);
    assert_int_equal(file_write(file, S("second"), &err), 0);
    assert_int_equal(str_load(&a, file, 100, &out, &err), 0);
    assert_true(str_equal(out, S("second")));
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0133, 0);
    assert_int_equal(file_write("/dev/null", S("gone"), &err), 0);
    assert_int_equal(file_write(dir, S("no"), &err), ERR_IO);
    assert_int_equal(file_write(str_printf(&a, "%s/none/x", dir).p, S("no"), &err),
                     ERR_NOTFOUND);
    assert_int_equal(file_make_dir(str_printf(&a, "%s/x", file).p, &err), ERR_IO);
    assert_int_equal(file_write("/dev/full", S("no"), &err), ERR_IO);
    unlink(file);
    /* Nothing else is left, or these would fail. */
    assert_int_equal(rmdir(deep), 0);
    assert_int_equal(rmdir(str_printf(&a, "%s/a/b", dir).p), 0);
    assert_int_equal(rmdir(str_printf(&a, "%s/a", dir).p), 0);
    assert_int_equal(rmdir(dir), 0);
}

/* What the dead left goes, and nothing else: not what somebody is writing, not what
 * only looks like it. */
static void test_sweep(void **state)
{
    static const char *const names[] = {"r.1.lotse-tmp", "r.2.lotse-tmp", "r.x.lotse-tmp",
                                        "q.1.lotse-tmp", "r.1.tmp",       "lotse-tmp"};
    static const bool stays[] = {false, true, true, true, true, true};
    own(arena) a = {0};
    char dir[] = "/tmp/io_stream_test.XXXXXX";
    struct err err = {0};
    own_fd held = -1;

    (void)state;
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(file_write(str_printf(&a, "%s/%s", dir, names[i]).p, S("x"), &err),
                         0);
    held = open(str_printf(&a, "%s/r.2.lotse-tmp", dir).p, O_RDONLY | O_CLOEXEC);
    assert_int_equal(flock(held, LOCK_EX), 0);
    file_sweep(str_printf(&a, "%s/r", dir).p);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(unlink(str_printf(&a, "%s/%s", dir, names[i]).p), stays[i] - 1);
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_skip),   cmocka_unit_test(test_file),
        cmocka_unit_test(test_digest), cmocka_unit_test(test_file_write),
        cmocka_unit_test(test_sweep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
