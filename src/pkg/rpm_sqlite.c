/* rpm databases of the SQLite kind: rpmdb.sqlite, with a table
 *
 *     Packages (hnum INTEGER PRIMARY KEY, blob BLOB)
 *
 * of header numbers and headers. SQLite itself reads it, from memory and with
 * everything off that such a file could use against its reader: no views,
 * triggers, virtual tables or computed columns, no other file is opened, work and
 * memory are bounded by the size of the file. rpm leaves recent changes in
 * rpmdb.sqlite-wal; a database in memory cannot have one, so it is put over the
 * pages beforehand. */
#include "base/err.h"
#include "base/own.h"
#include "pkg/rpm.h"
#include "pkg/sqlite_wal.h"

#include <sqlite3.h>

enum {
    WRITE_VERSION = 18, /* in the file's head: 2 says that a log belongs to it */
    READ_VERSION = 19,
    HEAD = 100,
    STEPS = 1000,    /* of SQLite's machine between two looks at the budget */
    ROW_BYTES = 8,   /* that a row takes besides its header, or a little more */
    ROW_STEPS = 8,   /* that it takes to read one, or fewer */
    IDLE_LOOKS = 64, /* for opening and the schema */
};

struct sqlite {
    sqlite3 *db;
    sqlite3_stmt *query;
    uint64_t looks; /* at the budget that are left */
};

static void sqlite_done(struct sqlite *s)
{
    sqlite3_finalize(s->query);
    sqlite3_close(s->db);
}

static int fail(const struct sqlite *s, struct err *err)
{
    if (sqlite3_errcode(s->db) == SQLITE_INTERRUPT)
        return err_set(err, ERR_LIMIT,
                       "it takes more steps to read than its size explains");
    return err_set(err, ERR_FORMAT, "%s", sqlite3_errmsg(s->db));
}

static int over_budget(void *ctx)
{
    struct sqlite *s = ctx;

    return s->looks == 0 || --s->looks == 0;
}

static bool is_safe(sqlite3 *db)
{
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA,
                              SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                              SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION};

    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        if (sqlite3_db_config(db, off[i], 0, NULL) != SQLITE_OK)
            return false;
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK &&
           sqlite3_exec(db,
                        "PRAGMA cell_size_check = ON; PRAGMA query_only = ON;"
                        "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0",
                        NULL, NULL, NULL) == SQLITE_OK;
}

static int open_image(struct sqlite *s, const struct buf *image, struct err *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;

    if (sqlite3_open_v2(":memory:", &s->db, flags, NULL) != SQLITE_OK)
        return fail(s, err);
    sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, (int)image->len);
    sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(s->db, SQLITE_LIMIT_EXPR_DEPTH, 50);
    s->looks = IDLE_LOOKS + image->len / ROW_BYTES * ROW_STEPS / STEPS;
    sqlite3_progress_handler(s->db, STEPS, over_budget, s);
    if (sqlite3_deserialize(s->db, "main", (unsigned char *)image->at,
                            (sqlite3_int64)image->len, (sqlite3_int64)image->len,
                            SQLITE_DESERIALIZE_READONLY) != SQLITE_OK ||
        !is_safe(s->db))
        return fail(s, err);
    return 0;
}

/* A computed column may make anything out of nothing. */
static int refuse_computed(struct sqlite *s, struct err *err)
{
    int r;

    if (sqlite3_prepare_v2(s->db, "PRAGMA main.table_xinfo(Packages)", -1, &s->query,
                           NULL) != SQLITE_OK)
        return fail(s, err);
    while ((r = sqlite3_step(s->query)) == SQLITE_ROW)
        if (sqlite3_column_int(s->query, 6) != 0)
            return err_set(err, ERR_FORMAT, "its table has computed columns");
    if (r != SQLITE_DONE)
        return fail(s, err);
    sqlite3_finalize(take(s->query));
    return 0;
}

static int read_rows(struct rpm_db *db, struct sqlite *s, struct err *err)
{
    static const char text[] = "SELECT hnum, blob FROM main.Packages NOT INDEXED";
    int r;

    if (sqlite3_prepare_v2(s->db, text, -1, &s->query, NULL) != SQLITE_OK)
        return fail(s, err);
    while ((r = sqlite3_step(s->query)) == SQLITE_ROW) {
        struct str header = {sqlite3_column_blob(s->query, 1),
                             (size_t)sqlite3_column_bytes(s->query, 1)};

        if (rpm_spend(db, header.n + ROW_BYTES, err) < 0 ||
            rpm_header(db, (uint64_t)sqlite3_column_int64(s->query, 0), header, err) < 0)
            return err->code;
    }
    return r == SQLITE_DONE ? 0 : fail(s, err);
}

/* SQLite takes what is missing of the last one for zeros. */
static bool has_whole_pages(struct str image)
{
    size_t size = sqlite_page_size(image);

    return size == 0 || image.n % size == 0;
}

/* The log is broken, the database alone is read: older, and better than nothing. */
static int take_image(struct rpm_db *db, struct buf *image, struct err *err)
{
    struct err what = {0};

    if (sqlite_wal(db->in->bytes, db->in->beside, image, &what) < 0) {
        err_wrap(&what, "its log was not read");
        if (rpm_broken(db, 0, &what, err) < 0)
            return err->code;
    }
    if (image->len < HEAD || image->len > INT32_MAX)
        return err_set(err, ERR_FORMAT, "not a SQLite database: %zu bytes", image->len);
    if (!has_whole_pages(buf_view(image))) {
        err_set(&what, ERR_FORMAT, "it ends in the middle of a page");
        if (rpm_broken(db, 0, &what, err) < 0)
            return err->code;
    }
    if (image->at[WRITE_VERSION] == 2)
        image->at[WRITE_VERSION] = 1;
    if (image->at[READ_VERSION] == 2)
        image->at[READ_VERSION] = 1;
    return 0;
}

int rpm_sqlite(struct rpm_db *db, struct err *err)
{
    own(buf) image = {0};
    own(sqlite) s = {0};

    if (take_image(db, &image, err) < 0 || open_image(&s, &image, err) < 0 ||
        refuse_computed(&s, err) < 0 || read_rows(db, &s, err) < 0)
        return err->code;
    return 0;
}
