/* Bundles of every kind, made here and now by tar, Python and the packers. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/bundle.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char dir[] = "/tmp/io_bundle_test.XXXXXX";

static int run(const char *command)
{
    own(arena) a = {0};

    return system(str_printf(&a, "cd %s; ( %s ) >/dev/null 2>&1", dir, command).p);
}

/* ---- what a walk sees, a line a file ---- */

struct seen {
    struct buf text;
    int stop; /* what each is to return when the name ends in "stop" */
};

static int each(void *ctx, struct str name, struct str bytes, struct err *err)
{
    static const char zeros[64];
    struct seen *seen = ctx;

    assert_memory_equal(bytes.p + bytes.n, zeros, sizeof zeros);
    if (seen->stop && str_ends(name, S("stop")))
        return err_set(err, seen->stop, "enough");
    buf_printf(&seen->text, STR_FMT "=%.*s\n", STR_ARG(name),
               (int)(bytes.n < 40 ? bytes.n : 3), bytes.n < 40 ? bytes.p : "...");
    return 0;
}

static void bad(void *ctx, struct str name, const struct err *err)
{
    struct seen *seen = ctx;

    buf_printf(&seen->text, "!" STR_FMT ": %s\n", STR_ARG(name), err->text);
}

static int walk(const char *name, const struct budget *budget, struct seen *seen,
                struct err *err)
{
    own(arena) a = {0};
    struct bundle_visit visit = {each, bad, seen};
    const char *path = str_printf(&a, "%s/%s", dir, name).p;
    int r = bundle_each(path, budget, &visit, err);

    buf_char(&seen->text, 0);
    return r;
}

static void expect(const char *name, const char *want)
{
    struct seen seen = {0};
    struct err err = {0};

    if (walk(name, &budget_feed, &seen, &err) < 0)
        fail_msg("%s", err.text);
    if (strcmp(seen.text.at, want) != 0)
        fail_msg("%s\n---- is\n%s---- want\n%s", name, seen.text.at, want);
    buf_done(&seen.text);
}

static void expect_error(const char *name, int code, const char *part)
{
    struct seen seen = {0};
    struct err err = {0};

    assert_int_equal(walk(name, &budget_feed, &seen, &err), code);
    if (!strstr(err.text, part) || !strstr(err.text, name))
        fail_msg("%s: %s", name, err.text);
    buf_done(&seen.text);
}

/* ---- the same tree in all forms ---- */

static const char tree_seen[] = "B.json=B\n"
                                "a/deep/er/x=deeper\n"
                                "a/one.yaml=one\n"
                                "a/two.json=two\n"
                                "b.json=\n"
                                "uml\xc3\xa4ut.json=u\n";

static const char make_tree[] =
    "mkdir -p tree/a/deep/er tree/.git tree/empty; cd tree; printf one > a/one.yaml; "
    "printf two > a/two.json; printf deeper > a/deep/er/x; printf B > B.json; "
    "touch b.json; printf x > .git/config; printf x > .hidden; printf x > a/.hidden; "
    "printf u > uml\xc3\xa4ut.json; cd ..; printf '%s' '{\"a\":1}' > single.json";

static const char python[] = "import os, sys, zipfile\n"
                             "z = zipfile.ZipFile(sys.argv[1], 'w', int(sys.argv[2]))\n"
                             "for root, dirs, files in os.walk('tree'):\n"
                             "    dirs.sort(key=lambda n: n)\n"
                             "    for name in dirs + files:\n"
                             "        path = os.path.join(root, name)\n"
                             "        z.write(path, os.path.relpath(path, 'tree'))\n"
                             "z.close()\n";

static int make_dir(void **state)
{
    (void)state;
    setenv("PY", python, 1);
    return !mkdtemp(dir) || run(make_tree) != 0;
}

static int remove_dir(void **state)
{
    (void)state;
    return run("cd /; chmod -R u+rwX $OLDPWD; rm -rf $OLDPWD") != 0;
}

static void test_directory(void **state)
{
    (void)state;
    expect("tree", tree_seen);
    expect("tree/empty", "");
}

static void test_tar(void **state)
{
    static const char *const options[] = {"", "-z", "-j", "-J", "--zstd"};

    (void)state;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        own(arena) a = {0};

        assert_int_equal(
            run(str_printf(&a, "tar %s --sort=name -C tree -cf A .", options[i]).p), 0);
        expect("A", tree_seen);
    }
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A zip has an order of its own. */
static void sort_lines(struct buf *text)
{
    char *lines[64], *save = NULL;
    own(buf) sorted = {0};
    size_t n = 0;

    for (char *l = strtok_r(text->at, "\n", &save); l; l = strtok_r(NULL, "\n", &save))
        lines[n++] = l;
    qsort(lines, n, sizeof *lines, by_line);
    for (size_t i = 0; i < n; i++)
        buf_printf(&sorted, "%s\n", lines[i]);
    buf_char(&sorted, 0);
    memcpy(text->at, sorted.at, sorted.len);
}

static void test_zip(void **state)
{
    (void)state;
    for (int method = 0; method <= 8; method += 8) {
        own(arena) a = {0};
        struct seen seen = {0};
        struct err err = {0};

        assert_int_equal(run(str_printf(&a, "python3 -c \"$PY\" A.zip %d", method).p), 0);
        if (walk("A.zip", &budget_feed, &seen, &err) < 0)
            fail_msg("%s", err.text);
        sort_lines(&seen.text);
        assert_string_equal(seen.text.at, tree_seen);
        buf_done(&seen.text);
    }
    run("python3 -c \"import zipfile; zipfile.ZipFile('empty.zip', 'w').close()\"");
    expect("empty.zip", "");
}

static void test_single(void **state)
{
    (void)state;
    run("gzip -k single.json; zstd -q single.json; xz -k single.json; bzip2 -k "
        "single.json; "
        "cp single.json odd.gz; touch nothing");
    expect("single.json", "single.json={\"a\":1}\n");
    expect("single.json.gz", "single.json={\"a\":1}\n");
    expect("single.json.zst", "single.json={\"a\":1}\n");
    expect("single.json.xz", "single.json={\"a\":1}\n");
    expect("single.json.bz2", "single.json={\"a\":1}\n");
    expect("odd.gz", "odd.gz={\"a\":1}\n");
    expect("nothing", "nothing=\n");
}

/* ---- what goes wrong ---- */

static void test_mixed_directory(void **state)
{
    (void)state;
    run("mkdir -p mix/sub; cd mix; printf x > real.json; ln -s real.json link.json; "
        "ln -s . loop; ln -s /etc outside; mkfifo fifo; "
        "printf x | gzip > cut.gz; truncate -s 18 cut.gz; "
        "tar -C ../tree/a -cf pack.tar one.yaml; "
        "tar -C ../tree/a -cf sub/cut.tar two.json one.yaml; truncate -s 1537 sub/cut.tar; "
        "mkdir -p $(printf 'd/%.0s' $(seq 40)); printf z > z");
    expect("mix", "!cut.gz: gzip: ends early\n"
                  "!d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d: "
                  "directories nested more than 32 deep (limit depth)\n"
                  "!fifo: neither a file nor a directory\n"
                  "!link.json: a symbolic link, not followed\n"
                  "!loop: a symbolic link, not followed\n"
                  "!outside: a symbolic link, not followed\n"
                  "pack.tar/one.yaml=one\n"
                  "real.json=x\n"
                  "sub/cut.tar/two.json=two\n"
                  "!sub/cut.tar/one.yaml: entry 1 (one.yaml): ends 511 bytes early\n"
                  "!sub/cut.tar: entry 1 (one.yaml): ends 511 bytes early\n"
                  "z=z\n");
}

static void test_broken(void **state)
{
    (void)state;
    run("tar -C tree -cf T .; head -c 3000 T > cut.tar; gzip -c T > T.gz; "
        "head -c 150 T.gz > cut.tar.gz; python3 -c \"$PY\" Z.zip 8; "
        "head -c 300 Z.zip > cut.zip; gzip -k Z.zip; mkfifo fifo");
    expect_error("cut.tar", ERR_FORMAT, "early");
    expect_error("cut.tar.gz", ERR_FORMAT, "ends early");
    expect_error("cut.zip", ERR_FORMAT, "zip: ");
    expect_error("Z.zip.gz", ERR_UNSUPPORTED, "a zip packed with gzip");
    expect_error("fifo", ERR_UNSUPPORTED, "neither a file nor a directory");
    expect_error("absent", ERR_NOTFOUND, "");
}

/* One member with wrong bytes, one that is encrypted by its flag. */
static void test_bad_members(void **state)
{
    static const char make[] =
        "import zipfile\n"
        "z = zipfile.ZipFile('bad.zip', 'w', 0)\n"
        "z.writestr('broken', 'BROKEN'); z.writestr('secret', 'SECRET')\n"
        "z.writestr('good', 'good'); z.writestr('../up', 'up')\n"
        "z.close()\n"
        "b = bytearray(open('bad.zip', 'rb').read())\n"
        "b[b.index(b'BROKEN')] = 0x58\n"
        "for magic, flags in (b'PK\\3\\4', 6), (b'PK\\1\\2', 8):\n"
        "    at = b.index(magic, b.index(magic) + 1)\n"
        "    b[at + flags] |= 1\n"
        "open('bad.zip', 'wb').write(b)\n";
    struct seen seen = {0};
    struct err err = {0};

    (void)state;
    setenv("PY2", make, 1);
    assert_int_equal(run("python3 -c \"$PY2\""), 0);
    assert_int_equal(walk("bad.zip", &budget_feed, &seen, &err), 0);
    assert_non_null(strstr(seen.text.at, "!broken: "));
    assert_non_null(strstr(seen.text.at, "!secret: "));
    assert_non_null(strstr(seen.text.at, "\ngood=good\n"));
    assert_null(strstr(seen.text.at, "up"));
    buf_done(&seen.text);
}

/* A negative result of each ends the walk, whatever its code, in every form. */
static void test_stop(void **state)
{
    static const char *const names[] = {"stop", "stop.tar", "stop.zip", "stop/1stop",
                                        "stopped"};

    (void)state;
    run("mkdir stop stopped; printf x > stop/0; printf x > stop/1stop; printf x > stop/2; "
        "tar --sort=name -C stop -cf stop.tar .; cp stop.tar stopped; cd stop; "
        "python3 -m zipfile -c ../stop.zip 0 1stop 2");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct seen seen = {.stop = ERR_FORMAT};
        struct err err = {0};

        assert_int_equal(walk(names[i], &budget_feed, &seen, &err), ERR_FORMAT);
        assert_string_equal(err.text, "enough");
        assert_null(strstr(seen.text.at, "2"));
        assert_null(strchr(seen.text.at, '!'));
        buf_done(&seen.text);
    }
}

static void test_budget(void **state)
{
    static const char *const names[] = {"large.zip", "large.tar", "large", "large/zeros"};
    struct budget small = budget_feed, packed = budget_feed;

    (void)state;
    small.file = 1000;
    packed.ratio = 10;
    run("mkdir large; head -c 100000000 /dev/zero > large/zeros; printf x > large/after; "
        "tar -C large -cf large.tar zeros after; cd large; "
        "python3 -c \"import zipfile\n"
        "z = zipfile.ZipFile('../large.zip', 'w', 8); z.write('zeros'); "
        "z.write('after')\"");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct seen seen = {0};
        struct err err = {0};
        int r = walk(names[i], &small, &seen, &err);

        if (i == 3)
            assert_int_equal(r, ERR_LIMIT);
        else if (r < 0 || !strstr(seen.text.at, "after=x\n") ||
                 !strstr(seen.text.at, "!zeros: "))
            fail_msg("%s: %s%s", names[i], err.text, seen.text.at);
        buf_done(&seen.text);
    }
    {
        struct seen seen = {0};
        struct err err = {0};

        assert_int_equal(walk("large.zip", &packed, &seen, &err), ERR_LIMIT);
        assert_non_null(strstr(err.text, "zip: larger than its budget"));
        buf_done(&seen.text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_directory),
        cmocka_unit_test(test_tar),
        cmocka_unit_test(test_zip),
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_mixed_directory),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_bad_members),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_budget),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
