/* A package out of a header: what it is called, what it was built from, which
 * files it owns. */
#include "base/err.h"
#include "base/own.h"
#include "model/files.h"
#include "pkg/rpm_tags.h"

#include <string.h>

enum { FILES_MAX = 1 << 20, PATH_MAX_BYTES = 4096 };
enum { FILE_IS_CONFIG = 1 };

/* As OpenPGP numbers them; MD5 when the header names none. */
static struct str algorithm_of(const struct header *h)
{
    switch (header_number(h, DIGEST_ALGORITHM, 0)) {
    case 0:
    case 1:
        return S("md5");
    case 2:
        return S("sha1");
    case 8:
        return S("sha256");
    case 9:
        return S("sha384");
    case 10:
        return S("sha512");
    case 11:
        return S("sha224");
    default:
        return S("");
    }
}

/* ---- files ---- */

/* The lists run side by side: file i has base name i, digest i and flags i,
 * and its folder is the one that index i says. */
struct file_lists {
    struct field names, digests;
    struct str *dirs;
    uint32_t dirs_len;
    struct str algorithm;
    struct files packed;
    struct buf path;
};

static void file_lists_done(struct file_lists *f)
{
    files_done(&f->packed);
    buf_done(&f->path);
}

static int take_dirs(struct arena *a, const struct header *h, struct file_lists *f,
                     struct err *err)
{
    struct field dirs = h->fields[DIRNAMES];

    if (dirs.count > FILES_MAX)
        return err_set(err, ERR_FORMAT, "%u folders", dirs.count);
    f->dirs_len = dirs.count;
    f->dirs = arena_alloc(a, dirs.count * sizeof *f->dirs, _Alignof(struct str));
    for (uint32_t i = 0; i < f->dirs_len; i++)
        f->dirs[i] = header_next(&dirs);
    return 0;
}

/* "/usr/bin/" and "bash", or "/usr/bin/bash" where names are whole. */
static int make_path(const struct header *h, struct file_lists *f, uint32_t i,
                     struct err *err)
{
    struct str name;

    if (f->names.count == 0)
        return err_set(err, ERR_FORMAT, "file %u has no name", i);
    name = header_next(&f->names);
    f->path.len = 0;
    if (h->fields[BASENAMES].count) {
        uint32_t dir = header_number(h, DIRINDEXES, i);

        if (i >= h->fields[DIRINDEXES].count || dir >= f->dirs_len)
            return err_set(err, ERR_FORMAT, "file %u is in folder %u of %u", i, dir,
                           f->dirs_len);
        buf_str(&f->path, f->dirs[dir]);
    }
    if (f->path.len + name.n > PATH_MAX_BYTES)
        return err_set(err, ERR_FORMAT, "path of file %u is too long", i);
    buf_str(&f->path, name);
    return 0;
}

static int pack_file(struct rpm_db *db, const struct header *h, struct file_lists *f,
                     uint32_t i, struct err *err)
{
    struct package_file file = {.config = header_number(h, FLAGS, i) & FILE_IS_CONFIG};

    if (make_path(h, f, i, err) < 0)
        return err->code;
    file.path = buf_view(&f->path);
    if (str_starts(file.path, S("/")))
        file.path = str_from(file.path, 1);
    file.digest = header_next(&f->digests);
    if (f->algorithm.n == 0)
        file.digest.n = 0;
    if (file.digest.n)
        file.algorithm = f->algorithm;
    if (file.path.n + file.digest.n > db->files_left)
        return err_set(err, ERR_LIMIT, "its lists of files are too large");
    db->files_left -= file.path.n + file.digest.n;
    files_add(&f->packed, &file);
    return 0;
}

static int read_files(struct rpm_db *db, const struct header *h, struct package *p,
                      struct err *err)
{
    own(arena) a = {0};
    bool whole = h->fields[BASENAMES].count == 0;
    own(file_lists) f = {.names = h->fields[whole ? OLD_FILENAMES : BASENAMES],
                         .digests = h->fields[DIGESTS],
                         .algorithm = algorithm_of(h)};
    uint32_t n = f.names.count;
    int r;

    if (n > FILES_MAX)
        return err_set(err, ERR_FORMAT, "%u files", n);
    r = take_dirs(&a, h, &f, err);
    for (uint32_t i = 0; i < n && r == 0; i++)
        r = pack_file(db, h, &f, i, err);
    p->files = files_keep(db->in->a, &f.packed);
    return r;
}

/* ---- the package ---- */

static struct str keep(struct rpm_db *db, const struct header *h, enum tag tag)
{
    struct str s = header_string(h, tag);

    return s.n ? str_copy(db->in->a, s) : s;
}

/* "bash-4.4.20-5.el8.src.rpm": bash, 4.4.20-5.el8. "(none)" when unknown. */
static void take_source(struct package *p, struct str file)
{
    struct str stem, release, name, version;

    if (str_ends(file, S(".src.rpm")))
        stem = (struct str){file.p, file.n - strlen(".src.rpm")};
    else if (str_ends(file, S(".nosrc.rpm")))
        stem = (struct str){file.p, file.n - strlen(".nosrc.rpm")};
    else
        return;
    if (!str_cut_last(stem, '-', &stem, &release) ||
        !str_cut_last(stem, '-', &name, &version) || !name.n)
        return;
    p->source = name;
    p->source_version =
        (struct str){version.p, (size_t)(release.p + release.n - version.p)};
}

static struct str version_of(struct rpm_db *db, const struct header *h)
{
    struct str version = header_string(h, VERSION), release = header_string(h, RELEASE);
    uint32_t epoch = header_number(h, EPOCH, 0);

    if (epoch)
        return str_printf(db->in->a, "%u:" STR_FMT "-" STR_FMT, epoch, STR_ARG(version),
                          STR_ARG(release));
    return str_printf(db->in->a, STR_FMT "-" STR_FMT, STR_ARG(version), STR_ARG(release));
}

static int add_package(struct rpm_db *db, const struct header *h, struct err *err)
{
    struct package *p;

    for (enum tag tag = NAME; tag <= RELEASE; tag++)
        if (header_string(h, tag).n == 0)
            return err_set(err, ERR_FORMAT, "package " STR_FMT " without a %s",
                           STR_ARG(header_string(h, NAME)), header_tag(tag));
    if (str_equal(header_string(h, NAME), S("gpg-pubkey")))
        return 0; /* a key to check signatures with, kept as if it were a package */
    p = read_add(db->in, "rpm", keep(db, h, NAME), version_of(db, h));
    p->arch = keep(db, h, ARCH);
    p->module = keep(db, h, MODULE);
    p->vendor = keep(db, h, h->fields[VENDOR].count ? VENDOR : PACKAGER);
    p->licence = keep(db, h, LICENSE);
    take_source(p, keep(db, h, SOURCERPM));
    rpm_needs(db, h, p);
    if (read_files(db, h, p, err) < 0)
        return err_wrap(err, "package " STR_FMT, STR_ARG(p->name));
    return 0;
}

int rpm_header(struct rpm_db *db, uint64_t number, struct str bytes, struct err *err)
{
    struct header h;
    struct err what = {0};

    if (header_open(&h, db, number, bytes, &what) < 0 || add_package(db, &h, &what) < 0)
        return rpm_broken(db, number, &what, err);
    return 0;
}
