/* Which distribution a root is. Every one since about 2013 has an os-release(5);
 * before that each had a file of its own. */
#include "model/distro.h"

#include "base/arena.h"
#include "model/distro_files.h"

const char *const distro_paths[] = {
#define PATH(path) path,
#include "model/distro_paths.def"
#undef PATH
    NULL,
};

/* What of a version names a release. */
enum how { ROLLING, MAJOR, MINOR, WHOLE, AMAZON };

#define DISTRO(...)
#define RELEASE(...)
#define PHRASE(...)

static const struct row {
    const char *id, *title, *packages, *vendor, *key;
    enum how how;
} rows[] = {
#undef DISTRO
#define DISTRO(id, title, packages, vendor, key, how)                                      \
    {#id, title, packages, vendor, key, how},
#include "model/distro.def"
#undef DISTRO
#define DISTRO(...)
};

static const struct release {
    const char *id, *release, *codename, *eol;
} releases[] = {
#undef RELEASE
#define RELEASE(id, release, codename, eol) {#id, release, codename, eol},
#include "model/distro.def"
#undef RELEASE
#define RELEASE(...)
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct row *row_of(struct str id)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_equal(id, str_of(rows[i].id)))
            return &rows[i];
    return NULL;
}

static const struct distro_file *find(const struct distro_file *at, size_t n,
                                      const char *path)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(at[i].path, str_of(path)))
            return &at[i];
    return NULL;
}

/* ---- what is known of it ---- */

static struct str release_of(const struct distro *d, enum how how)
{
    struct str version = d->version;

    if (str_equal(d->id, S("alpine")) && str_find(version, S("_alpha")) >= 0)
        return S("edge"); /* 3.21.0_alpha20240807 */
    if (str_equal(d->id, S("debian")) && !version.n)
        return S("sid");
    if (how == ROLLING)
        return (struct str){0};
    if (how == WHOLE)
        return version;
    if (how == AMAZON && str_starts(version, S("201")))
        return S("1");
    return distro_numbers(version, how == MINOR ? 2 : 1);
}

static void describe_release(struct distro *d)
{
    for (size_t i = 0; i < COUNT(releases); i++) {
        const struct release *r = &releases[i];

        if (!str_equal(d->id, str_of(r->id)) || !str_equal(d->release, str_of(r->release)))
            continue;
        d->eol = str_of(r->eol);
        if (!d->codename.n)
            d->codename = str_of(r->codename);
    }
}

static struct str join(struct arena *a, struct str key, char sep, struct str release)
{
    return release.n
               ? str_printf(a, STR_FMT "%c" STR_FMT, STR_ARG(key), sep, STR_ARG(release))
               : key;
}

/* One we have no row for: its packages are probably of the parent's kind. */
static void describe_unknown(struct arena *a, struct distro *d)
{
    struct str like = d->like, parent;

    d->release = d->version;
    d->vendor = d->id;
    d->ecosystem = join(a, d->id, ':', d->version);
    while (like.n && !d->packages.n) {
        const struct row *row;

        str_cut(like, ' ', &parent, &like);
        row = row_of(parent);
        if (row)
            d->packages = str_of(row->packages);
    }
}

static void describe(struct arena *a, struct distro *d)
{
    const struct row *row = row_of(d->id);

    if (!row) {
        describe_unknown(a, d);
    } else {
        d->packages = str_of(row->packages);
        d->vendor = str_of(row->vendor);
        d->release = release_of(d, row->how);
        if (*row->key && (d->release.n || row->how == ROLLING))
            d->ecosystem = join(a, str_of(row->key), ':', d->release);
        if (!d->title.n)
            d->title = join(a, str_of(row->title), ' ', d->version);
    }
    if (!d->title.n)
        d->title = join(a, d->id, ' ', d->version);
    describe_release(d);
}

bool distro_detect(struct arena *a, const struct distro_file *at, size_t n,
                   struct distro *out)
{
    for (const struct distro_reader *r = distro_readers; r->path; r++) {
        const struct distro_file *file = find(at, n, r->path);

        *out = (struct distro){0};
        if (file && r->read(a, file->bytes, out)) {
            describe(a, out);
            return true;
        }
    }
    *out = (struct distro){0};
    return false;
}
