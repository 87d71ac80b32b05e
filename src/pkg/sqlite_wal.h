#ifndef PKG_SQLITE_WAL_H
#define PKG_SQLITE_WAL_H

#include "base/buf.h"

struct err;

/* The write-ahead log of a SQLite database (sqlite.org/fileformat2.html,
 * section 4), put over the database as SQLite does at the next opening.
 *
 * Writes to out the database with every committed page in its place; a log that
 * is empty or of an earlier run leaves it as it is. ERR_FORMAT when the log's own head
 * is broken or does not fit the database; out then holds the database alone. */
int sqlite_wal(struct str database, struct str wal, struct buf *out, struct err *err);

/* The size of its pages, 0 when there is no telling. */
size_t sqlite_page_size(struct str database);

#endif
