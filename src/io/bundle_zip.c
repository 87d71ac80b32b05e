/* Zip through libarchive, by its central directory; what members come to is
 * held to the budget of a whole feed. */
#include "io/bundle_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <locale.h>
#include <sys/stat.h>

enum { STEP = 64 * 1024, PADDING = 64 };

struct zip {
    struct walk *w;
    struct archive *archive;
    struct str inside;
    uint64_t packed, unpacked, entries;
    struct arena a; /* of the names */
    struct map names;
};

/* Of two members of one name the first counts. */
static bool is_again(struct zip *z, struct str name)
{
    struct err why = {0};
    void **at = map_at_copy(&z->a, &z->names, name);

    if (!*at) {
        *at = z;
        return false;
    }
    err_set(&why, ERR_FORMAT, "a second member of this name");
    walk_bad(z->w, name, &why);
    return true;
}

static void own_archive_done(struct archive **a)
{
    if (*a)
        archive_read_free(*a);
}
#define own_archive __attribute__((cleanup(own_archive_done))) struct archive *

static bool over_budget(const struct zip *z)
{
    const struct budget *b = z->w->budget;

    return z->entries > b->entries || z->unpacked > b->bytes ||
           (z->unpacked > b->ratio_from && z->unpacked / b->ratio > z->packed);
}

static int load(struct zip *z, struct arena *a, struct str *out, struct err *err)
{
    own(buf) b = {0};
    ssize_t got;

    do {
        buf_reserve(&b, STEP);
        got = archive_read_data(z->archive, b.at + b.len, STEP);
        if (got < 0)
            return err_set(err, ERR_FORMAT, "%s", archive_error_string(z->archive));
        b.len += (size_t)got;
        z->unpacked += (uint64_t)got;
        if (b.len > z->w->budget->file || over_budget(z))
            return err_set(err, ERR_LIMIT, "larger than its budget");
    } while (got > 0);
    buf_add(&b, (char[PADDING]){0}, PADDING);
    *out = buf_keep(a, &b);
    out->n -= PADDING;
    return 0;
}

static struct str name_of(struct arena *a, const struct zip *z, struct archive_entry *e)
{
    const char *path = archive_entry_pathname_utf8(e);

    if (!path)
        path = archive_entry_pathname(e);
    return path ? str_copy(a, walk_name(str_of(path)))
                : str_printf(a, "member %" PRIu64, z->entries);
}

static int take_member(struct zip *z, struct archive_entry *e, struct err *err)
{
    own(arena) a = {0};
    struct str name = name_of(&a, z, e), bytes;
    struct err why = {0};

    if (archive_entry_filetype(e) != AE_IFREG || walk_hidden(name))
        return 0;
    name = str_printf(&a, STR_FMT STR_FMT, STR_ARG(z->inside), STR_ARG(name));
    if (is_again(z, name))
        return 0;
    if (load(z, &a, &bytes, &why) == 0)
        return walk_each(z->w, name, bytes, err);
    walk_bad(z->w, name, &why);
    return 0;
}

static int members(struct zip *z, int fd, struct err *err)
{
    own_archive archive = archive_read_new();
    struct archive_entry *e;
    int r;

    z->archive = archive;
    archive_read_support_format_zip_seekable(archive);
    if (archive_read_open_fd(archive, fd, STEP) != ARCHIVE_OK)
        return err_set(err, ERR_FORMAT, "zip: %s", archive_error_string(archive));
    while ((r = archive_read_next_header(archive, &e)) == ARCHIVE_OK || r == ARCHIVE_WARN) {
        z->entries++;
        if (over_budget(z))
            return err_set(err, ERR_LIMIT, "zip: larger than its budget");
        if (take_member(z, e, err) < 0)
            return z->w->stopped;
    }
    if (r != ARCHIVE_EOF)
        return err_set(err, ERR_FORMAT, "zip: %s", archive_error_string(archive));
    return 0;
}

/* libarchive gives names that are not ASCII in the locale of the thread, and
 * none at all where they do not fit: it is UTF-8 for as long. */
int walk_zip(struct walk *w, int fd, struct str inside, struct err *err)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    struct zip z = {.w = w, .inside = inside};
    struct stat st;
    int r = fstat(fd, &st) < 0 ? err_sys(err, "zip") : 0;

    z.packed = (uint64_t)st.st_size;
    if (r == 0)
        r = walk_zip_check(w, fd, z.packed, inside, err);
    if (r == 0)
        r = members(&z, fd, err);
    arena_done(&z.a);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return r;
}
