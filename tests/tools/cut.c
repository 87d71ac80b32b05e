/* cut WHAT FILE [STEP]: reads FILE, shortened to each length below its own (or each
 * STEPth, and all near the ends), and says in a line what came of it:
 *
 *     LENGTH  "whole", "unread" or "error"  what was found  what was said
 *
 * with tabs between. FILE is cut down on the way: hand over a copy. WHAT is
 *     image     an image archive, or a layout's blob in the folder $CUT_IMAGE
 *     layer     a tar, packed or not
 *     PATH      a package database of this path, "var/lib/dpkg/status"
 *     feed      a file or a bundle of advisories
 *     database  a file of the advisory database in the folder $CUT_DATABASE
 *     cache     a file of the cache */
#include "advisory/gather.h"
#include "base/err.h"
#include "base/own.h"
#include "cache/cache.h"
#include "image/image.h"
#include "io/stream.h"
#include "pkg/pkg.h"
#include "scan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct outcome {
    struct arena *a;
    struct err err;
    struct note_list notes;
    struct buf found;
};

static void put_packages(struct outcome *out, const struct package_list *packages)
{
    for (size_t i = 0; i < packages->len; i++) {
        const struct package *p = &packages->at[i];

        buf_printf(&out->found, "%s" STR_FMT " " STR_FMT " " STR_FMT, i ? "," : "",
                   STR_ARG(p->name), STR_ARG(p->version), STR_ARG(p->source));
    }
}

/* ---- one file at one length ---- */

static void read_image(const char *path, const char *what, struct outcome *out)
{
    const char *folder = getenv("CUT_IMAGE");
    struct scan_options options = {0};
    struct result r = {0};

    (void)what;
    if (scan_image(out->a, str_of(folder ? folder : path), &options, &r, &out->err) < 0)
        return;
    put_packages(out, &r.packages);
    out->notes = r.notes;
}

static bool load(const char *path, struct outcome *out, struct str *bytes)
{
    struct str unpadded;
    struct buf b = {0};

    if (str_load(out->a, path, 1 << 20, &unpadded, &out->err) < 0)
        return false;
    buf_str(&b, unpadded);
    buf_add(&b, (char[64]){0}, 64);
    *bytes = buf_give(out->a, &b);
    bytes->n = unpadded.n;
    return true;
}

static void read_layer(const char *path, const char *what, struct outcome *out)
{
    const struct look look = {.readers = pkg_readers, .budget = &budget_layer};
    struct buf facts = {0};
    struct view view;
    struct str bytes, one;

    (void)what;
    if (!load(path, out, &bytes))
        return;
    facts_of_layer(stream_bytes(bytes), &look, &(struct facts_sink){facts_to_buf, &facts});
    one = buf_give(out->a, &facts);
    image_view(out->a, pkg_readers, &one, NULL, 1, &view);
    put_packages(out, &view.packages);
    out->notes = view.notes;
}

static const struct reader *reader_of(const char *path)
{
    for (const struct reader *const *r = pkg_readers; *r; r++)
        if (reader_wants(*r, str_of(path)))
            return *r;
    return NULL;
}

static void read_packages(const char *path, const char *what, struct outcome *out)
{
    struct read in = {.path = str_of(what), .a = out->a};
    const struct reader *reader = reader_of(what);

    if (!reader)
        err_set(&out->err, ERR_USAGE, "no reader wants %s", what);
    else if (load(path, out, &in.bytes) && reader->read(&in, &out->err) == 0) {
        if (in.keep && pom_is(in.path)) {
            struct pom_source pom = {in.path, in.bytes, 0};

            pom_packages(out->a, &(struct pom_source_list){&pom, 1, 1}, &in.packages,
                         &in.notes);
        }
        put_packages(out, &in.packages);
        for (size_t i = 0; i < in.owned.len; i++)
            buf_printf(&out->found, " " STR_FMT " " STR_FMT, STR_ARG(in.owned.at[i].name),
                       STR_ARG(in.owned.at[i].licence));
        out->notes = in.notes;
    }
}

static void read_feed(const char *path, const char *what, struct outcome *out)
{
    struct gather g = {.a = out->a};
    struct db_built built = {0};
    size_t statements = 0;
    struct str ecosystem;
    void *list;

    (void)what;
    if (gather_source(&g, path, S("feed"), &built, &out->err) < 0)
        return;
    for (size_t i = 0; map_each(&g.ecosystems, &i, &ecosystem, &list);)
        statements += ((struct said_list *)list)->len;
    buf_printf(&out->found, "%zu statements %zu vulnerabilities", statements,
               g.vulnerabilities.len);
    if (built.broken.n)
        note_add(out->a, &out->notes, NOTE_UNREAD, S(""), STR_FMT, STR_ARG(built.broken));
    else if (built.unclaimed)
        note_add(out->a, &out->notes, NOTE_UNREAD, S(""), "no feed");
    else if (built.why.len)
        note_add(out->a, &out->notes, NOTE_UNREAD, S(""), STR_FMT,
                 STR_ARG(built.why.at[0]));
}

static void read_database(const char *path, const char *what, struct outcome *out)
{
    own_db db = NULL;

    (void)path, (void)what;
    if (db_open(getenv("CUT_DATABASE"), &db, &out->err) == 0 &&
        db_verify(db, &out->err) == 0)
        buf_str(&out->found, S("sound"));
}

/* DIR/facts/ab/cdef... */
static void read_cache(const char *path, const char *what, struct outcome *out)
{
    struct str dir, key, folder, content, copy = str_of(path);
    struct cache *cache = NULL;

    (void)what;
    str_cut_last(copy, '/', &dir, &key);
    str_cut_last(dir, '/', &dir, &folder);
    str_cut_last(dir, '/', &dir, &copy);
    if (cache_open(str_copy(out->a, dir), UINT64_MAX, &cache, &out->err) < 0)
        return;
    key = str_printf(out->a, STR_FMT STR_FMT, STR_ARG(folder), STR_ARG(key));
    if (cache_get(cache, out->a, key, &content))
        buf_printf(&out->found, "%zu bytes", content.n);
    else
        err_set(&out->err, ERR_NOTFOUND, "nothing that could be believed");
    cache_close(cache);
}

/* ---- all lengths ---- */

typedef void reading(const char *path, const char *what, struct outcome *out);

static reading *reading_of(const char *what)
{
    static const struct {
        const char *what;
        reading *read;
    } all[] = {{"image", read_image},
               {"layer", read_layer},
               {"feed", read_feed},
               {"database", read_database},
               {"cache", read_cache}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].what, what) == 0)
            return all[i].read;
    return read_packages;
}

static const char *first_unread(const struct note_list *notes)
{
    for (size_t i = 0; i < notes->len; i++)
        if (notes->at[i].level == NOTE_UNREAD)
            return notes->at[i].what.p;
    return NULL;
}

static void look(reading *read, const char *path, const char *what, long long size)
{
    own(arena) a = {0};
    struct outcome out = {.a = &a};
    const char *unread;

    read(path, what, &out);
    unread = first_unread(&out.notes);
    printf("%lld\t%s\t" STR_FMT "\t%s\n", size,
           out.err.code < 0 ? "error"
           : unread         ? "unread"
                            : "whole",
           STR_ARG(buf_view(&out.found)),
           out.err.code < 0 ? out.err.text
           : unread         ? unread
                            : "");
    buf_done(&out.found);
}

enum { NEAR = 40 };

int main(int argc, char **argv)
{
    long long step = argc > 3 ? atoll(argv[3]) : 1, whole;
    struct stat st;

    if (argc < 3 || step < 1 || stat(argv[2], &st) < 0) {
        fputs("usage: cut WHAT FILE [STEP]\n", stderr);
        return 2;
    }
    whole = (long long)st.st_size;
    for (long long n = whole; n >= 0; n--) {
        if (n > NEAR && n < whole - NEAR && n % step)
            continue;
        if (truncate(argv[2], (off_t)n) < 0) {
            perror(argv[2]);
            return 2;
        }
        look(reading_of(argv[1]), argv[2], argv[1], n);
        fflush(stdout); /* or children would say it again */
    }
    return 0;
}
