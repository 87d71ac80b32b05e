/* rpm databases of the SQLite kind: rpmdb.sqlite, with a table
 *
 *     Packages (hnum INTEGER PRIMARY KEY, blob BLOB)
 *
 * of header numbers and headers. rpm leaves recent changes in rpmdb.sqlite-wal. */
#include "base/err.h"
#include "base/own.h"
#include "pkg/rpm.h"
#include "pkg/sqlite.h"

enum { ROW_BYTES = 8 }; /* that a row takes besides its header, or a little more */

int rpm_sqlite(struct rpm_db *db, struct err *err)
{
    own(sqlite) s = {0};
    int r;

    if (sqlite_open(&s, db->in, err) < 0 ||
        sqlite_ask(&s, "Packages", "SELECT hnum, blob FROM main.Packages NOT INDEXED",
                   err) < 0)
        return err->code;
    while ((r = sqlite_next(&s, err)) > 0) {
        struct str header = sqlite_bytes(&s, 1);

        if (rpm_spend(db, header.n + ROW_BYTES, err) < 0 ||
            rpm_header(db, (uint64_t)sqlite_number(&s, 0), header, err) < 0)
            return err->code;
    }
    return r;
}
