/* Zip through libarchive, by its central directory; what members come to is
 * held to the budget of a whole feed. */
#include "io/bundle_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "io/archive_lib.h"

#include <inttypes.h>
#include <locale.h>
#include <sys/stat.h>

enum { STEP = 64 * 1024, PADDING = 64 };

struct zip {
    struct walk *w;
    const struct archive_lib *lib;
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

static void zip_done(struct zip *z)
{
    arena_done(&z->a);
    if (z->archive)
        z->lib->archive_read_free(z->archive);
}

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
        got = z->lib->archive_read_data(z->archive, b.at + b.len, STEP);
        if (got < 0)
            return err_set(err, ERR_FORMAT, "%s", z->lib->archive_error_string(z->archive));
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
    const char *path = z->lib->archive_entry_pathname_utf8(e);

    if (!path)
        path = z->lib->archive_entry_pathname(e);
    return path ? str_copy(a, walk_name(str_of(path)))
                : str_printf(a, "member %" PRIu64, z->entries);
}

static int take_member(struct zip *z, struct archive_entry *e, struct err *err)
{
    own(arena) a = {0};
    struct str name = name_of(&a, z, e), bytes;
    struct err why = {0};

    if (z->lib->archive_entry_filetype(e) != AE_IFREG || walk_hidden(name))
        return 0;
    name = str_printf(&a, STR_FMT STR_FMT, STR_ARG(z->inside), STR_ARG(name));
    if (is_again(z, name))
        return 0;
    if (load(z, &a, &bytes, &why) == 0)
        return walk_each(z->w, name, bytes, err);
    walk_bad(z->w, name, &why);
    return 0;
}

static int open_zip(struct zip *z, int fd, struct err *err)
{
    struct stat st;

    z->lib = archive_lib(err);
    if (!z->lib)
        return err->code;
    if (fstat(fd, &st) < 0)
        return err_sys(err, "zip");
    z->packed = (uint64_t)st.st_size;
    if (walk_zip_check(z->w, fd, z->packed, z->inside, err) < 0)
        return err->code;
    z->archive = z->lib->archive_read_new();
    z->lib->archive_read_support_format_zip_seekable(z->archive);
    if (z->lib->archive_read_open_fd(z->archive, fd, STEP) != ARCHIVE_OK)
        return err_set(err, ERR_FORMAT, "zip: %s",
                       z->lib->archive_error_string(z->archive));
    return 0;
}

static int members(struct walk *w, int fd, struct str inside, struct err *err)
{
    own(zip) z = {.w = w, .inside = inside};
    struct archive_entry *e;
    int r;

    if (open_zip(&z, fd, err) < 0)
        return err->code;
    while ((r = z.lib->archive_read_next_header(z.archive, &e)) == ARCHIVE_OK ||
           r == ARCHIVE_WARN) {
        z.entries++;
        if (over_budget(&z))
            return err_set(err, ERR_LIMIT, "zip: larger than its budget");
        if (take_member(&z, e, err) < 0)
            return w->stopped;
    }
    if (r != ARCHIVE_EOF)
        return err_set(err, ERR_FORMAT, "zip: %s", z.lib->archive_error_string(z.archive));
    return 0;
}

/* libarchive gives names that are not ASCII in the locale of the thread, and
 * none at all where they do not fit: it is UTF-8 for as long. */
int walk_zip(struct walk *w, int fd, struct str inside, struct err *err)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    int r = members(w, fd, inside, err);

    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return r;
}
