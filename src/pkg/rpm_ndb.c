/* rpm's own database, Packages.db. Numbers are little-endian, 32 bits wide.
 *
 *     0    "RpmP", version (0), generation, pages of slots, next number, 12 bytes
 *     32   slots of 16 bytes up to the end of those pages of 4096 bytes:
 *          "Slot", header number, first block, blocks; first block 0 when free
 *     then blobs at multiples of 16 bytes, a block each:
 *          "BlbS", header number, generation, length; the header; zeros;
 *          Adler-32 of all that, length, "BlbE"
 *
 * Layout as in rpm's rpmpkg.c and the files of SLES 15; an rpm built with that
 * backend is the reference. */
#include "base/err.h"
#include "pkg/rpm.h"

#include <zlib.h>

enum { PAGE = 4096, BLOCK = 16, SLOT = 16, HEAD = 16, TAIL = 12 };

static uint32_t le32(struct str b, size_t at)
{
    const unsigned char *p = (const unsigned char *)b.p + at;

    return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool is_magic(struct str b, size_t at, const char *magic)
{
    return str_starts(str_from(b, at), str_of(magic));
}

struct slot {
    uint32_t number, block, blocks;
};

/* The header that a slot leads to. */
static int find_blob(struct rpm_db *db, struct slot slot, struct str *out, struct err *err)
{
    struct str file = db->in->bytes;
    uint64_t at = (uint64_t)slot.block * BLOCK, size = (uint64_t)slot.blocks * BLOCK;
    struct str blob;
    uint32_t len;

    if (at > file.n || size > file.n - at || size < HEAD + TAIL)
        return err_set(err, ERR_FORMAT, "header lies outside the file");
    blob = (struct str){file.p + at, size};
    len = le32(blob, 12);
    if (!is_magic(blob, 0, "BlbS") || !is_magic(blob, size - 4, "BlbE"))
        return err_set(err, ERR_FORMAT, "no blob where its slot says");
    if (le32(blob, 4) != slot.number)
        return err_set(err, ERR_FORMAT, "blob of another header, %u", le32(blob, 4));
    if (len > size - HEAD - TAIL || len != le32(blob, size - 8))
        return err_set(err, ERR_FORMAT, "length of the blob is wrong");
    if (rpm_spend(db, size, err) < 0)
        return err->code;
    if (adler32(1, (const Bytef *)blob.p, (uInt)(size - TAIL)) != le32(blob, size - TAIL))
        return err_set(err, ERR_FORMAT, "checksum of the blob is wrong");
    *out = (struct str){blob.p + HEAD, len};
    return 0;
}

static int read_slot(struct rpm_db *db, struct slot slot, struct err *err)
{
    struct err what = {0};
    struct str header;

    if (find_blob(db, slot, &header, &what) < 0)
        return rpm_broken(db, slot.number, &what, err);
    return rpm_header(db, slot.number, header, err);
}

int rpm_ndb(struct rpm_db *db, struct err *err)
{
    struct str file = db->in->bytes;
    uint64_t end;

    if (file.n < PAGE || !is_magic(file, 0, "RpmP"))
        return err_set(err, ERR_FORMAT, "not an rpm database of the NDB kind");
    if (le32(file, 4) != 0)
        return err_set(err, ERR_UNSUPPORTED, "NDB version %u", le32(file, 4));
    end = (uint64_t)le32(file, 12) * PAGE;
    if (end > file.n)
        return err_set(err, ERR_FORMAT, "%u pages of slots do not fit the file",
                       le32(file, 12));
    for (size_t at = 2 * SLOT; at < end; at += SLOT) {
        struct slot slot = {le32(file, at + 4), le32(file, at + 8), le32(file, at + 12)};

        if (!is_magic(file, at, "Slot"))
            return err_set(err, ERR_FORMAT, "no slot at byte %zu", at);
        if (slot.block && read_slot(db, slot, err) < 0)
            return err->code;
    }
    return 0;
}
