/* Paths of archives: a line to clean, then links as lines "PATH\tTARGET". What
 * comes out never leaves the root. */
#include "fuzz.h"
#include "image/path.h"

static void inside(struct str path)
{
    struct str name, rest = path;

    must(!str_starts(path, S("/")) && !str_ends(path, S("/")));
    while (rest.n) {
        str_cut(rest, '/', &name, &rest);
        must(name.n && !str_equal(name, S(".")) && !str_equal(name, S("..")));
    }
}

FUZZ(256)
{
    struct map links = {0};
    struct str first, line, at, to, clean, out;

    str_cut(in, '\n', &first, &in);
    while (str_line(&in, &line))
        if (str_cut(line, '\t', &at, &to) && !memchr(line.p, 0, line.n)) {
            struct str *target = arena_new(a, struct str);

            *target = to;
            *map_at(a, &links, at) = target;
        }
    if (!path_clean(a, first, &clean))
        return;
    inside(clean);
    if (path_resolve(a, &links, clean, true, &out))
        inside(out);
    if (path_resolve(a, &links, clean, false, &out))
        inside(out);
}
