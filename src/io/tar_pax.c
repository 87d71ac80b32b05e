/* Extended headers (POSIX.1-2001, pax): records "LENGTH KEY=VALUE\n", where the
 * length counts the whole record. Of a repeated key the last counts, an empty
 * value takes an earlier one back. Values are bytes whatever hdrcharset says. */
#include "io/tar_parts.h"

#include "base/err.h"

#include <string.h>

static int bad(struct err *err, struct str key)
{
    return err_set(err, ERR_FORMAT, "bad value of " STR_FMT, STR_ARG(key));
}

static int number(struct tar_pax *p, struct str key, struct str value, bool *has,
                  uint64_t *out, struct err *err)
{
    *has = value.n > 0;
    p->emptied |= !*has;
    if (*has && (!str_u64(value, out) || *out > INT64_MAX))
        return bad(err, key);
    return 0;
}

/* A NUL would end the name for one reader and not for another, so that two
 * programs see two different files; Go, which unpacks images, refuses it. */
static int name(struct tar_pax *p, struct str key, struct str value, struct str *out,
                struct err *err)
{
    if (value.n && memchr(value.p, 0, value.n))
        return bad(err, key);
    *out = value;
    p->emptied |= !value.n;
    return 0;
}

/* Version 0.0: offset and length as records in turn, many of each. */
static int extent(struct tar_pax *p, struct str key, struct str value, bool offset,
                  struct err *err)
{
    uint64_t v;

    if (p->half == offset || !str_u64(value, &v))
        return bad(err, key);
    p->half = offset;
    if (!offset)
        return tar_map_add(&p->extents, p->half_at, v, err);
    p->half_at = v;
    return 0;
}

static int sparse_record(struct tar_pax *p, struct str key, struct str value,
                         struct err *err)
{
    struct str what = str_from(key, strlen("GNU.sparse."));

    p->sparse_key = true;
    if (str_equal(what, S("name")))
        return name(p, key, value, &p->sparse_name, err);
    if (str_equal(what, S("major")))
        p->major = value;
    else if (str_equal(what, S("minor")))
        p->minor = value;
    else if (str_equal(what, S("map")))
        p->map = value;
    else if (str_equal(what, S("size")) || str_equal(what, S("realsize")))
        return number(p, key, value, &p->has_real_size, &p->real_size, err);
    else if (str_equal(what, S("numblocks")))
        return number(p, key, value, &p->has_blocks, &p->blocks, err);
    else if (str_equal(what, S("offset")) || str_equal(what, S("numbytes")))
        return extent(p, key, value, str_equal(what, S("offset")), err);
    return 0;
}

static int record(struct tar_pax *p, struct str key, struct str value, struct err *err)
{
    if (str_equal(key, S("path")))
        return name(p, key, value, &p->path, err);
    if (str_equal(key, S("linkpath")))
        return name(p, key, value, &p->link, err);
    if (str_equal(key, S("size")))
        return number(p, key, value, &p->has_size, &p->size, err);
    if (str_starts(key, S("GNU.sparse.")))
        return sparse_record(p, key, value, err);
    return 0;
}

/* 0.0 and 0.1 had no version at first; a map tells them. A version that nobody
 * knows leaves the file as it is stored, for us as for other readers. */
static int sparse(struct tar_pax *p, struct err *err)
{
    bool versioned = p->major.n || p->minor.n;

    if (str_equal(p->major, S("1")) && str_equal(p->minor, S("0"))) {
        p->kind = TAR_SPARSE_DATA;
        p->extents.len = 0;
        p->extents.end = p->extents.stored = 0;
        return 0;
    }
    if (versioned ? !str_equal(p->major, S("0")) : !p->map.n && !p->extents.len)
        return 0;
    p->kind = TAR_SPARSE_PAX;
    if (p->map.n && p->extents.len)
        return err_set(err, ERR_FORMAT, "two sparse maps");
    if (tar_map_list(&p->extents, p->map, err) < 0)
        return err->code;
    if (p->has_blocks && p->blocks != p->extents.len)
        return err_set(err, ERR_FORMAT, "sparse map has another length than it states");
    return 0;
}

int tar_pax_read(struct str body, struct tar_pax *p, struct err *err)
{
    struct tar_map keep = {
        .at = p->extents.at, .cap = p->extents.cap, .most = p->extents.most};

    *p = (struct tar_pax){.extents = keep};
    while (body.n) {
        struct str length, rest, key, value;
        uint64_t n;

        if (!str_cut(body, ' ', &length, &rest) || !str_u64(length, &n) || n > body.n ||
            n <= length.n + 1 || body.p[n - 1] != '\n')
            return err_set(err, ERR_FORMAT, "extended header: bad record length");
        rest.n = (size_t)n - length.n - 2; /* less the blank and the newline */
        if (!str_cut(rest, '=', &key, &value) || key.n == 0)
            return err_set(err, ERR_FORMAT, "extended header: record without a key");
        if (record(p, key, value, err) < 0)
            return err_wrap(err, "extended header");
        body = str_from(body, (size_t)n);
    }
    if (p->half)
        return err_set(err, ERR_FORMAT, "extended header: offset without a length");
    return sparse(p, err) < 0 ? err_wrap(err, "extended header") : 0;
}
