/* One header of an rpm database. */
#include "pkg/capability.h"
#include "pkg/rpm.h"

#include "reader.h"

FUZZ(2048)
{
    struct read read = {.path = S("Packages"), .a = a};
    struct rpm_db db = {
        .in = &read, .words = a, .headers_left = in.n, .files_left = 16 * in.n};
    struct err err = {0};
    int r = rpm_header(&db, 1, in, &err);

    must_tell(r, err);
    capabilities_settle(&read, S("rpm"));
    reader_found(&read);
}
