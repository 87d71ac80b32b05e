/* Paths of archives: a line to clean, then links as lines "PATH\tTARGET". What
 * comes out never leaves the root, and what was followed to its end stays there. */
#include "image/links.h"

#include "fuzz.h"
#include "model/path.h"

static void inside(struct str path)
{
    struct str name, rest = path;

    must(!str_starts(path, S("/")) && !str_ends(path, S("/")));
    while (rest.n) {
        str_cut(rest, '/', &name, &rest);
        must(name.n && !str_equal(name, S(".")) && !str_equal(name, S("..")));
    }
}

static void follow(struct arena *a, struct links *l, struct str path)
{
    struct str out, again;

    inside(links_real(a, l, path));
    if (links_follow(a, l, path, false, &out))
        inside(out);
    if (links_follow(a, l, path, true, &out)) {
        inside(out);
        must(links_follow(a, l, out, true, &again) && str_equal(again, out));
    }
}

FUZZ(256)
{
    struct links links = {0};
    struct str first, line, at, to, path;

    str_cut(in, '\n', &first, &in);
    while (str_line(&in, &line))
        if (str_cut(line, '\t', &at, &to) && path_clean(a, at, &path))
            links_put(a, &links, path, to);
    if (!path_clean(a, first, &path))
        return;
    inside(path);
    follow(a, &links, path);
    if (links.all.len) {
        links_drop(&links, links.all.at[0]);
        follow(a, &links, path);
    }
}
