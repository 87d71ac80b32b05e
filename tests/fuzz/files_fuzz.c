/* The files of a package, packed: what can be read packs to what reads the same. */
#include "model/files.h"

#include "fuzz.h"

static void pack(struct arena *a, struct str in, struct str *out)
{
    own(files) f = {0};
    own(files_read) r = files_of(in);
    struct package_file file;

    while (files_next(&r, &file))
        files_add(&f, &file);
    *out = files_keep(a, &f);
}

FUZZ(512)
{
    own(files_read) one = files_of(in);
    struct package_file f, g;
    struct str packed;

    pack(a, in, &packed);
    {
        own(files_read) other = files_of(packed);

        while (files_next(&one, &f)) {
            must(files_next(&other, &g));
            must(str_equal(f.path, g.path) && str_equal(f.digest, g.digest));
            must(str_equal(f.algorithm, g.algorithm) && f.config == g.config);
        }
        must(!files_next(&other, &g) && !other.in.bad);
    }
}
