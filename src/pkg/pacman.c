/* Arch Linux and its kin: var/lib/pacman/local/NAME-VERSION-RELEASE/desc, a section a
 * fact: its name, a line a value, an empty line:
 *
 *     %NAME%
 *     bash
 *
 *     %DEPENDS%
 *     glibc
 *     libreadline.so=8-64
 *
 * `files` beside it has the files under %FILES%, folders with a slash at their end, and
 * under %BACKUP% those that the administrator may change, with their MD5. Without
 * %REASON% a package was asked for. pacman -Q is the reference (alpm_db.h, be_local.c). */
#include "base/own.h"
#include "model/files.h"
#include "model/graph.h"
#include "model/path.h"
#include "model/reader.h"

#include <string.h>

static bool is_local(struct str path);

static const struct want wants[] = {
    {WANT_NAME, "desc", .only = is_local},
    {WANT_NAME, "files", .only = is_local},
    {0},
};

static int pacman_read(struct read *in, struct err *err);

const struct reader pkg_pacman = {
    .name = "pacman",
    .title = "packages installed by pacman",
    .checked = "pacman -Q",
    .version = 1,
    .database = true,
    .wants = wants,
    .read = pacman_read,
};

static bool is_local(struct str path)
{
    return str_equal(path_dir(path_dir(path)), S("var/lib/pacman/local"));
}

/* ---- sections ---- */

struct lines {
    struct str rest, section;
    uint64_t line; /* of the last value, from 1 */
};

/* The next value and the section it stands in: "%NAME%". */
static bool next_value(struct lines *l, struct str *value)
{
    while (str_line(&l->rest, value)) {
        l->line++;
        if (!value->n)
            l->section = (struct str){0};
        else if (!l->section.n)
            l->section = *value;
        else
            return true;
    }
    return false;
}

/* ---- desc ---- */

/* "readline>=7.0", "libssl.so=3-64" */
static void add_name(struct buf *names, struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (strchr("<>=", value.p[i]))
            value.n = i;
    if (value.n)
        needs_add(names, value);
}

/* Several licences all hold. */
static void add_licence(struct buf *licence, struct str value)
{
    if (licence->len)
        buf_str(licence, S(" AND "));
    buf_str(licence, value);
}

struct record {
    struct package p;
    struct buf needs, provides, licence;
};

static void record_done(struct record *rec)
{
    buf_done(&rec->needs);
    buf_done(&rec->provides);
    buf_done(&rec->licence);
}

static void take_value(struct record *rec, const struct lines *l, struct str value)
{
    struct package *p = &rec->p;

    if (str_equal(l->section, S("%NAME%"))) {
        p->name = value;
        p->line = l->line;
    } else if (str_equal(l->section, S("%VERSION%"))) {
        p->version = value;
    } else if (str_equal(l->section, S("%ARCH%"))) {
        p->arch = value;
    } else if (str_equal(l->section, S("%BASE%"))) {
        p->source = value;
    } else if (str_equal(l->section, S("%PACKAGER%"))) {
        p->vendor = value;
    } else if (str_equal(l->section, S("%REASON%"))) {
        p->direct = str_equal(value, S("0"));
    } else if (str_equal(l->section, S("%LICENSE%"))) {
        add_licence(&rec->licence, value);
    } else if (str_equal(l->section, S("%DEPENDS%"))) {
        add_name(&rec->needs, value);
    } else if (str_equal(l->section, S("%PROVIDES%"))) {
        add_name(&rec->provides, value);
    }
}

static void read_desc(struct read *in)
{
    struct lines l = {.rest = in->bytes};
    own(record) rec = {.p = {.direct = true, .realm = S("alpm")}};
    struct str value;
    struct package *p;

    while (next_value(&l, &value))
        take_value(&rec, &l, value);
    read_note_cut(in, l.line);
    if (!rec.p.name.n || !rec.p.version.n) {
        read_note_lacks(in, rec.p.line, rec.p.name, rec.p.version);
        return;
    }
    p = read_add(in, "alpm", rec.p.name, rec.p.version);
    rec.p.type = p->type;
    rec.p.path = p->path;
    rec.p.layer = p->layer;
    *p = rec.p;
    if (str_equal(p->source, p->name))
        p->source = (struct str){0};
    p->licence = buf_keep(in->a, &rec.licence);
    p->needs = buf_keep(in->a, &rec.needs);
    p->provides = buf_keep(in->a, &rec.provides);
}

/* ---- files ---- */

/* "etc/bash.bashrc\tb42d68d8f6e5a5e2bb9bb7a8bcc04b62": joined later by path. */
static void take_backup(struct files *out, struct str value)
{
    struct package_file f = {.algorithm = S("md5"), .config = true};

    str_cut(value, '\t', &f.path, &f.digest);
    if (f.path.n && f.digest.n == 32)
        files_add(out, &f);
}

/* linux-headers-6.6.1.arch1-1: linux-headers */
static struct str name_of(struct str folder)
{
    struct str release, version;

    str_cut_last(folder, '-', &folder, &release);
    str_cut_last(folder, '-', &folder, &version);
    return folder;
}

static void add_owned(struct read *in, struct files *files)
{
    struct str packed = files_keep(in->a, files);
    struct owned *o;

    if (!packed.n)
        return;
    o = arena_push(in->a, &in->owned);
    o->name = name_of(path_base(path_dir(in->path)));
    o->files = packed;
}

static void read_files(struct read *in)
{
    struct lines l = {.rest = in->bytes};
    own(files) paths = {0}, backup = {0};
    struct str value;

    while (next_value(&l, &value)) {
        struct package_file f = {.path = value};

        while (str_ends(f.path, S("/")))
            f.path.n--;
        if (str_equal(l.section, S("%BACKUP%")))
            take_backup(&backup, value);
        else if (str_equal(l.section, S("%FILES%")) && f.path.n)
            files_add(&paths, &f);
    }
    read_note_cut(in, l.line);
    add_owned(in, &paths);
    add_owned(in, &backup);
}

static int pacman_read(struct read *in, struct err *err)
{
    (void)err;
    if (str_equal(path_base(in->path), S("files")))
        read_files(in);
    else
        read_desc(in);
    return 0;
}
