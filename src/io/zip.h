#ifndef IO_ZIP_H
#define IO_ZIP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "io/budget.h"

struct err;

/* A zip in memory: a jar, a wheel, an egg. Read by its central directory and nothing else,
 * as the JVM does; of two members of one name the first in it counts. Bytes in front of
 * the zip (a shell script that starts it) belong there. */
struct zip_member {
    struct str name;     /* as written */
    uint64_t size;       /* unpacked, as it says */
    uint64_t packed, at; /* where its bytes are */
    uint32_t crc;
    uint16_t method; /* 0 stored, 8 deflated; others are not read */
    bool encrypted;
};

struct zip {
    struct str bytes;
    struct zip_member *at; /* in the order of the directory */
    size_t len, cap;
    uint64_t unpacked; /* bytes handed out so far, held to the budget */
    char doubt[160];
};

/* The list of members, in a. ERR_FORMAT: no zip, members that lie over each other or over
 * the directory, two ends of which programs take one or the other; ERR_LIMIT. bytes must
 * stay. */
int zip_open(struct arena *a, struct str bytes, const struct budget *budget,
             struct zip *out, struct err *err);

/* Where programs differ in what they find in it: a name twice, a member whose own header
 * gives another name. The first such place; empty when there is none. */
const char *zip_doubt(const struct zip *z);

/* The first of that name, NULL when there is none. Looks at all. */
const struct zip_member *zip_find(const struct zip *z, struct str name);

/* The content of one, put in place of what is in out, with 64 zero bytes behind. Its
 * checksum is verified. ERR_FORMAT, ERR_LIMIT (limits file, bytes, ratio),
 * ERR_UNSUPPORTED (encrypted, or packed otherwise). */
int zip_read(struct zip *z, const struct zip_member *m, const struct budget *budget,
             struct buf *out, struct err *err);

#endif
