/* Building the advisory database: the same feeds give the same bytes, what is
 * damaged is replaced, old shards stay as long as they may be wanted. */
#include "advisory_feeds.h"

#include <fcntl.h>
#include <time.h>

static bool same_file(const char *x, const char *y)
{
    own(arena) a = {0};
    struct str one, two;
    struct err err = {0};

    return str_load(&a, in_top(x), 1 << 30, &one, &err) == 0 &&
           str_load(&a, in_top(y), 1 << 30, &two, &err) == 0 && str_equal(one, two);
}

/* The manifest has the shards' digests: when it is the same, all is. */
static void test_same_bytes(void **state)
{
    const struct timespec old[2] = {{1, 0}, {1, 0}};
    char command[2 * PATH_MAX + 32];

    (void)state;
    snprintf(command, sizeof command, "cp -r %s %s", in_top("feeds"), in_top("copy"));
    assert_int_equal(system(command), 0);
    utimensat(AT_FDCWD, in_top("copy/osv/3.json"), old, 0);
    build("copy", "db2");
    assert_true(same_file("db/manifest.json", "db2/manifest.json"));
}

static void test_repair(void **state)
{
    own(arena) a = {0};
    struct str_list paths = {0};
    struct err err = {0};
    own_db db = NULL;
    struct str good;
    char *bad;

    (void)state;
    each_shard(&a, &paths);
    assert_int_equal(str_load(&a, paths.at[0].p, 1 << 30, &good, &err), 0);
    bad = memcpy(arena_alloc(&a, good.n, 1), good.p, good.n);
    bad[good.n / 2] ^= 1;
    write_raw(paths.at[0].p, bad, good.n);
    build("feeds", "db");
    db = open_db("db");
    assert_int_equal(db_verify(db, &err), 0);
}

static void age(struct arena *a)
{
    struct timespec days[2] = {{time(NULL) - 3 * 86400, 0}, {time(NULL) - 3 * 86400, 0}};
    struct str_list paths = {0};

    each_shard(a, &paths);
    for (size_t i = 0; i < paths.len; i++)
        utimensat(AT_FDCWD, paths.at[i].p, days, 0);
}

static size_t shards(struct arena *a)
{
    struct str_list paths = {0};

    each_shard(a, &paths);
    return paths.len;
}

/* Who opened the old database goes on with it, however old its shards are. */
static void test_old_shards(void **state)
{
    own(arena) a = {0};
    own_db before = NULL;
    own_db after = NULL;
    struct err err = {0};

    (void)state;
    age(&a);
    before = open_db("db");
    put("db/shards/left.shard.77.tmp", S("of a build that was killed"));
    build("fewer", "db");
    assert_int_equal(shards(&a), 7);
    assert_int_equal(db_verify(before, &err), 0);
    age(&a);
    build("fewer", "db"); /* renews those it uses; the others are old now */
    assert_int_equal(shards(&a), 3);
    after = open_db("db");
    assert_int_equal(db_verify(after, &err), 0);
}

static void test_reserved_names(void **state)
{
    static const char *const names[] = {"ids", "Details", "tab\\there", ""};
    own(arena) a = {0};
    struct db_built_list built = {0};
    struct err err = {0};

    (void)state;
    assert_int_equal(file_make_dir(in_top("names"), &err), 0);
    for (size_t i = 0; i < 4; i++)
        put(str_printf(&a, "names/%zu.json", i).p,
            str_printf(&a,
                       "{\"id\": \"X-%zu\", \"modified\": \"2024\", \"affected\": "
                       "[{\"package\": {\"ecosystem\": \"%s\", \"name\": \"x\"}, "
                       "\"versions\": [\"1\"]}]}",
                       i, names[i]));
    assert_int_equal(db_build(&a, in_top("names"), in_top("names.db"), &built, &err), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(built.at[i].statements, 0);
        assert_int_equal(built.at[i].dropped, 1);
    }
}

static int setup(void **state)
{
    (void)state;
    return setup_feeds();
}

static int teardown(void **state)
{
    (void)state;
    return remove_feeds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_repair),
        cmocka_unit_test(test_old_shards),
        cmocka_unit_test(test_reserved_names),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
