/* The files of a package, packed: what can be read packs to what reads the same. */
#include "fuzz.h"
#include "model/package.h"

FUZZ(512)
{
    own(buf) packed = {0};
    struct package_file f, g;
    struct unpack u = unpack_of(in), v;
    size_t n = 0;

    for (; package_file_next(&u, &f); n++)
        package_file_pack(&packed, &f);
    v = unpack_of(buf_view(&packed));
    for (u = unpack_of(in); n > 0; n--) {
        must(package_file_next(&u, &f) && package_file_next(&v, &g));
        must(str_equal(f.path, g.path) && str_equal(f.digest, g.digest));
        must(str_equal(f.algorithm, g.algorithm) && f.config == g.config);
    }
    must(!package_file_next(&v, &g) && !v.bad);
}
