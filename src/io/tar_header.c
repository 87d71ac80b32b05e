/* tar(5): the header block.
 *     0 name 100, 100 mode 8, 124 size 12, 148 checksum 8, 156 type, 157 link 100,
 *     257 magic "ustar" NUL (POSIX) or "ustar  " (GNU), 345 prefix 155 (POSIX) */
#include "io/tar_header.h"

#include "base/err.h"

#include <string.h>

bool tar_number(const char *field, size_t n, uint64_t *out)
{
    const unsigned char *p = (const unsigned char *)field;
    uint64_t v = 0;
    size_t i = 0;

    if (p[0] & 0x80) {
        if (p[0] & 0x40) /* negative */
            return false;
        v = p[0] & 0x3f;
        for (i = 1; i < n; i++) {
            if (v >> 55)
                return false;
            v = v << 8 | p[i];
        }
        *out = v;
        return true;
    }
    while (i < n && (p[i] == ' ' || p[i] == '\0'))
        i++;
    for (; i < n && p[i] >= '0' && p[i] <= '7'; i++) {
        if (v >> 60)
            return false;
        v = v << 3 | (uint64_t)(p[i] - '0');
    }
    for (; i < n; i++)
        if (p[i] != ' ' && p[i] != '\0')
            return false;
    *out = v;
    return true;
}

bool tar_is_zero(const char *block)
{
    static const char zero[TAR_BLOCK];

    return memcmp(block, zero, TAR_BLOCK) == 0;
}

/* The sum of all bytes, the checksum field counted as blanks; some old tars
 * added signed bytes. */
static bool sum_is_right(const char *block)
{
    uint64_t stored, sum = 0;
    int64_t as_signed = 0;

    if (!tar_number(block + 148, 8, &stored))
        return false;
    for (int i = 0; i < TAR_BLOCK; i++) {
        char c = i >= 148 && i < 156 ? ' ' : block[i];

        sum += (unsigned char)c;
        as_signed += (signed char)c;
    }
    return stored == sum || (int64_t)stored == as_signed;
}

static struct str text(const char *field, size_t n)
{
    return (struct str){field, strnlen(field, n)};
}

int tar_header_read(const char *block, struct tar_header *out, struct err *err)
{
    bool posix = memcmp(block + 257, "ustar\0", 6) == 0;

    *out = (struct tar_header){
        .name = text(block, 100),
        .link = text(block + 157, 100),
        .type = block[156],
        .gnu = memcmp(block + 257, "ustar ", 6) == 0,
    };
    if (!sum_is_right(block))
        return err_set(err, ERR_FORMAT, "header checksum is wrong");
    if (!tar_number(block + 124, 12, &out->size))
        return err_set(err, ERR_FORMAT, "size is not a number");
    tar_number(block + 100, 8, &out->mode);
    if (posix)
        out->prefix = text(block + 345, 155);
    return 0;
}

/* ---- PAX records ---- */

static int add_extent(struct arena *a, struct extent_list *map, uint64_t at, uint64_t len,
                      struct err *err)
{
    if (map->len >= TAR_EXTENTS_MAX)
        return err_set(err, ERR_LIMIT, "sparse file of more than %d parts",
                       TAR_EXTENTS_MAX);
    *arena_push(a, map) = (struct extent){at, len};
    return 0;
}

/* "0,512,4096,100": offset and length by turns */
static int read_map(struct arena *a, struct str value, struct extent_list *map,
                    struct err *err)
{
    struct str at, len;
    uint64_t x, y;

    map->len = 0;
    while (value.n) {
        str_cut(value, ',', &at, &value);
        str_cut(value, ',', &len, &value);
        if (!str_u64(at, &x) || !str_u64(len, &y))
            return err_set(err, ERR_FORMAT, "sparse map is not made of numbers");
        if (add_extent(a, map, x, y, err) < 0)
            return err->code;
    }
    return 0;
}

static int take_text(struct arena *a, struct str value, struct str *out, bool *has,
                     struct err *err)
{
    if (value.n && memchr(value.p, '\0', value.n))
        return err_set(err, ERR_FORMAT, "NUL byte in a PAX name");
    *has = value.n > 0;
    *out = str_copy(a, value);
    return 0;
}

static int take_number(struct str value, uint64_t *out, bool *has, struct err *err)
{
    *has = value.n > 0;
    if (value.n && !str_u64(value, out))
        return err_set(err, ERR_FORMAT, "PAX size is not a number");
    return 0;
}

static int take_sparse(struct arena *a, struct str key, struct str value, struct pax *pax,
                       struct err *err)
{
    uint64_t n = 0;
    bool has;

    if (str_equal(key, S("map"))) {
        pax->has_sparse = true;
        return read_map(a, value, &pax->map, err);
    }
    if (str_equal(key, S("name")))
        return take_text(a, value, &pax->sparse_name, &pax->has_sparse_name, err);
    if (take_number(value, &n, &has, err) < 0)
        return err->code;
    if (str_equal(key, S("major")))
        pax->sparse_major = n;
    else if (str_equal(key, S("minor")))
        pax->sparse_minor = n;
    else if (str_equal(key, S("size")) || str_equal(key, S("realsize")))
        pax->sparse_size = n;
    else if (str_equal(key, S("offset")))
        return add_extent(a, &pax->map, n, 0, err);
    else if (str_equal(key, S("numbytes")) && pax->map.len)
        pax->map.at[pax->map.len - 1].len = n;
    pax->has_sparse = true;
    return 0;
}

static int take_record(struct arena *a, struct str key, struct str value, struct pax *pax,
                       struct err *err)
{
    if (str_equal(key, S("path")))
        return take_text(a, value, &pax->path, &pax->has_path, err);
    if (str_equal(key, S("linkpath")))
        return take_text(a, value, &pax->link, &pax->has_link, err);
    if (str_equal(key, S("size")))
        return take_number(value, &pax->size, &pax->has_size, err);
    if (str_starts(key, S("GNU.sparse.")))
        return take_sparse(a, str_from(key, 11), value, pax, err);
    return 0;
}

int tar_pax_read(struct arena *a, struct str records, struct pax *pax, struct err *err)
{
    while (records.n) {
        struct str length, rest, key, value;
        uint64_t n;

        if (!str_cut(records, ' ', &length, &rest) || !str_u64(length, &n) ||
            n <= length.n + 1 || n > records.n || records.p[n - 1] != '\n')
            return err_set(err, ERR_FORMAT, "PAX record of a wrong length");
        rest = (struct str){rest.p, (size_t)n - length.n - 2};
        if (!str_cut(rest, '=', &key, &value))
            return err_set(err, ERR_FORMAT, "PAX record without a value");
        if (take_record(a, key, value, pax, err) < 0)
            return err->code;
        records = str_from(records, (size_t)n);
    }
    return 0;
}

/* ---- sparse maps ---- */

bool tar_map_valid(const struct extent_list *map, uint64_t size)
{
    uint64_t end = 0;

    for (size_t i = 0; i < map->len; i++) {
        const struct extent *e = &map->at[i];

        if (e->at < end || __builtin_add_overflow(e->at, e->len, &end) || end > size)
            return false;
    }
    return true;
}

int tar_map_old(struct arena *a, const char *at, size_t n, struct extent_list *map,
                struct err *err)
{
    for (size_t i = 0; i < n; i++, at += 24) {
        uint64_t x, y;

        if (at[0] == '\0' && at[12] == '\0')
            continue;
        if (!tar_number(at, 12, &x) || !tar_number(at + 12, 12, &y))
            return err_set(err, ERR_FORMAT, "sparse map is not made of numbers");
        if (add_extent(a, map, x, y, err) < 0)
            return err->code;
    }
    return 0;
}
