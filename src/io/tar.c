#include "io/tar.h"

#include "base/err.h"
#include "base/own.h"
#include "io/stream.h"
#include "io/tar_header.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ZEROS = 64 * 1024, PAX_MAX = 1 << 20 };

struct tar {
    struct stream *from;
    const struct budget *budget;
    struct str run;        /* bytes of the stream not yet looked at */
    uint64_t at;           /* offset in the stream of the first of them */
    char block[TAR_BLOCK]; /* a header that lies in two runs */
    uint64_t index;        /* entries so far */
    uint64_t left, pad;    /* stored bytes of the current entry, and behind it */
    bool header_only;
    struct arena names; /* of the current entry */
    struct arena global;
    struct pax defaults; /* of global PAX headers */
    bool sparse;
    struct extent_list map;
    size_t extent;          /* the next one */
    uint64_t logical, size; /* position in, and length of, what a reader sees */
    bool ended;
    struct stream content;
};

static const char zeros[ZEROS];

/* ---- bytes of the stream ---- */

/* 1: there are some in t->run; 0: the stream has ended. */
static int more(struct tar *t, struct err *err)
{
    return t->run.n ? 1 : stream_next(t->from, &t->run, err);
}

static struct str use(struct tar *t, size_t n)
{
    struct str s = {t->run.p, n};

    t->run = str_from(t->run, n);
    t->at += n;
    return s;
}

/* A whole block: 1 and its bytes, good until the next use; 0 at the end. */
static int block(struct tar *t, const char **out, struct err *err)
{
    size_t have = 0;
    int r = more(t, err);

    if (r <= 0)
        return r;
    if (t->run.n >= TAR_BLOCK) {
        *out = use(t, TAR_BLOCK).p;
        return 1;
    }
    while (have < TAR_BLOCK) {
        size_t n;

        r = more(t, err);
        if (r == 0)
            return err_set(err, ERR_FORMAT, "ends inside a header");
        if (r < 0)
            return r;
        n = t->run.n < TAR_BLOCK - have ? t->run.n : TAR_BLOCK - have;
        memcpy(t->block + have, use(t, n).p, n);
        have += n;
    }
    *out = t->block;
    return 1;
}

static int pass_over(struct tar *t, uint64_t n, struct err *err)
{
    while (n > 0) {
        int r;

        if (t->run.n) {
            n -= use(t, n < t->run.n ? (size_t)n : t->run.n).n;
            continue;
        }
        if (t->from->skip) {
            uint64_t done = n;

            r = t->from->skip(t->from, &done, err);
            if (r < 0)
                return r;
            t->at += done;
            n -= done;
            if (n == 0)
                break;
        }
        r = more(t, err);
        if (r == 0)
            return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", n);
        if (r < 0)
            return r;
    }
    return 0;
}

/* The content of an extended header, held in the arena. */
static int load(struct tar *t, struct arena *a, uint64_t n, struct str *out,
                struct err *err)
{
    char *at;
    size_t have = 0;

    if (n > PAX_MAX)
        return err_set(err, ERR_LIMIT, "extended header of %" PRIu64 " bytes", n);
    at = arena_alloc(a, (size_t)n + 1, 1);
    while (have < n) {
        int r = more(t, err);
        size_t some;

        if (r == 0)
            return err_set(err, ERR_FORMAT, "ends inside an extended header");
        if (r < 0)
            return r;
        some = t->run.n < n - have ? t->run.n : (size_t)n - have;
        memcpy(at + have, use(t, some).p, some);
        have += some;
    }
    *out = (struct str){at, have};
    return pass_over(t, -n & (TAR_BLOCK - 1), err);
}

/* ---- extended headers ---- */

struct extended {
    struct str gnu_name, gnu_link;
    struct pax pax;
    bool any;
};

static struct str cut_nul(struct str s)
{
    return (struct str){s.p, s.n ? strnlen(s.p, s.n) : 0};
}

/* 1: h was an extended header and is taken; 0: it is an entry. */
static int take_extended(struct tar *t, const struct tar_header *h, struct extended *x,
                         struct err *err)
{
    struct str bytes;
    int r;

    if (h->type != 'x' && h->type != 'g' && h->type != 'L' && h->type != 'K')
        return 0;
    x->any = true;
    r = load(t, h->type == 'g' ? &t->global : &t->names, h->size, &bytes, err);
    if (r < 0)
        return r;
    if (h->type == 'L')
        x->gnu_name = cut_nul(bytes);
    else if (h->type == 'K')
        x->gnu_link = cut_nul(bytes);
    else
        r = h->type == 'g' ? tar_pax_read(&t->global, bytes, &t->defaults, err)
                           : tar_pax_read(&t->names, bytes, &x->pax, err);
    return r < 0 ? r : 1;
}

static struct str full_name(struct tar *t, const struct tar_header *h)
{
    if (h->prefix.n)
        return str_printf(&t->names, STR_FMT "/" STR_FMT, STR_ARG(h->prefix),
                          STR_ARG(h->name));
    return str_copy(&t->names, h->name);
}

static enum tar_type type_of(char type, struct str path)
{
    switch (type) {
    case '0':
    case '\0':
        return str_ends(path, S("/")) ? TAR_DIR : TAR_FILE; /* folders before POSIX */
    case '7':
    case 'S':
        return TAR_FILE;
    case '1':
        return TAR_HARDLINK;
    case '2':
        return TAR_SYMLINK;
    case '5':
        return TAR_DIR;
    default:
        return TAR_OTHER;
    }
}

/* Types that are never followed by content, whatever their size says. */
static bool is_header_only(char type)
{
    return type >= '1' && type <= '6';
}

/* ---- sparse files ---- */

/* Old GNU: four pairs in the header at 386, a mark at 482, the size at 483;
 * further blocks of 21 pairs with their mark at 504. */
static int old_sparse(struct tar *t, const char *header, struct err *err)
{
    bool going_on = header[482] != 0;
    int r;

    if (!tar_number(header + 483, 12, &t->size))
        return err_set(err, ERR_FORMAT, "size of a sparse file is not a number");
    r = tar_map_old(&t->names, header + 386, 4, &t->map, err);
    while (r == 0 && going_on) {
        const char *b;

        r = block(t, &b, err);
        if (r == 0)
            return err_set(err, ERR_FORMAT, "ends inside a sparse map");
        if (r < 0)
            return r;
        going_on = b[504] != 0;
        r = tar_map_old(&t->names, b, 21, &t->map, err);
    }
    t->sparse = true;
    return r;
}

/* A line with a decimal number out of the map of version 1.0. */
static int map_number(struct tar *t, const char **b, size_t *i, uint64_t *out,
                      struct err *err)
{
    *out = 0;
    for (;;) {
        char c;

        if (*i == TAR_BLOCK) {
            int r = t->left >= TAR_BLOCK ? block(t, b, err) : 0;

            if (r == 0)
                return err_set(err, ERR_FORMAT, "ends inside a sparse map");
            if (r < 0)
                return r;
            t->left -= TAR_BLOCK;
            *i = 0;
        }
        c = (*b)[(*i)++];
        if (c == '\n')
            return 0;
        if (c < '0' || c > '9' || *out > UINT64_MAX / 10 - 1)
            return err_set(err, ERR_FORMAT, "sparse map is not made of numbers");
        *out = *out * 10 + (uint64_t)(c - '0');
    }
}

/* Version 1.0 keeps the map in the content's first blocks: count, then offset
 * and length by turns, a line each. */
static int new_sparse(struct tar *t, struct err *err)
{
    const char *b = NULL;
    size_t i = TAR_BLOCK;
    uint64_t n;

    if (map_number(t, &b, &i, &n, err) < 0)
        return err->code;
    if (n > TAR_EXTENTS_MAX)
        return err_set(err, ERR_LIMIT, "sparse file of %" PRIu64 " parts", n);
    while (n-- > 0) {
        struct extent *e = arena_push(&t->names, &t->map);

        if (map_number(t, &b, &i, &e->at, err) < 0 ||
            map_number(t, &b, &i, &e->len, err) < 0)
            return err->code;
    }
    return 0;
}

static int pax_sparse(struct tar *t, const struct pax *pax, struct err *err)
{
    t->sparse = true;
    t->size = pax->sparse_size;
    t->map = pax->map;
    return pax->sparse_major == 1 ? new_sparse(t, err) : 0;
}

/* The map must fit what is stored. */
static int check_sparse(struct tar *t, struct err *err)
{
    uint64_t stored = 0;

    if (!tar_map_valid(&t->map, t->size))
        return err_set(err, ERR_FORMAT, "sparse map is out of order");
    for (size_t i = 0; i < t->map.len; i++)
        stored += t->map.at[i].len;
    if (stored != t->left)
        return err_set(err, ERR_FORMAT, "sparse map and stored size differ");
    return 0;
}

/* ---- entries ---- */

static int finish_entry(struct tar *t, struct err *err)
{
    int r = pass_over(t, t->left + t->pad, err);

    t->left = t->pad = t->logical = t->size = 0;
    t->sparse = false;
    t->map = (struct extent_list){0};
    t->extent = 0;
    arena_reset(&t->names);
    return r;
}

/* Joins the header, GNU names and PAX records: the later in this list wins. */
static int make_entry(struct tar *t, const struct tar_header *h, const char *raw,
                      const struct extended *x, struct tar_entry *e, struct err *err)
{
    const struct pax *pax = &x->pax;
    uint64_t size = pax->has_size          ? pax->size
                    : t->defaults.has_size ? t->defaults.size
                                           : h->size;

    *e = (struct tar_entry){.mode = h->mode, .index = t->index};
    e->path = x->gnu_name.n ? x->gnu_name : full_name(t, h);
    e->path = t->defaults.has_path ? t->defaults.path : e->path;
    e->path = pax->has_path ? pax->path : e->path;
    e->path = pax->has_sparse_name ? pax->sparse_name : e->path;
    e->link = x->gnu_link.n ? x->gnu_link : str_copy(&t->names, h->link);
    e->link = pax->has_link ? pax->link : e->link;
    if (e->path.n > t->budget->name || e->link.n > t->budget->name)
        return err_set(err, ERR_LIMIT, "name of %zu bytes",
                       e->path.n > e->link.n ? e->path.n : e->link.n);
    e->type = type_of(h->type, e->path);
    t->left = is_header_only(h->type) ? 0 : size;
    if (t->left > INT64_MAX)
        return err_set(err, ERR_FORMAT, "impossible size");
    t->pad = -t->left & (TAR_BLOCK - 1);
    t->size = t->left;
    if (h->type == 'S' && old_sparse(t, raw, err) < 0)
        return err->code;
    if (pax->has_sparse && e->type == TAR_FILE && pax_sparse(t, pax, err) < 0)
        return err->code;
    if (t->sparse && check_sparse(t, err) < 0)
        return err->code;
    e->size = t->size;
    e->data_at = t->at;
    e->data_size = t->left;
    return 1;
}

/* 1: an entry; 0: the end of the archive. */
static int read_entry(struct tar *t, struct tar_entry *e, struct err *err)
{
    struct extended x = {0};
    struct tar_header h;
    char raw[TAR_BLOCK];
    const char *b;
    int r;

    for (;;) {
        r = block(t, &b, err);
        if (r == 0 && x.any)
            return err_set(err, ERR_FORMAT, "ends behind an extended header");
        if (r <= 0 || tar_is_zero(b))
            return r < 0 ? r : 0;
        memcpy(raw, b, TAR_BLOCK); /* the views of h must outlive the next block */
        if (tar_header_read(raw, &h, err) < 0)
            return err->code;
        r = take_extended(t, &h, &x, err);
        if (r <= 0)
            break;
    }
    return r < 0 ? r : make_entry(t, &h, raw, &x, e, err);
}

/* What lies behind the end mark is padding; a digest below wants to see it. */
static int drain(struct tar *t, struct err *err)
{
    int r;

    t->run = (struct str){0};
    while ((r = stream_next(t->from, &t->run, err)) > 0)
        ;
    t->run = (struct str){0};
    return r;
}

int tar_next(struct tar *t, struct tar_entry *entry, struct err *err)
{
    int r;

    if (t->ended)
        return 0;
    r = finish_entry(t, err);
    if (r == 0) {
        if (t->index >= t->budget->entries)
            return err_set(err, ERR_LIMIT, "more than %" PRIu64 " entries",
                           t->budget->entries);
        r = read_entry(t, entry, err);
    }
    if (r < 0)
        return err_wrap(err, "entry %" PRIu64, t->index + 1);
    if (r > 0) {
        t->index++;
        return 1;
    }
    t->ended = true;
    return drain(t, err);
}

/* ---- content ---- */

/* Up to `most` stored bytes. */
static int stored(struct tar *t, uint64_t most, struct str *run, struct err *err)
{
    int r = more(t, err);

    if (r == 0)
        return err_set(err, ERR_FORMAT, "content ends %" PRIu64 " bytes early", t->left);
    if (r < 0)
        return r;
    *run = use(t, most < t->run.n ? (size_t)most : t->run.n);
    t->left -= run->n;
    t->logical += run->n;
    return 1;
}

static int hole(struct tar *t, uint64_t until, struct str *run)
{
    uint64_t n = until - t->logical;

    *run = (struct str){zeros, n < ZEROS ? (size_t)n : ZEROS};
    t->logical += run->n;
    return 1;
}

static int sparse_data(struct tar *t, struct str *run, struct err *err)
{
    while (t->extent < t->map.len) {
        const struct extent *e = &t->map.at[t->extent];

        if (t->logical < e->at)
            return hole(t, e->at, run);
        if (t->logical < e->at + e->len)
            return stored(t, e->at + e->len - t->logical, run, err);
        t->extent++;
    }
    return t->logical < t->size ? hole(t, t->size, run) : 0;
}

int tar_data(struct tar *t, struct str *run, struct err *err)
{
    if (t->sparse)
        return sparse_data(t, run, err);
    return t->left ? stored(t, t->left, run, err) : 0;
}

static int content_next(struct stream *s, struct str *out, struct err *err)
{
    struct tar *t = (struct tar *)((char *)s - offsetof(struct tar, content));

    return tar_data(t, out, err);
}

static void content_close(struct stream *s)
{
    (void)s; /* part of the tar */
}

struct stream *tar_stream(struct tar *t)
{
    t->content = (struct stream){content_next, NULL, content_close};
    return &t->content;
}

/* ---- the whole ---- */

struct tar *tar_open(struct stream *from, const struct budget *budget)
{
    struct tar *t = calloc(1, sizeof *t);

    if (!t)
        abort();
    t->from = from;
    t->budget = budget;
    return t;
}

void tar_close(struct tar *t)
{
    if (!t)
        return;
    arena_done(&t->names);
    arena_done(&t->global);
    free(t);
}

bool tar_sniff(struct str first512)
{
    struct tar_header h;
    struct err err = {0};

    return first512.n >= TAR_BLOCK && !tar_is_zero(first512.p) &&
           tar_header_read(first512.p, &h, &err) == 0;
}
