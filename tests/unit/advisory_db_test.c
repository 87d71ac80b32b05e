/* The advisory database: what goes in comes out, and damage is found and named. */
#include "advisory_feeds.h"

/* ---- what a database answers ---- */

static void tell_statement(struct buf *b, const struct statement *s)
{
    buf_printf(b, STR_FMT " " STR_FMT " " STR_FMT " ", STR_ARG(s->ecosystem),
               STR_ARG(s->package), STR_ARG(s->advisory));
    for (size_t i = 0; i < s->ranges.len; i++)
        for (size_t j = 0; j < s->ranges.at[i].events.len; j++)
            buf_str(b, s->ranges.at[i].events.at[j].version);
    for (size_t i = 0; i < s->versions.len; i++)
        buf_str(b, s->versions.at[i]);
}

enum { BY_PACKAGE, BY_ID, BY_ALIAS, SEARCH, QUESTIONS };

/* One question on number i, its answer in b. */
static int ask(struct db *db, int question, unsigned i, struct buf *b, struct err *err)
{
    own(arena) a = {0};
    struct statement_list list = {0};
    struct vulnerability v = {0};
    struct str cve = str_printf(&a, "CVE-2024-%04u", i),
               ghsa = str_printf(&a, "GHSA-%04u", i);
    int r = 0;

    if (question == BY_PACKAGE)
        r = db_find(db, &a, S("npm"), str_printf(&a, "p%u", i), &list, err);
    if (question == BY_ID || question == BY_ALIAS)
        r = db_vulnerability(db, &a, question == BY_ID ? cve : ghsa, &v, err);
    if (question == SEARCH)
        r = db_search_id(db, &a, ghsa, &list, err);
    for (size_t n = 0; r == 0 && n < list.len; n++)
        tell_statement(b, &list.at[n]);
    if (r == 0)
        buf_printf(b, STR_FMT STR_FMT STR_FMT, STR_ARG(v.id), STR_ARG(v.title),
                   STR_ARG(v.description));
    return r;
}

static void test_answers(void **state)
{
    own_db db = open_db("db");
    own(arena) a = {0};
    struct statement_list list = {0};
    struct vulnerability v;
    struct err err = {0};

    (void)state;
    assert_true(db_covers(db, S("npm")));
    assert_false(db_covers(db, S("ids")) || db_covers(db, S("details")) ||
                 db_covers(db, S("pypi")));
    assert_int_equal(db_find(db, &a, S("npm"), S("p7"), &list, &err), 0);
    assert_int_equal(list.len, RECORDS / PACKAGES);
    for (size_t i = 1; i < list.len; i++)
        assert_true(str_compare(list.at[i - 1].advisory, list.at[i].advisory) < 0);
    assert_int_equal(db_vulnerability(db, &a, S("GHSA-0007"), &v, &err), 0);
    assert_true(str_equal(v.id, S("CVE-2024-0007")));
    assert_int_equal(db_vulnerability(db, &a, S("GHSA-9999"), &v, &err), ERR_NOTFOUND);
    list.len = 0;
    assert_int_equal(db_find(db, &a, S("npm"), S("p"), &list, &err), 0);
    assert_int_equal(db_find(db, &a, S("npm"), S("zzz"), &list, &err), 0);
    assert_int_equal(db_find(db, &a, S("pypi"), S("p7"), &list, &err), 0);
    assert_int_equal(list.len, 0);
    assert_int_equal(db_search_id(db, &a, S("CVE-2024-0007"), &list, &err), 0);
    assert_int_equal(list.len, 1);
    assert_int_equal(db_verify(db, &err), 0);
}

/* ---- damage ---- */

static struct buf right[QUESTIONS][RECORDS];

/* Each answer is the right one or a failure that names the shard; verify fails. */
static void check_damaged(const char *what, size_t at, unsigned step)
{
    own_db db = open_db("db");
    struct err err = {0};
    bool found = false;

    for (int q = 0; q < QUESTIONS; q++)
        for (unsigned i = 0; i < (q == BY_PACKAGE ? PACKAGES : RECORDS);
             i += q == BY_PACKAGE ? 1 : step) {
            own(buf) b = {0};
            struct err why = {0};

            if (ask(db, q, i, &b, &why) == 0) {
                if (!str_equal(buf_view(&b), buf_view(&right[q][i])))
                    fail_msg("%s, %zu: a wrong answer to %d of %u", what, at, q, i);
            } else if (!strstr(why.text, "advisory database, ") || why.code != ERR_FORMAT) {
                fail_msg("%s, %zu: %s", what, at, why.text);
            } else {
                found = true;
            }
        }
    if (step == 1 && !found)
        fail_msg("%s, %zu: nobody noticed", what, at);
    assert_true(db_verify(db, &err) < 0);
    assert_non_null(strstr(err.text, "advisory database, "));
}

static void damage_file(const char *path, struct str good)
{
    char *copy = malloc(good.n);

    assert_non_null(copy);
    for (size_t at = 0; at < good.n; at += at < 64 || at + 400 > good.n ? 3
                                           : at + 4500 > good.n         ? 100
                                                                        : 4096) {
        memcpy(copy, good.p, good.n);
        copy[at] ^= (char)(1 << at % 8);
        write_raw(path, copy, good.n);
        check_damaged("bit", at, 13);
        if (at % 2)
            continue;
        write_raw(path, good.p, at);
        check_damaged("cut", at, 97);
    }
    write_raw(path, good.p, good.n);
    free(copy);
}

static void test_damage(void **state)
{
    own(arena) a = {0};
    struct str_list paths = {0};
    struct err err = {0};
    struct str good[3];

    (void)state;
    each_shard(&a, &paths);
    assert_int_equal(paths.len, 3); /* npm, ids, details */
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(str_load(&a, paths.at[i].p, 1 << 30, &good[i], &err), 0);
        damage_file(paths.at[i].p, good[i]);
    }
    for (size_t i = 0; i < 3; i++) { /* one in the place of another, and none */
        write_raw(paths.at[i].p, good[(i + 1) % 3].p, good[(i + 1) % 3].n);
        check_damaged("other", i, 1);
        unlink(paths.at[i].p);
        check_damaged("none", i, 1);
        write_raw(paths.at[i].p, good[i].p, good[i].n);
    }
}

static void test_manifest(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str good;

    (void)state;
    assert_int_equal(str_load(&a, in_top("db/manifest.json"), 1 << 20, &good, &err), 0);
    for (size_t n = 0; n < good.n - 1; n += 5) {
        struct db *db = NULL;
        struct err why = {0};

        write_raw(in_top("db/manifest.json"), good.p, n);
        assert_int_equal(db_open(in_top("db"), &db, &why), ERR_FORMAT);
        assert_non_null(strstr(why.text, "manifest.json"));
    }
    put("db/manifest.json", good);
}

/* ---- */

static int remember(void)
{
    own_db db = open_db("db");
    struct err err = {0};

    for (int q = 0; q < QUESTIONS; q++)
        for (unsigned i = 0; i < RECORDS; i++)
            if (ask(db, q, i, &right[q][i], &err) < 0)
                return -1;
    return 0;
}

static int setup(void **state)
{
    (void)state;
    return setup_feeds() < 0 ? -1 : remember();
}

static int teardown(void **state)
{
    (void)state;
    for (int q = 0; q < QUESTIONS; q++)
        for (unsigned i = 0; i < RECORDS; i++)
            buf_done(&right[q][i]);
    return remove_feeds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_manifest),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
