/* One entry of a tar, from its header block and what came before that: which of
 * its names counts, what kind of thing it is, where its bytes are. */
#include "io/tar_parts.h"

#include "base/err.h"

#include <inttypes.h>
#include <string.h>

/* The name of a 'L' or 'K' ends at its first NUL. */
static struct str long_name(const struct buf *b)
{
    return (struct str){b->at, b->len ? strnlen(b->at, b->len) : 0};
}

static int set_name(struct tar *t, struct buf *out, const char *what, struct str prefix,
                    struct str name, struct err *err)
{
    out->len = 0;
    if (name.n > t->budget.name)
        return err_set(err, ERR_LIMIT, "%s of %zu bytes (limit name)", what, name.n);
    if (prefix.n) {
        buf_str(out, prefix);
        buf_char(out, '/');
    }
    buf_str(out, name);
    return 0;
}

enum { STAR_PREFIX = 131 };

static int name_entry(struct tar *t, const struct tar_header *h, struct err *err)
{
    struct str path = {0}, link = long_name(&t->long_link), prefix = {0};

    if (t->pax.kind != TAR_DENSE && h->flag != 'S')
        path = t->pax.sparse_name;
    if (!path.n)
        path = long_name(&t->long_path);
    if (!path.n)
        path = t->pax.path;
    if (!path.n) {
        path = h->name;
        prefix = h->prefix;
    }
    if (!link.n)
        link = t->pax.link.n ? t->pax.link : h->link;
    if (h->flag != '1' && h->flag != '2')
        link.n = 0;
    if (set_name(t, &t->path, "path", prefix, path, err) < 0 ||
        set_name(t, &t->link, "link target", (struct str){0}, link, err) < 0)
        return err->code;
    return 0;
}

static bool ends_in_slash(const struct tar *t)
{
    return t->path.len && t->path.at[t->path.len - 1] == '/';
}

/* Before POSIX a directory was a file whose name ends in '/'. Of a '0' with
 * content the runtimes make a file nonetheless, and so it must be seen. A type that
 * nobody knows is a file, says POSIX. */
static enum tar_type type_of(const struct tar *t, char flag, uint64_t stored)
{
    switch (flag) {
    case '0':
        return ends_in_slash(t) && stored == 0 ? TAR_DIR : TAR_FILE;
    case '\0':
    case '7':
        return ends_in_slash(t) ? TAR_DIR : TAR_FILE;
    case '1':
        return TAR_HARDLINK;
    case '2':
        return TAR_SYMLINK;
    case '5':
    case 'D': /* GNU: with a list of its names as content */
        return TAR_DIR;
    case '3':
    case '4':
    case '6':
    case 'V': /* GNU: the name of the volume */
        return TAR_OTHER;
    default:
        return TAR_FILE;
    }
}

/* Links, devices, directories and fifos have no content, whatever size they
 * state: so say Go, GNU tar and libarchive. */
static bool has_content(const struct tar *t, char flag)
{
    return flag == '\0' ? !ends_in_slash(t) : flag < '1' || flag > '6';
}

static bool is_known(char flag)
{
    return flag == '\0' || (flag >= '0' && flag <= '7') || flag == 'S' || flag == 'D' ||
           flag == 'V';
}

/* What the programs named in tar.c are known to disagree on. */
static void doubt(struct tar *t, const struct tar_header *h, uint64_t stored)
{
    const struct tar_pax *p = &t->pax;

    if (h->flag == '0' && !t->meta && !h->star && t->path.len && !ends_in_slash(t))
        return; /* nearly every entry */
    if (!t->path.len)
        tar_doubt_here(t, "it has no name");
    if (t->long_path.len && p->path.n)
        tar_doubt_here(t, "two kinds of long name");
    if (t->long_link.len && p->link.n)
        tar_doubt_here(t, "two kinds of long link target");
    if (h->star && h->prefix.n > STAR_PREFIX)
        tar_doubt_here(t, "a name of which star's tar keeps less");
    if (p->emptied)
        tar_doubt_here(t, "an extended header takes a name or size back");
    if (p->sparse_key && p->kind == TAR_DENSE)
        tar_doubt_here(t, "half of a sparse file");
    if (p->has_size && p->size && !has_content(t, h->flag))
        tar_doubt_here(t, "an extended header gives a size to what has no content");
    if (stored && h->flag == '1')
        tar_doubt_here(t, "a hard link with content");
    if (stored && (h->flag == '0' || h->flag == '7') && ends_in_slash(t))
        tar_doubt_here(t, "a folder with content");
    if (!is_known(h->flag))
        tar_doubt_here(t, "a type that nobody knows");
}

static int read_gnu_map(struct tar *t, struct str block, uint64_t *size, struct err *err)
{
    struct tar_map *m = &t->gnu_map;
    bool more = block.p[482];

    m->len = 0;
    m->end = m->stored = 0;
    if (!tar_number((struct str){block.p + 483, 12}, size))
        return err_set(err, ERR_FORMAT, "impossible size");
    if (tar_map_table(m, (struct str){block.p + 386, 4 * 24}, err) < 0)
        return err->code;
    while (more) {
        if (tar_must_block(t, &block, err) < 0)
            return err->code;
        if (tar_map_table(m, (struct str){block.p, 21 * 24}, err) < 0)
            return err->code;
        more = block.p[504];
    }
    t->map = m;
    return 0;
}

static int read_data_map(struct tar *t, struct err *err)
{
    struct tar_map_text text = {0};
    struct str block;

    do {
        if (t->left < TAR_BLOCK)
            return err_set(err, ERR_FORMAT, "sparse map goes past the end of the data");
        if (tar_must_block(t, &block, err) < 0)
            return err->code;
        t->left -= TAR_BLOCK;
        if (tar_map_feed(&t->pax.extents, &text, block, err) < 0)
            return err->code;
    } while (text.more);
    return 0;
}

/* Finds out whether the file is sparse; t->size is what a reader sees then. */
static int read_map(struct tar *t, const struct tar_header *h, struct str block,
                    struct err *err)
{
    if (h->flag == 'S') {
        if (!h->gnu)
            return err_set(err, ERR_FORMAT, "GNU's sparse file in a header that is not");
        if (read_gnu_map(t, block, &t->size, err) < 0)
            return err->code;
    } else {
        if (t->pax.kind == TAR_DENSE)
            return 0;
        if (!has_content(t, h->flag))
            return err_set(err, ERR_FORMAT, "sparse map of what is no file");
        if (t->pax.kind == TAR_SPARSE_DATA && read_data_map(t, err) < 0)
            return err->code;
        if (t->pax.has_real_size)
            t->size = t->pax.real_size;
        t->map = &t->pax.extents;
    }
    t->sparse = true;
    return tar_map_check(t->map, t->size, t->left, err);
}

int tar_entry_make(struct tar *t, const struct tar_header *h, struct str block,
                   struct tar_entry *entry, struct err *err)
{
    uint64_t stored = t->pax.has_size ? t->pax.size : h->size;

    if (t->index >= t->budget.entries)
        return err_set(err, ERR_LIMIT, "more than %" PRIu64 " entries (limit entries)",
                       t->budget.entries);
    if (name_entry(t, h, err) < 0)
        return err->code;
    doubt(t, h, stored);
    if (!has_content(t, h->flag))
        stored = 0;
    *entry = (struct tar_entry){
        .type = type_of(t, h->flag, stored),
        .mode = h->mode & 07777,
        .index = t->index,
    };
    t->left = t->size = stored;
    t->padding = tar_padding(stored);
    if (read_map(t, h, block, err) < 0)
        return err->code;
    entry->path = buf_view(&t->path);
    entry->link = buf_view(&t->link);
    entry->size = t->size;
    entry->data_at = t->at;
    entry->data_size = t->left;
    return 1;
}
