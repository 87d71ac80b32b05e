/* The tar walk: over archives that GNU tar, bsdtar and Python write here and
 * now, with libarchive as the oracle; and over blocks made by hand. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/digest.h"
#include "io/stream.h"
#include "io/tar.h"

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

enum { BLOCK = 512, DIGESTED = 64 << 20 }; /* content of larger files is not compared */

/* ---- a list of what is in an archive, a line an entry ---- */

static void line(struct buf *out, char type, const char *path, size_t n, const char *link,
                 size_t link_n, uint64_t size, unsigned mode)
{
    buf_printf(out, "%c %.*s", type, (int)n, path);
    if (link_n)
        buf_printf(out, " -> %.*s", (int)link_n, link);
    buf_printf(out, " %" PRIu64 " %o", size, mode);
}

static int our_content(struct tar *tar, const struct tar_entry *e, struct buf *out,
                       struct err *err)
{
    char text[DIGEST_TEXT];
    struct digest d;
    struct str run;
    uint64_t n = 0;
    int r;

    digest_start(&d, "sha256");
    while ((r = tar_data(tar, &run, err)) > 0) {
        digest_add(&d, run);
        n += run.n;
    }
    digest_finish(&d, text);
    if (r == 0 && n != e->size)
        fail_msg("%" PRIu64 " bytes of content, not %" PRIu64, n, e->size);
    buf_printf(out, " %.20s", text + 7);
    return r;
}

/* The last line is the error, if there is one. */
static int our_list(struct stream *from, const struct budget *budget, struct buf *out)
{
    own_stream plain = stream_unpack(from, budget);
    own_tar tar = tar_open(plain, budget);
    struct tar_entry e;
    struct err err = {0};
    int r;

    while ((r = tar_next(tar, &e, &err)) > 0) {
        line(out, "fdlh?"[e.type], e.path.p, e.path.n, e.link.p, e.link.n, e.size,
             (unsigned)e.mode);
        if (e.type == TAR_FILE && e.size <= DIGESTED)
            r = our_content(tar, &e, out, &err);
        buf_char(out, '\n');
        if (r < 0)
            break;
    }
    if (r < 0)
        buf_printf(out, "%s\n", err.text);
    return r;
}

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

/* ---- blocks made by hand ---- */

static void put_sum(char *block)
{
    unsigned sum = 0;

    memset(block + 148, ' ', 8);
    for (int i = 0; i < BLOCK; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
}

/* The block, to be changed further; call put_sum after that. Good until the
 * next addition. */
static char *put_header(struct buf *b, char flag, const char *name, uint64_t size)
{
    char *block;

    buf_reserve(b, BLOCK);
    block = b->at + b->len;
    b->len += BLOCK;
    memset(block, 0, BLOCK);
    memcpy(block, name, strlen(name) < 100 ? strlen(name) : 100);
    memcpy(block + 100, "0000644", 8);
    snprintf(block + 124, 12, "%011" PRIo64, size);
    memcpy(block + 257,
           "ustar\0"
           "00",
           8);
    block[156] = flag;
    if (flag == '1' || flag == '2')
        memcpy(block + 157, "target", 6);
    put_sum(block);
    return block;
}

static void put_body(struct buf *b, struct str bytes)
{
    static const char zeros[BLOCK];

    buf_str(b, bytes);
    buf_add(b, zeros, -bytes.n & (BLOCK - 1));
}

static void put_file(struct buf *b, char flag, const char *name, struct str bytes)
{
    put_header(b, flag, name, bytes.n);
    put_body(b, bytes);
}

static void put_end(struct buf *b)
{
    put_body(b, (struct str){(char[2 * BLOCK]){0}, 2 * BLOCK});
}

static void add_record(struct buf *b, struct str record)
{
    size_t n = record.n + 3;

    for (size_t digits = 1, ten = 10; n >= ten; ten *= 10)
        n = record.n + 2 + ++digits;
    buf_printf(b, "%zu ", n);
    buf_str(b, record);
    buf_char(b, '\n');
}

#define PUT_PAX(b, flag, ...) put_pax(b, flag, (const char *[]){__VA_ARGS__, NULL})
static void put_pax(struct buf *b, char flag, const char *const *record)
{
    own(buf) body = {0};

    for (; *record; record++)
        add_record(&body, str_of(*record));
    put_file(b, flag, "PaxHeaders/x", buf_view(&body));
}

/* The list without modes and digests; an error stands in its last line. */
static void expect_with(struct buf *b, const struct budget *budget, const char *expected)
{
    own(buf) list = {0};
    own(buf) brief = {0};
    struct str rest, one;
    int r = our_list(stream_bytes(buf_view(b)), budget, &list);

    rest = buf_view(&list);
    while (str_line(&rest, &one)) {
        bool last = r < 0 && rest.n == 0;
        struct str mode = S(" 644");
        ptrdiff_t at = last ? -1 : str_find(one, mode);

        buf_str(&brief, at < 0 ? one : (struct str){one.p, (size_t)at});
        buf_char(&brief, '\n');
    }
    buf_char(&brief, 0);
    assert_string_equal(brief.at, expected);
}

static void expect(struct buf *b, const char *expected)
{
    expect_with(b, &budget_layer, expected);
}

/* The same with the end mark added first. */
static void ends_as(struct buf *b, const char *expected)
{
    put_end(b);
    expect(b, expected);
    b->len = 0;
}

static void test_types(void **state)
{
    own(buf) b = {0};

    (void)state;
    put_file(&b, '0', "file", S("text"));
    put_file(&b, '\0', "old", S("text"));
    put_file(&b, '7', "contiguous", S("text"));
    put_file(&b, 'Z', "unknown", S("text"));
    put_file(&b, 'V', "label", S(""));
    put_header(&b, '1', "hard", 4); /* links and the like have no content */
    put_header(&b, '2', "link", 4);
    put_header(&b, '3', "device", 4);
    put_header(&b, '5', "dir/", 4);
    put_header(&b, '6', "fifo", 4);
    put_header(&b, '\0', "old-dir/", 0);
    put_header(&b, '0', "dir-too/", 0);
    put_file(&b, '0', "file-to-go/", S("text"));
    ends_as(&b, "f file 4\nf old 4\nf contiguous 4\n? unknown 4\n? label 0\n"
                "h hard -> target 0\nl link -> target 0\n? device 0\nd dir/ 0\n? fifo 0\n"
                "d old-dir/ 0\nd dir-too/ 0\nf file-to-go/ 4\n");
}

static void test_names(void **state)
{
    own(buf) b = {0};
    char *block;

    (void)state;
    block = put_header(&b, '0', "name", 0);
    memcpy(block + 345, "some/prefix", 11);
    put_sum(block);
    block = put_header(&b, '0', "name", 0);
    memcpy(block + 257, "ustar  ", 8); /* GNU has times there */
    memcpy(block + 345, "14000000000", 11);
    put_sum(block);
    put_file(&b, 'L', "././@LongLink", S("long\0er"));
    put_file(&b, 'K', "././@LongLink", S("far"));
    put_header(&b, '2', "short", 0);
    put_header(&b, '2', "short", 0);
    PUT_PAX(&b, 'x', "path=pax", "linkpath=away", "hdrcharset=BINARY", "comment=a=b");
    put_header(&b, '2', "short", 0);
    PUT_PAX(&b, 'x', "path=pax");
    put_file(&b, 'L', "././@LongLink", S("gnu"));
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'x', "path=one", "path=two", "linkpath=gone", "linkpath=");
    put_header(&b, '2', "short", 0);
    PUT_PAX(&b, 'x', "path=forgotten");
    PUT_PAX(&b, 'x', "comment=the last one counts");
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'g', "path=global");
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'X', "path=sun");
    put_header(&b, '0', "short", 0);
    PUT_PAX(&b, 'x', "GNU.sparse.name=not-sparse");
    put_header(&b, '0', "short", 0);
    ends_as(&b, "f some/prefix/name 0\nf name 0\nl long -> far 0\nl short -> target 0\n"
                "l pax -> away 0\nf gnu 0\nl two -> target 0\nf short 0\nf short 0\n"
                "f sun 0\nf short 0\n");
}

static void test_sizes(void **state)
{
    own(buf) b = {0};
    char *block;

    (void)state;
    PUT_PAX(&b, 'x', "size=4");
    put_header(&b, '0', "larger", 0);
    put_body(&b, S("text"));
    PUT_PAX(&b, 'x', "size=1000", "size=");
    put_file(&b, '0', "deleted", S("text"));
    block = put_header(&b, '0', "binary", 0);
    memcpy(block + 124, "\x80\0\0\0\0\0\0\0\0\0\0\x04", 12);
    put_sum(block);
    put_body(&b, S("text"));
    block = put_header(&b, '0', "blanks", 0);
    memcpy(block + 124, "          4 ", 12);
    put_sum(block);
    put_body(&b, S("text"));
    ends_as(&b, "f larger 4\nf deleted 4\nf binary 4\nf blanks 4\n");

    static const char *const bad[] = {
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x04",
        "\x80\0\0\0\x80\0\0\0\0\0\0\0",
        "\x81\0\0\0\0\0\0\0\0\0\0\0",
        "0000000000x",
        "-0000000001",
        "00000000009",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_header(&b, '0', "fine", 0);
        block = put_header(&b, '0', "bad", 0);
        memcpy(block + 124, bad[i], 12);
        put_sum(block);
        ends_as(&b, "f fine 0\nentry 1: impossible size\n");
    }
    static const char *const bad_pax[] = {"size=-1", "size=x", "size=9223372036854775808",
                                          "size= 4"};
    for (size_t i = 0; i < sizeof bad_pax / sizeof *bad_pax; i++) {
        PUT_PAX(&b, 'x', bad_pax[i]);
        put_header(&b, '0', "bad", 0);
        ends_as(&b, "entry 0: extended header: bad value of size\n");
    }
    PUT_PAX(&b, 'x', "size=9223372036854775807");
    put_header(&b, '0', "huge", 0);
    ends_as(&b, "f huge 9223372036854775807\n"
                "entry 0 (huge): ends 9223372036854774784 bytes early\n");
}

static void test_checksum(void **state)
{
    own(buf) b = {0};
    char *block;
    int sum = 8 * ' ';

    (void)state;
    block = put_header(&b, '0', "signed\xff\xfe", 0);
    for (int i = 0; i < BLOCK; i++)
        sum += i < 148 || i > 155 ? (signed char)block[i] : 0;
    snprintf(block + 148, 8, "%06o", (unsigned)sum);
    ends_as(&b, "f signed\xff\xfe 0\n");
    put_header(&b, '0', "fine", 0);
    put_header(&b, '0', "changed", 0)[3] ^= 1;
    ends_as(&b, "f fine 0\nentry 1: header checksum is wrong\n");
    put_body(&b, S("no tar"));
    ends_as(&b, "entry 0: header checksum is wrong\n");
    put_header(&b, '0', "fine", 0);
    assert_true(tar_sniff(buf_view(&b)));
    b.at[0] ^= 1;
    assert_false(tar_sniff(buf_view(&b)));
    assert_false(tar_sniff((struct str){(char[BLOCK]){0}, BLOCK}));
    assert_false(tar_sniff(S("short")));
}

static void test_records(void **state)
{
    static const struct {
        struct str body;
        const char *error;
    } bad[] = {
        {S("12 path=ab\n"), "bad record length"},
        {S("10 path=ab\n"), "bad record length"},
        {S("99999999999999999999 a=b\n"), "bad record length"},
        {S("0 a=b\n"), "bad record length"},
        {S("2 a=b\n"), "bad record length"},
        {S("-6 a=b\n"), "bad record length"},
        {S("6a=b\n"), "bad record length"},
        {S("6 a=bc"), "bad record length"},
        {S(" a=b\n"), "bad record length"},
        {S("6 a=b\n\0"), "bad record length"},
        {S("6 abc\n"), "record without a key"},
        {S("5 =b\n"), "record without a key"},
        {S("11 path=a\0\n"), "bad value of path"},
        {S("16 linkpath=a\0b\n"), "bad value of linkpath"},
        {S("22 GNU.sparse.offset=5\n"), "bad record length"},
        {S("23 GNU.sparse.offset=5\n"), "offset without a length"},
        {S("25 GNU.sparse.numbytes=5\n"), "bad value of GNU.sparse.numbytes"},
        {S("23 GNU.sparse.offset=1\n23 GNU.sparse.offset=5\n"),
         "bad value of GNU.sparse.offset"},
    };
    own(buf) b = {0};
    own(arena) a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_file(&b, 'x', "x", bad[i].body);
        put_header(&b, '0', "name", 0);
        ends_as(&b, str_printf(&a, "entry 0: extended header: %s\n", bad[i].error).p);
    }
    PUT_PAX(&b, 'x', "path=lost");
    ends_as(&b, "entry 0: no entry behind its extended header\n");
    PUT_PAX(&b, 'x', "path=lost");
    expect(&b, "entry 0: no entry behind its extended header\n");
    PUT_PAX(&b, 'g', "path=between");
    put_header(&b, '0', "name", 0);
    ends_as(&b, "entry 0: global header where an entry should be\n");
    put_header(&b, 'x', "x", 1 << 30);
    ends_as(&b, "entry 0: extended header of 1073741824 bytes\n");
    put_header(&b, 'g', "g", 1 << 30);
    ends_as(&b, "entry 0: global header of 1073741824 bytes\n");
    put_header(&b, 'L', "L", 1 << 20);
    ends_as(&b, "entry 0: extended header of 1048576 bytes\n");
}

static void test_long_names(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};
    char *name = arena_alloc(&a, 70000, 1);
    struct str record;

    (void)state;
    memset(name, 'n', 65536);
    record = str_printf(&a, "path=%s", name);
    put_pax(&b, 'x', (const char *[]){record.p, NULL});
    put_file(&b, '0', "short", S("text"));
    ends_as(&b, str_printf(&a, "f %s 4\n", name).p);
    put_file(&b, 'L', "long", (struct str){name, 65537});
    put_file(&b, '0', "short", S("text"));
    ends_as(&b, str_printf(&a, "f %s 4\n", name).p);
    record = str_printf(&a, "path=%sn", name);
    put_pax(&b, 'x', (const char *[]){record.p, NULL});
    put_file(&b, '0', "short", S("text"));
    ends_as(&b, "entry 0: path of 65537 bytes\n");
    record = str_printf(&a, "linkpath=%sn", name);
    put_pax(&b, 'x', (const char *[]){record.p, NULL});
    put_header(&b, '2', "short", 0);
    ends_as(&b, "entry 0 (short): link target of 65537 bytes\n");
    put_header(&b, '0', "n\033[2J\n", 1);
    expect(&b, "f n\033[2J\n 1\nentry 0 (n?[2J?): ends 512 bytes early\n");
}

static void test_sparse(void **state)
{
    own(buf) b = {0};

    (void)state;
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,2", "GNU.sparse.size=12", "GNU.sparse.name=real",
            "GNU.sparse.numblocks=2");
    put_file(&b, '0', "GNUSparseFile/x", S("abcd"));
    PUT_PAX(&b, 'x', "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=one",
            "GNU.sparse.realsize=7");
    put_header(&b, '0', "x", BLOCK + 3);
    put_body(&b, S("2\n1\n3\n7\n0\n"));
    put_body(&b, S("abc"));
    PUT_PAX(&b, 'x', "GNU.sparse.major=7", "GNU.sparse.minor=0", "GNU.sparse.name=unknown");
    put_file(&b, '0', "as-stored", S("abc"));
    ends_as(&b, "f real 12\nf one 7\nf as-stored 3\n");

    static const struct {
        const char *map, *error;
    } bad[] = {
        {"GNU.sparse.map=0,2,1,2",
         "extended header: sparse extent 1 overlaps or is too large"},
        {"GNU.sparse.map=8,2,1,2",
         "extended header: sparse extent 1 overlaps or is too large"},
        {"GNU.sparse.map=1,9223372036854775807",
         "extended header: sparse extent 0 overlaps or is too large"},
        {"GNU.sparse.map=1,2,3", "extended header: sparse extent 1 is no number"},
        {"GNU.sparse.map=1,-2", "extended header: sparse extent 0 is no number"},
    };
    own(arena) a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        PUT_PAX(&b, 'x', bad[i].map, "GNU.sparse.size=12");
        put_file(&b, '0', "x", S("abcd"));
        ends_as(&b, str_printf(&a, "entry 0: %s\n", bad[i].error).p);
    }
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,2", "GNU.sparse.size=9");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): sparse map goes past the end of the file\n");
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,1", "GNU.sparse.size=20");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): sparse map does not fit the stored bytes\n");
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,3", "GNU.sparse.size=20");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): sparse map does not fit the stored bytes\n");
    PUT_PAX(&b, 'x', "GNU.sparse.map=2,2,8,2", "GNU.sparse.numblocks=3");
    put_file(&b, '0', "x", S("abcd"));
    ends_as(&b, "entry 0: extended header: sparse map has another length than it states\n");
    put_file(&b, 'S', "x", S("abcd"));
    ends_as(&b, "entry 0 (x): GNU's sparse file in a header that is not\n");
}

static void put_data_map(struct buf *b, const char *map)
{
    PUT_PAX(b, 'x', "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=7");
    put_file(b, '0', "x", str_of(map));
}

static void test_sparse_data_map(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};
    own(buf) many = {0};

    (void)state;
    put_header(&b, '0', "fine", 0);
    PUT_PAX(&b, 'x', "GNU.sparse.major=1", "GNU.sparse.minor=0");
    put_header(&b, '0', "x", 0);
    ends_as(&b, "f fine 0\nentry 1 (x): sparse map goes past the end of the data\n");
    static const char *const bad[] = {"\n",    "2\n1\n\n", "-1\n", "99999999999999999999\n",
                                      "1 2\n", "x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *block = memset(arena_alloc(&a, BLOCK + 1, 1), '5', BLOCK);

        memcpy(block, bad[i], strlen(bad[i]));
        put_data_map(&b, block);
        ends_as(&b, "entry 0 (x): sparse map holds other things than numbers\n");
    }
    buf_printf(&many, "70000\n");
    for (int i = 0; i < 70000; i++)
        buf_printf(&many, "%d\n0\n", i);
    buf_add(&many, (char[BLOCK]){0}, BLOCK);
    buf_char(&many, 0);
    put_data_map(&b, many.at);
    ends_as(&b, "entry 0 (x): sparse file of more than 65536 extents\n");
}

static void test_budget(void **state)
{
    struct budget budget = budget_layer;
    own(buf) b = {0};

    (void)state;
    PUT_PAX(&b, 'x', "GNU.sparse.map=0,0", "GNU.sparse.size=20000000");
    put_header(&b, '0', "hole", 0);
    put_end(&b);
    budget.bytes = 20000000;
    expect_with(&b, &budget, "f hole 20000000\n");
    budget.bytes = 19999999;
    expect_with(&b, &budget,
                "f hole 20000000\nentry 0 (hole): more than 19999999 bytes unpacked\n");
    b.len = 0;
    put_header(&b, '0', "one", 0);
    put_header(&b, '0', "two", 0);
    put_end(&b);
    budget.entries = 2;
    expect_with(&b, &budget, "f one 0\nf two 0\n");
    budget.entries = 1;
    expect_with(&b, &budget, "f one 0\nentry 1: more than 1 entries\n");
}

static void test_end(void **state)
{
    own(buf) b = {0};

    (void)state;
    expect(&b, "");
    put_header(&b, '0', "name", 0);
    expect(&b, "f name 0\n");
    put_body(&b, (struct str){(char[BLOCK]){0}, BLOCK});
    expect(&b, "f name 0\n");
    put_header(&b, '0', "behind", 0);
    expect(&b, "f name 0\nentry 1: entries behind the end mark\n");
    b.len -= BLOCK;
    put_body(&b, (struct str){(char[BLOCK]){0}, BLOCK});
    buf_str(&b, S("whatever stands here is not read"));
    expect(&b, "f name 0\n");
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
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_checksum),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_sparse),
        cmocka_unit_test(test_sparse_data_map),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_end),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_truncated_packed),
        cmocka_unit_test(test_skipping),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
