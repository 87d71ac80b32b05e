/* rpm databases that are cut short, bent and made to mislead. Whether sound
 * ones are read right is tests/rpm_oracle's to say; the databases are those of
 * tests/tools/rpmdb.py: headers 1, 2, 4, 5, 8 and 9, where 5 is a key and 2 the one
 * that fills many pages; in the kind "wal" all after 2 are in the log. */
#include "base/buf.h"
#include "pkg/pkg.h"
#include "rpm_outcome.h"

#include <sqlite3.h>

enum { PACKAGES = 5, IN_LOG = 2 };

enum kind { BDB_LITTLE, BDB_BIG, NDB, SQLITE, WAL, WAL_BIG, KINDS };

static const struct {
    const char *folder, *file;
} kinds[KINDS] = {
    [BDB_LITTLE] = {"bdb-little", "Packages"},
    [BDB_BIG] = {"bdb-big", "Packages"},
    [NDB] = {"ndb", "Packages.db"},
    [SQLITE] = {"sqlite", "rpmdb.sqlite"},
    [WAL] = {"wal", "rpmdb.sqlite"},
    [WAL_BIG] = {"wal-big", "rpmdb.sqlite"},
};

static struct arena kept;
static struct str databases[KINDS], logs[KINDS];

static int read_bytes(struct outcome *o, enum kind kind, struct str bytes,
                      struct str beside)
{
    o->bytes = exact(bytes);
    o->beside = exact(beside);
    o->in = (struct read){
        .path = str_of(kinds[kind].file),
        .bytes = {o->bytes, bytes.n},
        .beside = {o->beside, beside.n},
        .a = &o->a,
    };
    return pkg_rpm.read(&o->in, &o->err);
}

/* A copy that a test may bend. */
static struct str bendable(enum kind kind, char **at)
{
    struct str copy = str_copy(&kept, databases[kind]);

    *at = (char *)copy.p;
    return copy;
}

static bool has_package(const struct outcome *o, const char *name)
{
    for (size_t i = 0; i < o->in.packages.len; i++)
        if (str_equal(o->in.packages.at[i].name, str_of(name)))
            return true;
    return false;
}

/* ---- sound ones ---- */

static void test_sound(void **state)
{
    (void)state;
    for (enum kind k = 0; k < KINDS; k++) {
        own(outcome) o = {0};

        assert_int_equal(read_bytes(&o, k, databases[k], logs[k]), 0);
        assert_int_equal(o.in.notes.len, 0);
        assert_int_equal(o.in.packages.len, PACKAGES);
    }
}

/* ---- cut short, bent ---- */

/* Nothing of a shortened database may be missing in silence. */
static void test_truncated(void **state)
{
    (void)state;
    for (enum kind k = BDB_LITTLE; k <= SQLITE; k++)
        for (size_t n = 0; n < databases[k].n; n += 64) {
            own(outcome) o = {0};
            int r = read_bytes(&o, k, (struct str){databases[k].p, n}, (struct str){0});

            if (r == 0 && o.in.notes.len == 0)
                assert_int_equal(o.in.packages.len, PACKAGES);
            assert_true(r == 0 || o.err.code == r);
        }
}

/* A log that ends early is what a crash leaves: its last commits never were. */
static void test_truncated_log(void **state)
{
    size_t before = 0;

    (void)state;
    for (size_t n = 0; n <= logs[WAL].n; n += 8) {
        own(outcome) o = {0};

        assert_int_equal(read_bytes(&o, WAL, databases[WAL], (struct str){logs[WAL].p, n}),
                         0);
        assert_in_range(o.in.packages.len, n ? before : IN_LOG, PACKAGES);
        before = o.in.packages.len;
    }
    assert_int_equal(before, PACKAGES);
}

static uint32_t next_random(uint32_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 17;
    *x ^= *x << 5;
    return *x;
}

static void bend(struct str s, uint32_t *seed)
{
    for (uint32_t n = 1 + next_random(seed) % 8; s.n && n > 0; n--)
        ((char *)s.p)[next_random(seed) % s.n] ^= (char)(1 << next_random(seed) % 8);
}

static void test_bits(void **state)
{
    uint32_t seed = 20240229;

    (void)state;
    for (int i = 0; i < 6000; i++) {
        enum kind k = (enum kind)(i % KINDS);
        own(arena) a = {0};
        own(outcome) o = {0};
        struct str bytes = str_copy(&a, databases[k]), log = str_copy(&a, logs[k]);

        bend(i % 2 && log.n ? log : bytes, &seed);
        if (i % 3 == 0) /* where the heads and tables are */
            bend((struct str){bytes.p, 4096 < bytes.n ? 4096 : bytes.n}, &seed);
        read_bytes(&o, k, bytes, log);
    }
}

/* Name a, version 1, release 2. */
#define SOUND_HEADER                                                                       \
    "0000000300000006"                                                                     \
    "000003e8000000060000000000000001"                                                     \
    "000003e9000000060000000200000001"                                                     \
    "000003ea000000060000000400000001"                                                     \
    "610031003200"

/* ---- Berkeley DB ---- */

enum { PAGE = 4096, FIRST_OVERFLOW = 4 };

static void test_page_loop(void **state)
{
    (void)state;
    for (enum kind k = BDB_LITTLE; k <= BDB_BIG; k++) {
        own(outcome) o = {0};
        char *at;
        struct str bytes = bendable(k, &at);

        put(at + FIRST_OVERFLOW * PAGE + 16, k == BDB_BIG, FIRST_OVERFLOW, 4);
        assert_int_equal(read_bytes(&o, k, bytes, (struct str){0}), 0);
        assert_int_equal(o.in.packages.len, PACKAGES - 1);
        assert_false(has_package(&o, "many"));
        assert_true(has_note(&o, "header 2: "));
    }
}

/* A page full of items that all lead to the same chain: more than the file holds. */
static void test_shared_chain(void **state)
{
    own(outcome) o = {0};
    char *at, *page, item[12];
    struct str bytes = bendable(BDB_LITTLE, &at);

    (void)state;
    page = at + 2 * PAGE; /* the empty bucket */
    memset(item, 0, sizeof item);
    item[0] = 3;
    put(item + 4, false, FIRST_OVERFLOW, 4);
    put(item + 8, false, 30000, 4);
    put(page + 20, false, 100, 2);
    for (size_t i = 0; i < 100; i += 2) {
        size_t end = PAGE - i / 2 * 17;

        put(page + 26 + 2 * i, false, (uint32_t)end - 5, 2);
        put(page + 28 + 2 * i, false, (uint32_t)end - 17, 2);
        memcpy(page + end - 5, "\1\2\0\0\0", 5);
        memcpy(page + end - 17, item, sizeof item);
    }
    assert_int_equal(read_bytes(&o, BDB_LITTLE, bytes, (struct str){0}), ERR_LIMIT);
    assert_in_range(o.in.packages.len, 1, PACKAGES);
}

/* Heads that say what cannot be, or what is not read. */
static void test_heads(void **state)
{
    static const struct {
        enum kind kind;
        size_t at;
        uint32_t value;
        size_t bytes;
        int code;
        const char *says;
    } heads[] = {
        {BDB_LITTLE, 24, 1, 1, ERR_UNSUPPORTED, "encryption or checksums"},
        {BDB_BIG, 26, 1, 1, ERR_UNSUPPORTED, "encryption or checksums"},
        {BDB_LITTLE, 20, 256, 4, ERR_FORMAT, "page size 256"},
        {BDB_BIG, 20, 131072, 4, ERR_FORMAT, "page size 131072"},
        {BDB_LITTLE, 20, 3000, 4, ERR_FORMAT, "page size 3000"},
        {BDB_LITTLE, 32, 9999, 4, ERR_FORMAT, "the file ends at page"},
        {NDB, 4, 1, 4, ERR_UNSUPPORTED, "NDB version 1"},
        {NDB, 12, 9999, 4, ERR_FORMAT, "9999 pages of slots"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        own(outcome) o = {0};
        char *at;
        struct str bytes = bendable(heads[i].kind, &at);

        put(at + heads[i].at, heads[i].kind == BDB_BIG, heads[i].value, heads[i].bytes);
        assert_int_equal(read_bytes(&o, heads[i].kind, bytes, (struct str){0}),
                         heads[i].code);
        assert_non_null(strstr(o.err.text, heads[i].says));
    }
}

/* A page of the older kind is read like the newer, a broken one is told. */
static void test_pages(void **state)
{
    enum { KIND = 25, ITEMS = 20, NUMBER = 8, HASH_OLD = 2, FULL = 1 };
    own(outcome) old = {0}, odd = {0}, number = {0}, many = {0};
    char *at;
    struct str bytes = bendable(BDB_LITTLE, &at);

    (void)state;
    at[FULL * PAGE + KIND] = HASH_OLD;
    assert_int_equal(read_bytes(&old, BDB_LITTLE, bytes, (struct str){0}), 0);
    assert_int_equal(old.in.packages.len, PACKAGES);
    put(at + FULL * PAGE + ITEMS, false, 3, 2);
    assert_int_equal(read_bytes(&odd, BDB_LITTLE, bytes, (struct str){0}), 0);
    assert_true(has_note(&odd, "page 1: its head is broken"));
    put(at + FULL * PAGE + ITEMS, false, 60000, 2);
    assert_int_equal(read_bytes(&many, BDB_LITTLE, bytes, (struct str){0}), 0);
    assert_true(has_note(&many, "page 1: its head is broken"));
    bytes = bendable(BDB_LITTLE, &at);
    put(at + FULL * PAGE + NUMBER, false, 7, 4);
    assert_int_equal(read_bytes(&number, BDB_LITTLE, bytes, (struct str){0}), 0);
    assert_true(has_note(&number, "page 1: its head is broken"));
}

static void test_not_a_database(void **state)
{
    (void)state;
    for (enum kind k = 0; k < KINDS; k++) {
        own(outcome) o = {0}, p = {0};

        assert_int_equal(read_bytes(&o, k, S(""), S("")), ERR_FORMAT);
        assert_int_equal(
            read_bytes(&p, k, S("these are not the bytes of a database"), S("")),
            ERR_FORMAT);
    }
}

/* ---- NDB ---- */

static void test_ndb_slots(void **state)
{
    own(outcome) o = {0}, same = {0};
    char *at;
    struct str bytes = bendable(NDB, &at);

    (void)state;
    put(at + 32 + 8, false, 0x0fffffff, 4); /* its first block, far outside */
    assert_int_equal(read_bytes(&o, NDB, bytes, (struct str){0}), 0);
    assert_int_equal(o.in.packages.len, PACKAGES - 1);
    assert_true(has_note(&o, "outside the file"));

    bytes = bendable(NDB, &at);
    for (size_t slot = 64; slot < PAGE; slot += 16) /* all lead to the large one */
        memcpy(at + slot, at + 48, 16);
    assert_int_equal(read_bytes(&same, NDB, bytes, (struct str){0}), ERR_LIMIT);
}

/* ---- SQLite ---- */

static void read_log(struct outcome *o, size_t at, char flip)
{
    struct str log = str_copy(&kept, logs[WAL]);

    ((char *)log.p)[at] ^= flip;
    assert_int_equal(read_bytes(o, WAL, databases[WAL], log), 0);
}

static void test_log(void **state)
{
    size_t frame = 24 + 1024, last = logs[WAL].n - frame;
    own(outcome) magic = {0}, salt = {0}, frame_salt = {0}, page = {0}, head = {0};

    (void)state;
    read_log(&magic, 0, 1);
    assert_int_equal(magic.in.packages.len, IN_LOG);
    assert_true(has_note(&magic, "log was not read"));
    read_log(&salt, 16, 1); /* of the head: its own checksum is wrong now */
    assert_int_equal(salt.in.packages.len, IN_LOG);
    assert_true(has_note(&salt, "log was not read"));
    read_log(&frame_salt, 32 + 8, 1); /* the first frame is of an earlier log */
    assert_int_equal(frame_salt.in.packages.len, IN_LOG);
    assert_int_equal(frame_salt.in.notes.len, 0);
    read_log(&page, last + 24 + 100, 1); /* the last commit counts no more */
    assert_int_equal(page.in.packages.len, PACKAGES - 1);
    assert_false(has_package(&page, "old-names"));
    read_log(&head, 32 + 16, 1);
    assert_int_equal(head.in.packages.len, IN_LOG);
}

/* The checksum of a log's head, over words as the machine that wrote it has them. */
static void seal(char *log)
{
    uint32_t s0 = 0, s1 = 0, words[6];

    memcpy(words, log, sizeof words); /* little: magic 0x377f0682 */
    for (size_t i = 0; i < 6; i += 2) {
        s0 += words[i] + s1;
        s1 += words[i + 1] + s0;
    }
    put(log + 24, true, s0, 4);
    put(log + 28, true, s1, 4);
}

/* A head that is sound by itself, and of a log that belongs to nothing here. */
static void test_log_head(void **state)
{
    static const uint32_t sizes[] = {256, 131072, 3000, 2048};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        own(outcome) o = {0};
        struct str log = str_copy(&kept, logs[WAL]);

        put((char *)log.p + 8, true, sizes[i], 4);
        seal((char *)log.p);
        assert_int_equal(read_bytes(&o, WAL, databases[WAL], log), 0);
        assert_int_equal(o.in.packages.len, IN_LOG);
        assert_true(has_note(&o, "log was not read: pages of "));
    }
}

/* The bytes of a database that these statements make. */
static struct str make_sqlite(const char *statements)
{
    sqlite3 *db;
    sqlite3_int64 n;
    unsigned char *p;
    struct str bytes;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, statements, NULL, NULL, NULL), SQLITE_OK);
    p = sqlite3_serialize(db, "main", &n, 0);
    assert_non_null(p);
    bytes = str_copy(&kept, (struct str){(char *)p, (size_t)n});
    sqlite3_free(p);
    sqlite3_close(db);
    return bytes;
}

/* What could run for ever, or make much out of little. */
static void test_schema(void **state)
{
    static const char *const bad[] = {
        "CREATE TABLE Name (key TEXT)",
        "CREATE VIEW Packages AS WITH RECURSIVE n(hnum) AS (SELECT 1 UNION ALL"
        " SELECT hnum + 1 FROM n) SELECT hnum, hex(hnum) AS blob FROM n",
        "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, a, blob AS (zeroblob(a)));"
        "INSERT INTO Packages VALUES (1, 4000)",
        "CREATE TABLE Packages (hnum TEXT PRIMARY KEY, other BLOB)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        own(outcome) o = {0};

        assert_int_equal(read_bytes(&o, SQLITE, make_sqlite(bad[i]), (struct str){0}),
                         ERR_FORMAT);
        assert_int_equal(o.in.packages.len, 0);
    }
}

/* An inner page of the table's tree (kind 5): 300 times the same child. */
static void put_inner_page(char *page, uint32_t child)
{
    enum { CHILDREN = 300 };

    memset(page, 0, PAGE);
    page[0] = 5;
    put(page + 3, true, CHILDREN, 2);
    put(page + 5, true, PAGE - 5 * CHILDREN, 2);
    put(page + 8, true, child, 4);
    for (size_t i = 0; i < CHILDREN; i++) {
        put(page + 12 + 2 * i, true, (uint32_t)(PAGE - 5 * (i + 1)), 2);
        put(page + PAGE - 5 * (i + 1), true, child, 4);
    }
}

/* A small tree of 300 times 300 times the same leaf, whose one header is sound. */
static void test_shared_leaf(void **state)
{
    own(outcome) o = {0};
    own(buf) b = {0};

    (void)state;
    buf_str(&b, make_sqlite("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB);"
                            "INSERT INTO Packages VALUES (1, x'" SOUND_HEADER "')"));
    assert_int_equal(b.len, 2 * PAGE);
    buf_add(&b, (char[2 * PAGE]){0}, 2 * PAGE);
    memcpy(b.at + 3 * PAGE, b.at + PAGE, PAGE);
    put_inner_page(b.at + PAGE, 3);
    put_inner_page(b.at + 2 * PAGE, 4);
    put(b.at + 28, true, 4, 4); /* pages of the file */
    assert_int_equal(read_bytes(&o, SQLITE, buf_view(&b), (struct str){0}), ERR_LIMIT);
    assert_in_range(o.in.packages.len, 1, 4 * PAGE / 62);
}

/* ---- */

static struct str load(const char *folder, const char *file, const char *suffix)
{
    struct str bytes, path = str_printf(&kept, "%s%s%s", folder, file, suffix);
    struct err err = {0};

    return str_load(&kept, path.p, 64 << 20, &bytes, &err) < 0 ? (struct str){0} : bytes;
}

static int make_databases(void **state)
{
    char folder[] = "/tmp/rpm-test-XXXXXX";
    struct str make, clean;
    int r;

    (void)state;
    if (!mkdtemp(folder))
        return -1;
    make = str_printf(&kept, "tests/tools/rpmdb.py %s", folder);
    clean = str_printf(&kept, "rm -r %s", folder);
    r = system(make.p);
    for (enum kind k = 0; k < KINDS; k++) {
        struct str sub = str_printf(&kept, "%s/%s/", folder, kinds[k].folder);

        databases[k] = load(sub.p, kinds[k].file, "");
        logs[k] = load(sub.p, kinds[k].file, "-wal");
        if (databases[k].n == 0)
            r = -1;
    }
    return system(clean.p) == 0 ? r : -1;
}

static int drop_databases(void **state)
{
    (void)state;
    arena_done(&kept);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_truncated_log),
        cmocka_unit_test(test_bits),
        cmocka_unit_test(test_page_loop),
        cmocka_unit_test(test_shared_chain),
        cmocka_unit_test(test_not_a_database),
        cmocka_unit_test(test_ndb_slots),
        cmocka_unit_test(test_schema),
        cmocka_unit_test(test_shared_leaf),
        cmocka_unit_test(test_log),
        cmocka_unit_test(test_log_head),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_pages),
    };

    return cmocka_run_group_tests(tests, make_databases, drop_databases);
}
