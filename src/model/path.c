#include "model/path.h"

#include <string.h>

static bool is_clean(struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] == '\0')
            return false;
        if (i < s.n && s.p[i] != '/')
            continue;
        if (i == from || (s.p[from] == '.' &&
                          (i - from == 1 || (i - from == 2 && s.p[from + 1] == '.'))))
            return false;
        from = i + 1;
    }
    return true;
}

bool path_clean(struct arena *a, struct str raw, struct str *out)
{
    struct str rest = raw, name;
    char *at;
    size_t n = 0;

    while (str_starts(rest, S("./"))) /* as most archives write it */
        rest = str_from(rest, 2);
    if (rest.n > 1 && rest.p[rest.n - 1] == '/')
        rest.n--;
    *out = rest;
    if (rest.n == 0 || is_clean(rest))
        return true;
    if (memchr(raw.p, '\0', raw.n))
        return false;
    at = arena_alloc(a, raw.n + 1, 1);
    while (rest.n) {
        str_cut(rest, '/', &name, &rest);
        if (name.n == 0 || str_equal(name, S(".")))
            continue;
        if (str_equal(name, S("..")))
            return false;
        if (n)
            at[n++] = '/';
        memcpy(at + n, name.p, name.n);
        n += name.n;
    }
    *out = (struct str){at, n};
    return true;
}

struct str path_dir(struct str path)
{
    struct str dir, base;

    str_cut_last(path, '/', &dir, &base);
    return dir;
}

struct str path_base(struct str path)
{
    struct str dir, base;

    str_cut_last(path, '/', &dir, &base);
    return base;
}

/* Of any bytes: the target of a link may have a NUL in it. */
struct str path_join(struct arena *a, struct str dir, struct str name)
{
    char *at;

    if (!dir.n || !name.n)
        return dir.n ? dir : name;
    at = arena_alloc(a, dir.n + 1 + name.n + 1, 1); /* NUL behind it */
    memcpy(at, dir.p, dir.n);
    at[dir.n] = '/';
    memcpy(at + dir.n + 1, name.p, name.n);
    return (struct str){at, dir.n + 1 + name.n};
}
