/* The maps of sparse files, as GNU tar writes them: in the header (old GNU), in
 * PAX records (0.0 and 0.1), or in front of the data (1.0). Specified in the
 * GNU tar manual, "Storing Sparse Files". */
#include "io/tar_parts.h"

#include "base/err.h"
#include "base/mem.h"

int tar_map_add(struct tar_map *m, uint64_t at, uint64_t n, struct err *err)
{
    if (m->len == m->most)
        return err_set(err, ERR_LIMIT,
                       "sparse file of more than %zu pieces (limit extents)", m->most);
    if (at < m->end || at > INT64_MAX || n > INT64_MAX - at)
        return err_set(err, ERR_FORMAT, "sparse extent %zu overlaps or is too large",
                       m->len);
    if (m->len == m->cap) {
        m->cap = m->cap ? m->cap * 2 : 32;
        m->at = mem_resize(m->at, m->cap * sizeof *m->at);
    }
    m->at[m->len++] = (struct tar_extent){at, n};
    m->end = at + n;
    m->stored += n;
    return 0;
}

int tar_map_table(struct tar_map *m, struct str table, struct err *err)
{
    for (; table.n >= 24 && table.p[0] != 0; table = str_from(table, 24)) {
        uint64_t at, n;

        if (!tar_number((struct str){table.p, 12}, &at) ||
            !tar_number((struct str){table.p + 12, 12}, &n))
            return err_set(err, ERR_FORMAT, "sparse extent %zu is no number", m->len);
        if (tar_map_add(m, at, n, err) < 0)
            return err->code;
    }
    return 0;
}

int tar_map_list(struct tar_map *m, struct str list, struct err *err)
{
    while (list.n) {
        struct str at_text, n_text;
        uint64_t at, n;

        str_cut(list, ',', &at_text, &list);
        str_cut(list, ',', &n_text, &list);
        if (!str_u64(at_text, &at) || !str_u64(n_text, &n))
            return err_set(err, ERR_FORMAT, "sparse extent %zu is no number", m->len);
        if (tar_map_add(m, at, n, err) < 0)
            return err->code;
    }
    return 0;
}

/* The numbers are the count, then offset and length in turn. */
static int number_done(struct tar_map *m, struct tar_map_text *t, struct err *err)
{
    if (!t->counted) {
        t->counted = true;
        t->count = t->number;
    } else if (!t->at_known) {
        t->at_known = true;
        t->at = t->number;
    } else {
        t->at_known = false;
        if (tar_map_add(m, t->at, t->number, err) < 0)
            return err->code;
    }
    t->number = 0;
    t->digits = false;
    t->more = t->at_known || m->len < t->count;
    return 0;
}

int tar_map_feed(struct tar_map *m, struct tar_map_text *t, struct str block,
                 struct err *err)
{
    t->more = true;
    for (size_t i = 0; i < block.n && t->more; i++) {
        char c = block.p[i];

        if (c == '\n' && t->digits) {
            if (number_done(m, t, err) < 0)
                return err->code;
        } else if (c >= '0' && c <= '9' && t->number < INT64_MAX / 10) {
            t->number = t->number * 10 + (uint64_t)(c - '0');
            t->digits = true;
        } else {
            return err_set(err, ERR_FORMAT, "sparse map holds other things than numbers");
        }
    }
    return 0;
}

int tar_map_check(const struct tar_map *m, uint64_t size, uint64_t stored, struct err *err)
{
    if (m->end > size)
        return err_set(err, ERR_FORMAT, "sparse map goes past the end of the file");
    if (m->stored != stored)
        return err_set(err, ERR_FORMAT, "sparse map does not fit the stored bytes");
    return 0;
}
