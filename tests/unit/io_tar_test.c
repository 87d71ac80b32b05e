/* The tar walk over archives that GNU tar, bsdtar and Python write here and now,
 * with libarchive as the oracle. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/digest.h"
#include "io/stream.h"
#include "io/tar.h"
#include "tar_list.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char oracle_type(struct archive_entry *e)
{
    return archive_entry_hardlink(e)               ? 'h'
           : archive_entry_filetype(e) == AE_IFREG ? 'f'
           : archive_entry_filetype(e) == AE_IFDIR ? 'd'
           : archive_entry_filetype(e) == AE_IFLNK ? 'l'
                                                   : '?';
}

/* libarchive leaves out the last hole of some sparse files. */
static void oracle_content(struct archive *a, uint64_t size, struct buf *out)
{
    static char piece[100000];
    char text[DIGEST_TEXT];
    struct digest d;
    la_ssize_t n;

    digest_start(&d, "sha256");
    while ((n = archive_read_data(a, piece, sizeof piece)) > 0) {
        digest_add(&d, (struct str){piece, (size_t)n});
        size -= (uint64_t)n;
    }
    assert_int_equal(n, 0);
    for (; size > 0; size--)
        digest_add(&d, S("\0"));
    digest_finish(&d, text);
    buf_printf(out, " %.20s", text + 7);
}

static void oracle_list(const char *path, struct buf *out)
{
    struct archive *a = archive_read_new();
    struct archive_entry *e;
    int r;

    archive_read_support_filter_all(a);
    archive_read_support_format_tar(a);
    assert_int_equal(archive_read_open_filename(a, path, 10240), ARCHIVE_OK);
    while ((r = archive_read_next_header(a, &e)) == ARCHIVE_OK) {
        char type = oracle_type(e);
        const char *name = archive_entry_pathname(e);
        const char *link = type == 'h'   ? archive_entry_hardlink(e)
                           : type == 'l' ? archive_entry_symlink(e)
                                         : "";
        uint64_t size = (uint64_t)archive_entry_size(e);

        assert_non_null(name);
        line(out, type, name, strlen(name), link, strlen(link), size,
             archive_entry_perm(e) & 07777);
        if (type == 'f' && size <= DIGESTED)
            oracle_content(a, size, out);
        buf_char(out, '\n');
    }
    if (r != ARCHIVE_EOF)
        fail_msg("libarchive: %s", archive_error_string(a));
    archive_read_free(a);
}

/* ---- archives of the reference programs ---- */

static char dir[] = "/tmp/io_tar_test.XXXXXX";

static const char make_tree[] =
    "umask 022; mkdir tree; cd tree; "
    "for n in 0 1 511 512 513 10000; do head -c $n /bin/sh > file$n; done; "
    "head -c 300000 /dev/urandom > random; "
    "mkdir -p sub/empty; ln -s ../random sub/link; ln random hard; ln random z-hard; "
    "mkfifo fifo; chmod 4755 file1; chmod 1777 sub; touch 'with space' 'new\nline' "
    "uml\xc3\xa4ut; "
    "d=$(printf 'd%.0s' $(seq 99)); n=$(printf 'n%.0s' $(seq 200)); "
    "mkdir -p $d/$d; head -c 700 /bin/sh > $d/$d/$n; ln -s $d/$d/$n longlink; "
    "ln $d/$d/$n a-long-hard; head -c 50 /bin/sh > $(printf 'e%.0s' $(seq 100)); "
    "head -c 51 /bin/sh > $d/$(printf 'f%.0s' $(seq 101)); "
    "head -c 52 /bin/sh > $d/prefixed; "
    "cd ..; mkdir holes; cd holes; "
    "truncate -s 1M only; truncate -s 100000 end; printf x | dd of=end bs=1 conv=notrunc; "
    "truncate -s 300000 begin; printf yy >> begin; "
    "truncate -s 5000001 many; for i in $(seq 0 60); do "
    "printf $i | dd of=many bs=1 seek=$((i * 80000)) conv=notrunc; done; "
    "truncate -s 9G large; printf x | dd of=large bs=1M seek=4100 conv=notrunc; touch "
    "dense; "
    "echo text >> dense";

static const struct made {
    const char *what, *program, *command;
} made[] = {
    {"GNU tar, gnu", "tar", "tar --format=gnu -cf A tree"},
    {"GNU tar, oldgnu", "tar", "tar --format=oldgnu -cf A tree"},
    {"GNU tar, pax", "tar", "tar --format=pax -cf A tree"},
    {"GNU tar, ustar", "tar", "tar --format=ustar -cf A tree"},
    {"GNU tar, v7", "tar", "tar --format=v7 -cf A tree"},
    {"GNU tar, global header", "tar",
     "tar --format=pax --pax-option=comment=hello -cf A tree"},
    {"GNU tar, deleted records", "tar",
     "tar --format=pax --pax-option=delete=path,mtime:=1 -cf A tree/file1"},
    {"GNU tar, large numbers", "tar",
     "tar --format=gnu --mtime=@99999999999 --owner=x:3000000 -cf A tree"},
    {"GNU tar, one block a record", "tar", "tar -b1 -cf A tree"},
    {"GNU tar, gzip", "tar", "tar -czf A tree"},
    {"GNU tar, xz", "tar", "tar -cJf A tree"},
    {"GNU tar, bzip2", "tar", "tar -cjf A tree"},
    {"GNU tar, zstd", "tar", "tar --zstd -cf A tree"},
    {"GNU tar, sparse gnu", "tar", "tar --format=gnu -Scf A holes"},
    {"GNU tar, sparse oldgnu", "tar", "tar --format=oldgnu -Scf A holes"},
    {"GNU tar, sparse 0.0", "tar", "tar --format=pax --sparse-version=0.0 -Scf A holes"},
    {"GNU tar, sparse 0.1", "tar", "tar --format=pax --sparse-version=0.1 -Scf A holes"},
    {"GNU tar, sparse 1.0", "tar", "tar --format=pax --sparse-version=1.0 -Scf A holes"},
    {"bsdtar, pax", "bsdtar", "bsdtar --format=pax -cf A tree holes"},
    {"bsdtar, restricted pax", "bsdtar", "bsdtar -cf A tree"},
    {"bsdtar, ustar", "bsdtar", "bsdtar --format=ustar -cf A tree"},
    {"bsdtar, gnutar", "bsdtar", "bsdtar --format=gnutar -cf A tree"},
    {"bsdtar, v7", "bsdtar", "bsdtar --format=v7 -cf A tree"},
    {"Python, ustar", "python3", "python3 -c \"$PY\" 0 A"},
    {"Python, gnu", "python3", "python3 -c \"$PY\" 1 A"},
    {"Python, pax", "python3", "python3 -c \"$PY\" 2 A"},
};

static const char python[] =
    "import os, sys, tarfile\n"
    "t = tarfile.open(sys.argv[2], 'w', format=int(sys.argv[1]))\n"
    "for root, dirs, files in os.walk('tree'):\n"
    "    for name in sorted(dirs + files):\n"
    "        try: t.add(os.path.join(root, name), recursive=False)\n"
    "        except ValueError: pass\n"
    "t.close()\n";

static int run(const char *command)
{
    own(arena) a = {0};

    return system(str_printf(&a, "cd %s; ( %s ) >/dev/null 2>&1", dir, command).p);
}

static int make_dir(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C.UTF-8"); /* libarchive gives no UTF-8 names otherwise */
    setenv("PY", python, 1);
    return !mkdtemp(dir) || run(make_tree) != 0;
}

static int remove_dir(void **state)
{
    (void)state;
    return run("cd /; chmod -R u+rwX $OLDPWD; rm -rf $OLDPWD") != 0;
}

static void compare(const struct made *m)
{
    own(arena) a = {0};
    own(buf) ours = {0};
    own(buf) theirs = {0};
    const char *path = str_printf(&a, "%s/A", dir).p;
    own_fd fd = -1;

    if (run(str_printf(&a, "command -v %s", m->program).p) != 0) {
        print_message("# %s is not here\n", m->program);
        return;
    }
    run("rm -f A");
    run(m->command); /* fails where the format has no room for a name: fine */
    fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    oracle_list(path, &theirs);
    our_list(stream_file(fd, 0, UINT64_MAX), &budget_layer, &ours);
    buf_char(&ours, 0);
    buf_char(&theirs, 0);
    if (strcmp(ours.at, theirs.at) != 0)
        fail_msg("%s\n---- libarchive\n%s---- ours\n%s", m->what, theirs.at, ours.at);
    assert_true(ours.len > 40);
}

static void test_reference_programs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        compare(&made[i]);
}

/* Cut anywhere it is an error, but for the ends of entries. */
static void test_truncated(void **state)
{
    static const char *const commands[] = {
        "tar --format=gnu -Scf A tree/file513 tree/longlink holes/end tree/fifo",
        "tar --format=pax -Scf A tree/file513 tree/longlink holes/end tree/fifo",
    };
    own(arena) a = {0};
    const char *path = str_printf(&a, "%s/A", dir).p;

    (void)state;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct err err = {0};
        struct tar_entry e;
        struct str all;
        size_t border = 0;

        run(commands[i]);
        assert_int_equal(str_load(&a, path, 1 << 20, &all, &err), 0);
        own_stream from = stream_bytes(all);
        own_tar tar = tar_open(from, &budget_layer);
        bool *legal = arena_alloc(&a, all.n + 1, 1);
        legal[0] = true;
        while (tar_next(tar, &e, &err) > 0)
            legal[border = (e.data_at + e.data_size + BLOCK - 1) / BLOCK * BLOCK] = true;
        assert_int_equal(e.index, 3);
        legal[border + BLOCK] = true;
        for (size_t n = 0; n < all.n && n < border + 3 * BLOCK; n++) {
            own(buf) list = {0};
            int r = our_list(stream_bytes((struct str){all.p, n}), &budget_layer, &list);

            if ((r == 0) != (legal[n] || n >= border + 2 * BLOCK))
                fail_msg("%zu of %zu bytes: %s", n, all.n, list.len ? list.at : "");
        }
    }
}

static void test_truncated_packed(void **state)
{
    static const char *const options[] = {"-z", "-j", "-J", "--zstd"};
    own(arena) a = {0};
    const char *path = str_printf(&a, "%s/A", dir).p;

    (void)state;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct err err = {0};
        struct str all;

        run(str_printf(&a, "tar %s -cf A tree/file513 tree/longlink", options[i]).p);
        assert_int_equal(str_load(&a, path, 1 << 20, &all, &err), 0);
        for (size_t n = 1; n <= all.n; n++) {
            own(buf) list = {0};
            int r = our_list(stream_bytes((struct str){all.p, n}), &budget_layer, &list);

            if ((r == 0) != (n == all.n))
                fail_msg("%s: %zu of %zu bytes: %d", options[i], n, all.n, r);
        }
    }
}

/* Plain archives are passed over by arithmetic, and yet a short one is noticed. */
static void test_skipping(void **state)
{
    own(arena) a = {0};
    const char *path = str_printf(&a, "%s/A", dir).p;
    struct tar_entry e;
    struct err err = {0};
    struct str out;
    off_t size;
    int r;

    (void)state;
    run("tar -cf A tree/random tree/file10000 tree/z-hard tree/file513");
    own_fd fd = open(path, O_RDWR | O_CLOEXEC);
    size = lseek(fd, 0, SEEK_END);
    {
        own_stream s = stream_unpack(stream_file(fd, 0, UINT64_MAX), &budget_layer);
        own_tar tar = tar_open(s, &budget_layer);
        char before[20];

        assert_int_equal(tar_next(tar, &e, &err), 1);
        assert_int_equal(tar_next(tar, &e, &err), 1);
        assert_int_equal(e.size, 10000);
        assert_int_equal(pread(fd, before, 20, (off_t)e.data_at + 100), 20);
        assert_int_equal(stream_skip(tar_stream(tar), 100, &err), 0);
        assert_int_equal(stream_load(&a, tar_stream(tar), 9900, &out, &err), 0);
        assert_int_equal(out.n, 9900);
        assert_memory_equal(out.p, before, 20);
        assert_int_equal(tar_next(tar, &e, &err), 1);
        assert_int_equal(e.type, TAR_HARDLINK);
        assert_int_equal(tar_next(tar, &e, &err), 1);
        assert_int_equal(stream_skip(tar_stream(tar), 514, &err), ERR_FORMAT);
        assert_int_equal(tar_next(tar, &e, &err), 0);
        assert_int_equal(tar_next(tar, &e, &err), 0);
    }
    assert_int_equal(ftruncate(fd, 200000), 0); /* within the first entry */
    {
        own_stream s = stream_unpack(stream_file(fd, 0, UINT64_MAX), &budget_layer);
        own_tar tar = tar_open(s, &budget_layer);

        assert_int_equal(tar_next(tar, &e, &err), 1);
        while ((r = tar_next(tar, &e, &err)) > 0)
            ;
        assert_int_equal(r, ERR_FORMAT);
        assert_string_equal(err.text, "entry 0 (tree/random): ends 100544 bytes early");
    }
    assert_true(size > 300000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_programs),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_truncated_packed),
        cmocka_unit_test(test_skipping),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
