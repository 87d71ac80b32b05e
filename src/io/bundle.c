#include "io/bundle_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/stream.h"
#include "io/tar.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { HEAD = 512 };

int walk_each(struct walk *w, struct str name, struct str bytes, struct err *err)
{
    int r = w->visit->each(w->visit->ctx, name, bytes, err);

    if (r < 0)
        w->stopped = r;
    return r < 0 ? r : 0;
}

void walk_bad(struct walk *w, struct str name, const struct err *err)
{
    if (w->visit->bad)
        w->visit->bad(w->visit->ctx, name, err);
}

struct str walk_name(struct str name)
{
    return str_starts(name, S("./")) ? str_from(name, 2) : name;
}

bool walk_hidden(struct str name)
{
    return str_starts(name, S(".")) || str_find(name, S("/.")) >= 0;
}

/* ---- tar ---- */

static int walk_tar(struct walk *w, struct stream *plain, struct str inside,
                    struct err *err)
{
    own_tar tar = tar_open(plain, w->budget);
    struct tar_entry entry;
    int r;

    while ((r = tar_next(tar, &entry, err)) > 0) {
        own(arena) a = {0};
        struct str member = walk_name(entry.path), name, bytes;
        struct err why = {0};

        if (entry.type != TAR_FILE || walk_hidden(member))
            continue;
        name = str_printf(&a, STR_FMT STR_FMT, STR_ARG(inside), STR_ARG(member));
        if (stream_load(&a, tar_stream(tar), w->budget->file, &bytes, &why) < 0)
            walk_bad(w, name, &why);
        else if ((r = walk_each(w, name, bytes, err)) < 0)
            return r;
    }
    if (r == 0 && !tar_whole(tar))
        return err_set(err, ERR_FORMAT, "no end mark: it may have been cut off");
    return r;
}

/* ---- one file, whatever it is ---- */

/* The first bytes of an unpacked stream, at least a tar header's worth if
 * there are so many, and then the rest behind them. */
struct headed {
    struct stream base;
    struct stream *from;
    struct str head;
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

/* Nothing but the end of a central directory, which libarchive does not know. */
static bool is_empty_zip(struct str head)
{
    return head.n == 22 && str_starts(head, S("PK\5\6"));
}

int walk_file(struct walk *w, int fd, struct str name, struct str inside, struct err *err)
{
    own(arena) a = {0};
    own_stream plain = stream_unpack(stream_file(fd, 0, UINT64_MAX), w->budget);
    struct headed head = {.base = {headed_next, NULL, headed_close}, .from = plain};
    enum packing packing;
    struct str bytes;

    if (take_head(&a, &head, err) < 0)
        return err->code;
    packing = stream_packing(plain);
    if (is_empty_zip(head.head))
        return 0;
    if (str_starts(head.head, S("PK\3\4")))
        return packing == PACKING_NONE
                   ? walk_zip(w, fd, inside, err)
                   : err_set(err, ERR_UNSUPPORTED, "a zip packed with %s",
                             packing_name(packing));
    if (tar_sniff(head.head))
        return walk_tar(w, &head.base, inside, err);
    if (stream_load(&a, &head.base, w->budget->file, &bytes, err) < 0)
        return err->code;
    return walk_each(w, packing == PACKING_NONE ? name : without_packing(name), bytes, err);
}

int bundle_each(const char *path, const struct budget *budget,
                const struct bundle_visit *visit, struct err *err)
{
    struct walk w = {.budget = budget, .visit = visit};
    own_fd fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct str dir, base;
    struct stat st;
    int r;

    if (fd < 0 || fstat(fd, &st) < 0)
        return err_sys(err, "%s", path);
    str_cut_last(str_of(path), '/', &dir, &base);
    if (S_ISDIR(st.st_mode))
        r = walk_dir(&w, fd, err);
    else if (S_ISREG(st.st_mode))
        r = walk_file(&w, fd, base, (struct str){"", 0}, err);
    else
        r = err_set(err, ERR_UNSUPPORTED, "neither a file nor a directory");
    if (w.stopped)
        return w.stopped;
    return r < 0 ? err_wrap(err, "%s", path) : 0;
}
