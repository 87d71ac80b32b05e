#ifndef PKG_RPM_TAGS_H
#define PKG_RPM_TAGS_H

#include "pkg/rpm.h"

/* The tags that are read, by what they are here. */
enum tag {
    NAME,
    VERSION,
    RELEASE,
    EPOCH,
    ARCH,
    SOURCERPM,
    VENDOR,
    PACKAGER,
    LICENSE,
    MODULE,
    BASENAMES,
    DIRNAMES,
    DIRINDEXES,
    DIGESTS,
    DIGEST_ALGORITHM,
    FLAGS,
    OLD_FILENAMES,
    PROVIDES,
    REQUIRES,
    TAGS,
};

/* Where the values of a tag begin, up to the end of the data; count 0 when the
 * header does not have it. */
struct field {
    struct str data;
    uint32_t count;
};

struct header {
    struct field fields[TAGS];
};

/* Finds the tags in a header; the values are views into bytes. A tag that is
 * broken is noted and left out. ERR_FORMAT when the header as a whole is broken,
 * else fails as rpm_broken does. */
int header_open(struct header *h, struct rpm_db *db, uint64_t number, struct str bytes,
                struct err *err);

/* The first string of a tag, empty when it is not there. */
struct str header_string(const struct header *h, enum tag tag);

/* Number i of a tag, 0 past its end. */
uint32_t header_number(const struct header *h, enum tag tag, size_t i);

/* The strings of a tag one after the other, from a copy of its field; empty
 * ones past its end. */
struct str header_next(struct field *f);

/* "name", "list of folders": for messages. */
const char *header_tag(enum tag tag);

/* rpm_needs.c: what it needs and provides, as it says itself, for capabilities_settle. */
void rpm_needs(struct rpm_db *db, const struct header *h, struct package *p);

#endif
