/* R packages that are installed: LIBRARY/NAME/DESCRIPTION, which R CMD INSTALL writes, with
 * a field "Built" that the file of a package's source lacks.
 *     Package: cli
 *     Version: 3.6.1
 *     Imports: utils, rlang (>= 1.0)
 *     License: MIT + file LICENSE
 *     Built: R 4.2.2; x86_64-pc-linux-gnu; 2023-04-01 10:00:00 UTC; unix
 * cran.r-project.org/doc/manuals/r-release/R-exts.html, "The DESCRIPTION file";
 * installed.packages() is the reference. */
#include "base/own.h"
#include "model/path.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/relation.h"

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
    .version = 1,
    .wants = wants,
    .read = r_description_read,
};

static int r_description_read(struct read *in, struct err *err)
{
    struct paragraphs p = {.rest = in->bytes};
    struct str name = {0}, version = {0}, licence = {0};
    own(buf) needs = {0};
    struct field f;
    bool built = false;
    uint64_t line = 0;
    struct package *out;
    int r;

    (void)err;
    while ((r = paragraph_next(&p, &f)) != 0) {
        if (r != 1)
            continue;
        if (field_is(&f, S("Package")))
            name = f.value;
        else if (field_is(&f, S("Version")))
            version = f.value, line = f.line;
        else if (field_is(&f, S("License")))
            licence = f.value;
        else if (field_is(&f, S("Built")))
            built = f.value.n > 0;
        else if (field_is(&f, S("Depends")) || field_is(&f, S("Imports")) ||
                 field_is(&f, S("LinkingTo")))
            relations_add(&needs, field_whole(&f));
    }
    if (!built) /* source, or something else of that name */
        return 0;
    if (!name.n || !version.n) {
        read_note_lacks(in, line, name, version);
        return 0;
    }
    out = read_add(in, "cran", name, version);
    out->line = line;
    out->licence = licence;
    out->realm = path_dir(path_dir(in->path));
    out->needs = buf_keep(in->a, &needs);
    return 0;
}
