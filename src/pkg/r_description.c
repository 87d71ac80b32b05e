/* R packages that are installed: LIBRARY/NAME/DESCRIPTION, which R CMD INSTALL writes, with
 * a field "Built" that the file of a package's source lacks.
 *     Package: cli
 *     Version: 3.6.1
 *     Imports: utils, rlang (>= 1.0)
 *     License: MIT + file LICENSE
 *     Built: R 4.2.2; x86_64-pc-linux-gnu; 2023-04-01 10:00:00 UTC; unix
 * What is of Bioconductor has biocViews, and is not of CRAN.
 * cran.r-project.org/doc/manuals/r-release/R-exts.html, "The DESCRIPTION file";
 * installed.packages() is the reference. */
#include "base/own.h"
#include "model/path.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/relation.h"

static struct str library_of(struct str path)
{
    return path_dir(path_dir(path));
}

static bool is_in_library(struct str path)
{
    return path_dir(path).n > 0;
}

static const struct want wants[] = {
    {WANT_NAME, "DESCRIPTION", .only = is_in_library},
    {0},
};

static int r_description_read(struct read *in, struct err *err);

const struct reader pkg_r_description = {
    .name = "r_description",
    .title = "R installed packages",
    .checked = "installed.packages()",
    .version = 1,
    .wants = wants,
    .read = r_description_read,
};

struct description {
    struct str name, version, licence, repository, built;
    bool of_bioconductor;
    uint64_t line; /* of its version */
    struct buf needs;
};

static void take_field(struct description *d, const struct field *f)
{
    if (field_is(f, S("Package"))) {
        d->name = f->value;
    } else if (field_is(f, S("Version"))) {
        d->version = f->value;
        d->line = f->line;
    } else if (field_is(f, S("License"))) {
        d->licence = f->value;
    } else if (field_is(f, S("Repository"))) {
        d->repository = f->value;
    } else if (field_is(f, S("Built"))) {
        d->built = f->value;
    } else if (field_is(f, S("biocViews"))) {
        d->of_bioconductor = true;
    } else if (field_is(f, S("Depends")) || field_is(f, S("Imports")) ||
               field_is(f, S("LinkingTo"))) {
        relations_add(&d->needs, field_whole(f));
    }
}

/* Some of CRAN have biocViews, too. */
static const char *type_of(const struct description *d)
{
    return d->of_bioconductor && !str_equal(d->repository, S("CRAN")) ? "bioconductor"
                                                                      : "cran";
}

static void tell(struct read *in, struct description *d)
{
    struct package *p;

    if (!d->name.n || !d->version.n) {
        read_note_lacks(in, d->line, d->name, d->version);
        return;
    }
    p = read_add(in, type_of(d), d->name, d->version);
    p->line = d->line;
    p->licence = d->licence;
    p->realm = library_of(in->path);
    p->needs = buf_keep(in->a, &d->needs);
}

static int r_description_read(struct read *in, struct err *err)
{
    struct paragraphs p = {.rest = in->bytes};
    struct description d = {0};
    struct field f;
    uint64_t bad = 0;
    int r;

    (void)err;
    while ((r = paragraph_next(&p, &f)) != 0) {
        if (r == 1)
            take_field(&d, &f);
        else if (r < 0 && !bad)
            bad = f.line;
    }
    if (d.built.n) /* or it is source, or something else of that name */
        tell(in, &d);
    if (d.built.n && bad)
        read_note(in, bad, "not a field");
    if (d.built.n || str_ends(library_of(in->path), S("library")))
        read_note_cut(in, p.line);
    buf_done(&d.needs);
    return 0;
}
