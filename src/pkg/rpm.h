#ifndef PKG_RPM_H
#define PKG_RPM_H

#include "model/reader.h"

/* The rpm database, inside pkg/ only. Whichever of three containers holds it,
 * it is a set of numbered headers, one a package: rpm_bdb.c, rpm_ndb.c and
 * rpm_sqlite.c find them, rpm_header.c makes packages of them.
 *
 * No two headers of a sound database share bytes. So what they may come to is
 * known before the first is read, and a database whose pages are shared or lead
 * in a circle runs out of it. */
struct rpm_db {
    struct read *in;
    struct arena *words; /* what packages need and provide, until that is settled */
    size_t headers_left; /* bytes of headers that may still come */
    size_t files_left;   /* bytes that lists of files may still take */
    size_t broken;       /* headers passed over so far */
};

/* Each gives every header of in->bytes to rpm_header. ERR_FORMAT when the
 * container is broken beyond single headers, ERR_LIMIT when it asks for more
 * than it could hold; the headers before that have been read. */
int rpm_bdb(struct rpm_db *db, struct err *err);
int rpm_ndb(struct rpm_db *db, struct err *err);
int rpm_sqlite(struct rpm_db *db, struct err *err); /* in->beside is its -wal */

/* Adds the package that a header tells of. What is broken in it becomes a
 * note: fails only as rpm_broken does. The bytes are not kept. */
int rpm_header(struct rpm_db *db, uint64_t number, struct str bytes, struct err *err);

/* Notes what is wrong with header `number` (0 when not even that is known), so
 * that the rest can be read. Fails with ERR_LIMIT when it was a spent budget, and
 * with ERR_FORMAT once so many were broken that more notes help nobody. */
int rpm_broken(struct rpm_db *db, uint64_t number, const struct err *what, struct err *err);

/* Takes n bytes of a header off the budget before they are gathered. ERR_LIMIT. */
int rpm_spend(struct rpm_db *db, size_t n, struct err *err);

#endif
