#ifndef TESTS_UNIT_ADVISORY_FEEDS_H
#define TESTS_UNIT_ADVISORY_FEEDS_H

/* A folder with feeds made up for the purpose, and databases built from them. */
#include "advisory/advisory.h"
#include "base/err.h"
#include "base/buf.h"
#include "base/own.h"
#include "io/file.h"

#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { RECORDS = 600, PACKAGES = 40 };

static char top[] = "/tmp/advisory_test.XXXXXX";

static inline const char *in_top(const char *name)
{
    static char path[8][PATH_MAX];
    static int i;

    i = (i + 1) % 8;
    snprintf(path[i], PATH_MAX, "%s/%s", top, name);
    return path[i];
}

/* ---- feeds ---- */

static inline void put(const char *name, struct str text)
{
    struct err err = {0};

    assert_int_equal(file_write(in_top(name), text, &err), 0);
}

/* Texts that do not compress to nothing, so that the shards have many blocks. */
static inline void put_noise(struct buf *b, unsigned seed)
{
    for (int i = 0; i < 40; i++, seed = seed * 1103515245 + 12345)
        buf_printf(b, "%x ", seed);
}

static inline void put_record(struct buf *b, unsigned i)
{
    buf_printf(b, "{\"schema_version\": \"1.6.0\", \"id\": \"GHSA-%04u\", ", i);
    buf_printf(
        b, "\"modified\": \"2024-01-02T00:00:00Z\", \"aliases\": [\"CVE-2024-%04u\"], ", i);
    buf_printf(b, "\"summary\": \"title %u\", \"details\": \"", i);
    put_noise(b, i);
    buf_printf(
        b,
        "\", \"affected\": [{\"package\": {\"ecosystem\": \"npm\", \"name\": \"p%u\"}, "
        "\"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"0\"}, "
        "{\"fixed\": \"1.%u.0\"}]}], \"versions\": [\"",
        i % PACKAGES, i);
    put_noise(b, i + RECORDS);
    buf_printf(b, "\"]}]}\n");
}

static inline void make_feeds(const char *dir, unsigned from)
{
    struct err err = {0};
    char name[64];

    snprintf(name, sizeof name, "%s/osv", dir);
    assert_int_equal(file_make_dir(in_top(name), &err), 0);
    for (unsigned i = from; i < RECORDS; i++) {
        own(buf) b = {0};

        put_record(&b, i);
        snprintf(name, sizeof name, "%s/osv/%u.json", dir, i);
        put(name, buf_view(&b));
    }
}

static inline void build(const char *feeds, const char *db)
{
    own(arena) a = {0};
    struct db_built_list built = {0};
    struct err err = {0};

    if (db_build(&a, in_top(feeds), in_top(db), &built, &err) < 0)
        fail_msg("%s", err.text);
}

static inline struct db *open_db(const char *dir)
{
    struct err err = {0};
    struct db *db = NULL;

    if (db_open(in_top(dir), &db, &err) < 0)
        fail_msg("%s", err.text);
    return db;
}

static inline void write_raw(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "we");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static inline void each_shard(struct arena *a, struct str_list *paths)
{
    DIR *dir = opendir(in_top("db/shards"));
    struct dirent *d;

    while ((d = readdir(dir)))
        if (d->d_name[0] != '.')
            *arena_push(a, paths) = str_printf(a, "%s/db/shards/%s", top, d->d_name);
    closedir(dir);
}

/* Three shards in "db" (npm, ids, details) from "feeds"; "fewer" is other feeds. */
static inline int setup_feeds(void)
{
    if (!mkdtemp(top))
        return -1;
    make_feeds("feeds", 0);
    make_feeds("fewer", 100);
    build("feeds", "db");
    return 0;
}

static inline int remove_one(const char *path, const struct stat *st, int kind,
                             struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static inline int remove_feeds(void)
{
    return nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
