/* The header of an installed package. Numbers are big-endian, 32 bits wide.
 *
 *     0    entries, bytes of data
 *     8    16 bytes an entry: tag, type, offset into the data, count
 *     ...  data
 *
 * Types: 4 numbers of 32 bits, 6 one string, 8 count strings, 9 count strings
 * of which the first is in no language; each string ends with a zero byte. When
 * a tag is there twice the last one counts: what rpm adds at installation
 * follows what the package was signed with. Tags and types after rpm's
 * documentation (file format, tags); rpm -qa --qf is the reference. */
#include "pkg/rpm_tags.h"

#include "base/err.h"

#include <string.h>

enum { TYPE_INT32 = 4, TYPE_STRING = 6, TYPE_STRINGS = 8, TYPE_I18N = 9 };
enum { HEAD = 8, ENTRY = 16, ENTRIES_MAX = 65535 };

static const struct {
    uint32_t number, type;
    const char *name;
} tags[TAGS] = {
    [NAME] = {1000, TYPE_STRING, "name"},
    [VERSION] = {1001, TYPE_STRING, "version"},
    [RELEASE] = {1002, TYPE_STRING, "release"},
    [EPOCH] = {1003, TYPE_INT32, "epoch"},
    [VENDOR] = {1011, TYPE_STRING, "vendor"},
    [LICENSE] = {1014, TYPE_STRING, "licence"},
    [PACKAGER] = {1015, TYPE_STRING, "packager"},
    [ARCH] = {1022, TYPE_STRING, "architecture"},
    [OLD_FILENAMES] = {1027, TYPE_STRINGS, "list of files"},
    [DIGESTS] = {1035, TYPE_STRINGS, "list of digests"},
    [FLAGS] = {1037, TYPE_INT32, "list of file flags"},
    [SOURCERPM] = {1044, TYPE_STRING, "source package"},
    [PROVIDES] = {1047, TYPE_STRINGS, "list of what it provides"},
    [REQUIRES] = {1049, TYPE_STRINGS, "list of what it needs"},
    [DIRINDEXES] = {1116, TYPE_INT32, "list of folder numbers"},
    [BASENAMES] = {1117, TYPE_STRINGS, "list of file names"},
    [DIRNAMES] = {1118, TYPE_STRINGS, "list of folders"},
    [DIGEST_ALGORITHM] = {5011, TYPE_INT32, "digest algorithm"},
    [MODULE] = {5096, TYPE_STRING, "module label"},
};

static uint32_t be32(struct str b, size_t at)
{
    const unsigned char *p = (const unsigned char *)b.p + at;

    return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static bool is_type(enum tag tag, uint32_t type)
{
    if (tags[tag].type == TYPE_STRING)
        return type == TYPE_STRING || type == TYPE_I18N;
    return type == tags[tag].type;
}

/* Is the first value there, and could all of them be? */
static bool has_values(const struct field *f, uint32_t type)
{
    if (type == TYPE_INT32)
        return f->count && f->count <= f->data.n / 4;
    return f->count && f->count <= f->data.n && memchr(f->data.p, 0, f->data.n);
}

static int take_entry(struct header *h, struct str entry, struct str data, struct err *err)
{
    uint32_t number = be32(entry, 0), type = be32(entry, 4), offset = be32(entry, 8);

    for (enum tag tag = 0; tag < TAGS; tag++) {
        struct field f = {str_from(data, offset), be32(entry, 12)};

        if (tags[tag].number != number)
            continue;
        if (!is_type(tag, type) || !has_values(&f, type))
            return err_set(err, ERR_FORMAT, "%s is broken: type %u, offset %u, count %u",
                           tags[tag].name, type, offset, f.count);
        h->fields[tag] = f;
        break;
    }
    return 0;
}

int header_open(struct header *h, struct rpm_db *db, uint64_t number, struct str bytes,
                struct err *err)
{
    uint32_t entries, size;

    *h = (struct header){0};
    if (bytes.n < HEAD)
        return err_set(err, ERR_FORMAT, "header of %zu bytes", bytes.n);
    entries = be32(bytes, 0);
    size = be32(bytes, 4);
    if (entries > ENTRIES_MAX || HEAD + (uint64_t)entries * ENTRY + size > bytes.n)
        return err_set(err, ERR_FORMAT, "%u entries and %u bytes do not fit header of %zu",
                       entries, size, bytes.n);
    for (uint32_t i = 0; i < entries; i++) {
        struct str data = {bytes.p + HEAD + (size_t)entries * ENTRY, size};
        struct err what = {0};

        if (take_entry(h, str_from(bytes, HEAD + (size_t)i * ENTRY), data, &what) < 0 &&
            rpm_broken(db, number, &what, err) < 0)
            return err->code;
    }
    return 0;
}

struct str header_string(const struct header *h, enum tag tag)
{
    struct field f = h->fields[tag];

    return header_next(&f);
}

uint32_t header_number(const struct header *h, enum tag tag, size_t i)
{
    const struct field *f = &h->fields[tag];

    return i < f->count ? be32(f->data, 4 * i) : 0;
}

struct str header_next(struct field *f)
{
    struct str out;

    if (f->count && str_cut(f->data, '\0', &out, &f->data)) {
        f->count--;
        return out;
    }
    f->count = 0;
    return (struct str){0};
}

const char *header_tag(enum tag tag)
{
    return tags[tag].name;
}
