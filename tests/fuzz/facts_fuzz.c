/* Facts of any bytes, and the view of them laid over facts that are sound: what a
 * broken child, or somebody in the cache, could hand over. */
#include "fuzz.h"
#include "image/facts.h"
#include "image/image.h"
#include "model/files.h"
#include "pkg/pkg.h"

static void look(const struct facts *f)
{
    struct package_file file;

    facts_has(f, S("etc"), true);
    facts_has_inside(f, S("etc"));
    for (size_t i = 0; i < f->files.len; i++)
        for (size_t j = 0; j < f->files.at[i].packages.len; j++) {
            own(files_read) r = files_of(f->files.at[i].packages.at[j].files);

            while (files_next(&r, &file))
                ;
        }
}

/* All that is taken from it comes from it. */
static void within(struct str all, struct str part)
{
    must(!part.n || (part.p >= all.p && part.n <= (size_t)(all.p + all.n - part.p)));
}

FUZZ(2048)
{
    struct str upper = fuzz_piece(&in), layers[] = {in, upper, in};
    struct facts f;
    struct view view = {0};
    struct err err = {0};
    int r = facts_unpack(a, in, &f, &err);

    must_tell(r, err);
    facts_lasting(in);
    if (r == 0) {
        look(&f);
        for (size_t i = 0; i < f.files.len; i++)
            within(in, f.files.at[i].kept);
    }
    image_view(a, pkg_readers, layers, NULL, 2, &view);
    image_view(a, pkg_readers, layers, layers + 1, 2, &view);
    for (size_t i = 0; i < view.packages.len; i++)
        must(view.packages.at[i].layer < 2);
}
