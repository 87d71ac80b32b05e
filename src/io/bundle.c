#include "io/bundle.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/stream.h"
#include "io/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 32, HEAD = 512, PADDING = 64 };

struct walk {
    const struct budget *budget;
    const struct bundle_visit *visit;
};

static void bad(const struct walk *w, struct str name, const struct err *err)
{
    if (w->visit->bad)
        w->visit->bad(w->visit->ctx, name, err);
}

static int each(const struct walk *w, struct str name, struct str bytes, struct err *err)
{
    return w->visit->each(w->visit->ctx, name, bytes, err);
}

static bool is_hidden(struct str name)
{
    return str_starts(name, S(".")) || str_find(name, S("/.")) >= 0;
}

/* ---- tar ---- */

static int walk_tar(const struct walk *w, struct stream *plain, struct err *err)
{
    own_tar tar = tar_open(plain, w->budget);
    struct tar_entry entry;
    int r;

    while ((r = tar_next(tar, &entry, err)) > 0) {
        own(arena) a = {0};
        struct str name = entry.path, bytes;
        struct err why = {0};

        if (str_starts(name, S("./")))
            name = str_from(name, 2);
        if (entry.type != TAR_FILE || is_hidden(name))
            continue;
        if (stream_load(&a, tar_stream(tar), w->budget->file, &bytes, &why) < 0) {
            bad(w, name, &why);
            continue;
        }
        r = each(w, name, bytes, err);
        if (r < 0)
            return r;
    }
    return r;
}

/* ---- zip ---- */

static void own_archive_done(struct archive **a)
{
    if (*a)
        archive_read_free(*a);
}

static int load_member(const struct walk *w, struct archive *zip, struct arena *a,
                       struct str *out, struct err *err)
{
    own(buf) b = {0};
    ssize_t got;

    do {
        buf_reserve(&b, 64 * 1024);
        got = archive_read_data(zip, b.at + b.len, 64 * 1024);
        if (got < 0)
            return err_set(err, ERR_FORMAT, "%s", archive_error_string(zip));
        b.len += (size_t)got;
        if (b.len > w->budget->file)
            return err_set(err, ERR_LIMIT, "larger than its budget");
    } while (got > 0);
    buf_add(&b, (char[PADDING]){0}, PADDING);
    *out = buf_keep(a, &b);
    out->n -= PADDING;
    return 0;
}

static int walk_zip(const struct walk *w, int fd, struct err *err)
{
    __attribute__((cleanup(own_archive_done))) struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    int r;

    archive_read_support_format_zip_seekable(zip);
    if (archive_read_open_fd(zip, fd, 64 * 1024) != ARCHIVE_OK)
        return err_set(err, ERR_FORMAT, "zip: %s", archive_error_string(zip));
    while ((r = archive_read_next_header(zip, &entry)) == ARCHIVE_OK || r == ARCHIVE_WARN) {
        own(arena) a = {0};
        const char *path = archive_entry_pathname(entry);
        struct str name = path ? str_of(path) : (struct str){0}, bytes;
        struct err why = {0};

        if (archive_entry_filetype(entry) != AE_IFREG || is_hidden(name))
            continue;
        if (load_member(w, zip, &a, &bytes, &why) < 0) {
            bad(w, name, &why);
            continue;
        }
        if (each(w, name, bytes, err) < 0)
            return err->code;
    }
    if (r != ARCHIVE_EOF)
        return err_set(err, ERR_FORMAT, "zip: %s", archive_error_string(zip));
    return 0;
}

/* ---- one file, whatever it is ---- */

/* The first bytes of an unpacked stream, at least a tar header's worth if
 * there are so many, and then the rest behind them. */
struct headed {
    struct stream base;
    struct stream *from;
    struct str head, first;
    bool told;
};

static int headed_next(struct stream *base, struct str *out, struct err *err)
{
    struct headed *h = (struct headed *)base;

    if (!h->told && h->head.n) {
        h->told = true;
        *out = h->head;
        return 1;
    }
    return stream_next(h->from, out, err);
}

static void headed_close(struct stream *base)
{
    (void)base; /* on the caller's stack */
}

static int take_head(struct arena *a, struct headed *h, struct err *err)
{
    own(buf) b = {0};
    struct str run;
    int r = 1;

    while (b.len < HEAD && (r = stream_next(h->from, &run, err)) > 0)
        buf_str(&b, run);
    h->head = buf_keep(a, &b);
    return r;
}

/* "x.json.gz" -> "x.json" */
static struct str without_packing(struct str name)
{
    static const char *const ends[] = {".gz", ".zst", ".xz", ".bz2"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, str_of(ends[i])))
            return (struct str){name.p, name.n - strlen(ends[i])};
    return name;
}

static int walk_file(const struct walk *w, int fd, struct str name, struct err *err)
{
    own(arena) a = {0};
    own_stream plain = stream_unpack(stream_file(fd, 0, UINT64_MAX), w->budget);
    struct headed head = {.base = {headed_next, NULL, headed_close}, .from = plain};
    struct str bytes;

    if (take_head(&a, &head, err) < 0)
        return err->code;
    if (str_starts(head.head, S("PK\3\4")) && stream_packing(plain) == PACKING_NONE)
        return walk_zip(w, fd, err);
    if (tar_sniff(head.head))
        return walk_tar(w, &head.base, err);
    if (stream_load(&a, &head.base, w->budget->file, &bytes, err) < 0)
        return err->code;
    return each(w, without_packing(name), bytes, err);
}

/* ---- directories ---- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static int walk_dir(const struct walk *w, int fd, struct str path, int depth,
                    struct err *err);

static int walk_name(const struct walk *w, int dir, const char *name, struct str path,
                     int depth, struct err *err)
{
    own_fd fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct err why = {0};
    struct stat st;
    int r = 0;

    if (fd < 0 || fstat(fd, &st) < 0) {
        err_sys(&why, "cannot open");
        bad(w, path, &why);
        return 0;
    }
    if (S_ISDIR(st.st_mode))
        return walk_dir(w, fd, path, depth + 1, err);
    if (S_ISREG(st.st_mode))
        r = walk_file(w, fd, path, &why);
    if (r == ERR_FORMAT || r == ERR_LIMIT) {
        bad(w, path, &why);
        return 0;
    }
    *err = why;
    return r;
}

static int walk_dir(const struct walk *w, int fd, struct str path, int depth,
                    struct err *err)
{
    struct dirent **names = NULL;
    int n = depth > DEPTH_MAX ? -1 : scandirat(fd, ".", &names, visible, by_name);
    int r = n < 0 ? err_set(err, ERR_IO, STR_FMT ": cannot be listed", STR_ARG(path)) : 0;

    for (int i = 0; i < n; i++) {
        own(arena) a = {0};

        if (r == 0)
            r = walk_name(
                w, fd, names[i]->d_name,
                path.n ? str_printf(&a, STR_FMT "/%s", STR_ARG(path), names[i]->d_name)
                       : str_of(names[i]->d_name),
                depth, err);
        free(names[i]);
    }
    free(names);
    return r;
}

int bundle_each(const char *path, const struct budget *budget,
                const struct bundle_visit *visit, struct err *err)
{
    struct walk w = {budget, visit};
    own_fd fd = open(path, O_RDONLY | O_CLOEXEC);
    struct str dir, base;
    struct stat st;
    int r;

    if (fd < 0 || fstat(fd, &st) < 0)
        return err_sys(err, "%s", path);
    str_cut_last(str_of(path), '/', &dir, &base);
    r = S_ISDIR(st.st_mode) ? walk_dir(&w, fd, (struct str){0}, 0, err)
                            : walk_file(&w, fd, base, err);
    return r < 0 ? err_wrap(err, "%s", path) : 0;
}
