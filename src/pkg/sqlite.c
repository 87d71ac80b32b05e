/* Databases of SQLite (sqlite.org/fileformat2.html). SQLite itself reads them, from memory
 * and with everything off that such a file could use against its reader: no views,
 * triggers, virtual tables or computed columns, no other file is opened, work and
 * memory are bounded by the size of the file. Recent changes are in a log beside the
 * database; one in memory cannot have such a log, so it is put over the pages beforehand.
 */
#include "pkg/sqlite.h"

#include "base/err.h"
#include "base/own.h"
#include "pkg/sqlite_wal.h"

enum {
    WRITE_VERSION = 18, /* in the file's head: 2 says that a log belongs to it */
    READ_VERSION = 19,
    HEAD = 100,
    STEPS = 1000,    /* of SQLite's machine between two looks at the budget */
    ROW_BYTES = 8,   /* that a row takes, or more */
    ROW_STEPS = 8,   /* that it takes to read one, or fewer */
    IDLE_LOOKS = 64, /* for opening and the schema */
};

void sqlite_done(struct sqlite *s)
{
    sqlite3_finalize(s->query);
    sqlite3_close(s->db);
    buf_done(&s->image);
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

static int open_image(struct sqlite *s, struct err *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    struct buf *image = &s->image;

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

/* SQLite takes what is missing of the last one for zeros. */
static bool has_whole_pages(struct str image)
{
    size_t size = sqlite_page_size(image);

    return size == 0 || image.n % size == 0;
}

/* The log is broken, the database alone is read: older, and better than nothing. */
static int take_image(struct read *in, struct buf *image, struct err *err)
{
    struct err what = {0};

    if (sqlite_wal(in->bytes, in->beside, image, &what) < 0)
        read_note(in, 0, "its log was not read: %s", what.text);
    if (image->len < HEAD || image->len > INT32_MAX)
        return err_set(err, ERR_FORMAT, "not a SQLite database: %zu bytes", image->len);
    if (!has_whole_pages(buf_view(image)))
        read_note(in, 0, "it ends in the middle of a page");
    if (image->at[WRITE_VERSION] == 2)
        image->at[WRITE_VERSION] = 1;
    if (image->at[READ_VERSION] == 2)
        image->at[READ_VERSION] = 1;
    return 0;
}

int sqlite_open(struct sqlite *s, struct read *in, struct err *err)
{
    if (take_image(in, &s->image, err) < 0)
        return err->code;
    return open_image(s, err);
}

static int prepare(struct sqlite *s, const char *query, struct err *err)
{
    sqlite3_finalize(take(s->query));
    if (sqlite3_prepare_v2(s->db, query, -1, &s->query, NULL) != SQLITE_OK)
        return fail(s, err);
    return 0;
}

/* A computed column may make anything out of nothing. */
static int refuse_computed(struct sqlite *s, const char *table, struct err *err)
{
    char query[64];
    int r;

    sqlite3_snprintf(sizeof query, query, "PRAGMA main.table_xinfo(%s)", table);
    if (prepare(s, query, err) < 0)
        return err->code;
    while ((r = sqlite_next(s, err)) > 0)
        if (sqlite_number(s, 6) != 0)
            return err_set(err, ERR_FORMAT, "its table has computed columns");
    return r;
}

int sqlite_ask(struct sqlite *s, const char *table, const char *query, struct err *err)
{
    if (refuse_computed(s, table, err) < 0)
        return err->code;
    return prepare(s, query, err);
}

int sqlite_next(struct sqlite *s, struct err *err)
{
    switch (sqlite3_step(s->query)) {
    case SQLITE_ROW:
        return 1;
    case SQLITE_DONE:
        return 0;
    default:
        return fail(s, err);
    }
}

int64_t sqlite_number(const struct sqlite *s, int column)
{
    return sqlite3_column_int64(s->query, column);
}

struct str sqlite_bytes(const struct sqlite *s, int column)
{
    const char *p = sqlite3_column_blob(s->query, column);

    return (struct str){p, (size_t)sqlite3_column_bytes(s->query, column)};
}
