/* Ubuntu's chiselled images have slices of Debian packages and no dpkg database, but
 * var/lib/chisel/manifest.wall: a jsonwall packed with zstd, an object a line, sorted.
 *
 *     {"jsonwall":"1.0","schema":"1.0","count":4}
 *     {"kind":"package","name":"libc6","version":"2.39-0ubuntu8","sha256":"..","arch":"amd64"}
 *     {"kind":"path","path":"/lib/libc.so.6","slices":["libc6_libs"],"sha256":"...",
 *      "final_sha256":"..."}
 *     {"kind":"slice","name":"libc6_libs"}
 *
 * count is that of all lines. A path belongs to the packages of its slices; final_sha256 is
 * that of a file which was changed after it was unpacked.
 * documentation.ubuntu.com/chisel/en/latest/reference/manifest */
#include "base/err.h"
#include "base/map.h"
#include "base/own.h"
#include "io/stream.h"
#include "io/tree.h"
#include "model/files.h"
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_PATH, "var/lib/chisel/manifest.wall", NULL},
    {0},
};

static int chisel_read(struct read *in, struct err *err);

const struct reader pkg_chisel = {
    .name = "chisel",
    .title = "Debian packages installed by Chisel",
    .version = 1,
    .database = true,
    .wants = wants,
    .read = chisel_read,
};

enum { FILES_RATIO = 16 }; /* all lists of files against the text */

struct wall {
    struct read *in;
    struct json_doc *doc;
    struct map files;  /* package name -> struct files */
    size_t files_left; /* bytes that lists of files may still take */
    uint64_t line;
};

static void wall_done(struct wall *w)
{
    struct str name;
    void *files;

    for (size_t i = 0; map_each(&w->files, &i, &name, &files);)
        files_done(files);
    json_doc_free(w->doc);
}

static void add_package(struct wall *w, struct json v)
{
    struct arena *a = w->in->a;
    struct str name = json_get_str(v, S("name")), version = json_get_str(v, S("version"));
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(w->in, w->line, name, version);
        return;
    }
    p = read_add(w->in, "deb", str_copy(a, name), str_copy(a, version));
    p->arch = str_copy(a, json_get_str(v, S("arch")));
    p->line = w->line;
    p->realm = S("deb");
}

static bool spend(struct wall *w, const struct package_file *f)
{
    size_t n = f->path.n + f->digest.n;

    if (n > w->files_left)
        return false;
    w->files_left -= n;
    return true;
}

static struct package_file file_of(struct json v)
{
    struct package_file f = {.path = json_get_str(v, S("path")), .algorithm = S("sha256")};

    f.digest = json_get_str(v, S("final_sha256"));
    if (!f.digest.n)
        f.digest = json_get_str(v, S("sha256"));
    while (str_starts(f.path, S("/")))
        f.path = str_from(f.path, 1);
    while (str_ends(f.path, S("/")))
        f.path.n--;
    if (!f.digest.n)
        f.algorithm = f.digest;
    return f;
}

/* "libc6_libs": libc6, whose name cannot have "_" in it */
static int add_path(struct wall *w, struct json v, struct err *err)
{
    struct package_file f = file_of(v);
    struct json one;
    struct str name, slice;

    for (struct json_each e = json_each(json_get(v, S("slices")));
         f.path.n && json_next(&e, NULL, &one);) {
        void **at;

        str_cut(json_str(one), '_', &name, &slice);
        if (!spend(w, &f))
            return err_set(err, ERR_LIMIT, "its lists of files are too large");
        at = map_at_copy(w->in->a, &w->files, name);
        if (!*at)
            *at = arena_new(w->in->a, struct files);
        files_add(*at, &f);
    }
    return 0;
}

static int read_line(struct wall *w, struct str line, struct err *err)
{
    struct json v;
    struct err what = {0};
    struct str kind;

    if (json_parse(w->doc, line, &v, &what) < 0 || json_kind(v) != JSON_MAP) {
        read_note(w->in, w->line, "not an object of a jsonwall");
        return 0;
    }
    kind = json_get_str(v, S("kind"));
    if (str_equal(kind, S("package")))
        add_package(w, v);
    return str_equal(kind, S("path")) ? add_path(w, v, err) : 0;
}

/* How many lines there are to be. */
static int read_head(struct wall *w, struct str line, int64_t *count, struct err *err)
{
    struct json v;

    w->line = 1;
    if (json_parse(w->doc, line, &v, err) < 0)
        return err->code;
    if (!json_get_str(v, S("jsonwall")).n || !json_i64(json_get(v, S("count")), count))
        return err_set(err, ERR_FORMAT, "not the first line of a jsonwall");
    return 0;
}

static int read_wall(struct wall *w, struct str text, struct err *err)
{
    struct str line = {0};
    int64_t count = 0;

    w->files_left = text.n * FILES_RATIO;
    str_line(&text, &line);
    if (read_head(w, line, &count, err) < 0)
        return err->code;
    while (str_line(&text, &line)) {
        w->line++;
        if (line.n && read_line(w, line, err) < 0)
            return err->code;
    }
    if ((int64_t)w->line != count)
        read_note(w->in, 0, "%lld lines were announced, %lld are there", (long long)count,
                  (long long)w->line);
    return 0;
}

static int unpack(struct str packed, struct buf *text, struct err *err)
{
    own_stream s = stream_unpack(stream_bytes(packed), &budget_layer);
    struct str run;
    int r;

    while ((r = stream_next(s, &run, err)) > 0) {
        if (run.n > budget_layer.file - text->len)
            return err_set(err, ERR_LIMIT, "unpacked it is over the limit of one file");
        buf_str(text, run);
    }
    return r;
}

static int chisel_read(struct read *in, struct err *err)
{
    own(wall) w = {.in = in, .doc = json_doc_new()};
    own(buf) text = {0};

    if (unpack(in->bytes, &text, err) < 0 || read_wall(&w, buf_view(&text), err) < 0)
        return err->code;
    for (size_t i = 0; i < in->packages.len; i++) {
        struct files *files = map_get(&w.files, in->packages.at[i].name);

        if (files)
            in->packages.at[i].files = files_keep(in->a, files);
    }
    return 0;
}
