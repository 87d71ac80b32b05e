/* rpm's database in SQLite behind its log: two pieces. */
#include "pkg/sqlite_wal.h"

#include "reader.h"

FUZZ(32768)
{
    struct str wal = fuzz_piece(&in);
    struct read read = {
        .path = S("var/lib/rpm/rpmdb.sqlite"), .bytes = in, .beside = wal, .a = a};
    own(buf) joined = {0};
    struct err err = {0};
    int r = sqlite_wal(in, wal, &joined, &err);

    must_tell(r, err);
    must(r == 0 || str_equal(buf_view(&joined), in));
    reader_run(&pkg_rpm, &read);
}
