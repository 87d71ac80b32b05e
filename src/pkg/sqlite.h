#ifndef PKG_SQLITE_H
#define PKG_SQLITE_H

#include "base/buf.h"
#include "model/reader.h"

#include <sqlite3.h>

/* A SQLite database out of an image, inside pkg/ only.
 *
 *     own(sqlite) s = {0};
 *     if (sqlite_open(&s, in, err) < 0 || sqlite_ask(&s, "Packages", "SELECT ...", err) <
 * 0) return err->code; while ((r = sqlite_next(&s, err)) > 0)
 *         ... sqlite_number(&s, 0), sqlite_bytes(&s, 1) ...
 *
 * What the rows say is not bounded by the size of the file, since pages of a bad one may
 * be shared: whoever keeps their bytes counts them. */
struct sqlite {
    sqlite3 *db;
    sqlite3_stmt *query;
    uint64_t looks; /* at the budget that are left */
    struct buf image;
};

/* Opens in->bytes with its log in->beside over it. A log that is broken, and a last page
 * that is cut off, are notes. ERR_FORMAT. */
int sqlite_open(struct sqlite *s, struct read *in, struct err *err);

/* Begins a query on one table, after the one before it. ERR_FORMAT, and so when the table
 * is not there. */
int sqlite_ask(struct sqlite *s, const char *table, const char *query, struct err *err);

/* 1 for a row, 0 at the end; ERR_FORMAT, or ERR_LIMIT when the whole of it takes more steps
 * than its size explains. */
int sqlite_next(struct sqlite *s, struct err *err);

/* Columns of the row, the bytes good until the next one. */
int64_t sqlite_number(const struct sqlite *s, int column);
struct str sqlite_bytes(const struct sqlite *s, int column);

void sqlite_done(struct sqlite *s);

#endif
