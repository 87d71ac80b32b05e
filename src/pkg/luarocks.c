/* Lua rocks that LuaRocks installed: ROCKS/NAME/VERSION/NAME-VERSION.rockspec, ROCKS being
 * lib/luarocks/rocks-5.4 or the like. A rockspec is a piece of Lua that sets variables:
 *     package = "lua-cjson"
 *     version = "2.1.0-1"
 *     description = { license = "MIT" }
 *     dependencies = { "lua >= 5.1", "lpeg ~> 1.0" }
 * It is not run: name and version are those of the folders, the rest is looked for.
 * github.com/luarocks/luarocks/wiki/Rockspec-format; luarocks list is the reference. */
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "model/reader.h"

static struct str version_dir(struct str path)
{
    return path_dir(path);
}

static struct str rocks_dir(struct str path)
{
    return path_dir(path_dir(version_dir(path)));
}

static bool is_installed(struct str path)
{
    return str_starts(path_base(rocks_dir(path)), S("rocks"));
}

static const struct want wants[] = {
    {WANT_TAIL, ".rockspec", .only = is_installed},
    {0},
};

static int luarocks_read(struct read *in, struct err *err);

const struct reader pkg_luarocks = {
    .name = "luarocks",
    .title = "Lua rocks",
    .version = 1,
    .wants = wants,
    .read = luarocks_read,
};

/* The next text between quotes; false when there is none in front of `end`. */
static bool next_text(struct str *rest, char end, struct str *out)
{
    for (size_t i = 0; i < rest->n && rest->p[i] != end; i++) {
        struct str tail;

        if (rest->p[i] != '"' && rest->p[i] != '\'')
            continue;
        tail = str_from(*rest, i + 1);
        return str_cut(tail, rest->p[i], out, rest);
    }
    return false;
}

/* What follows `name =`; empty when nothing does. */
static struct str value_of(struct str text, struct str name)
{
    struct str rest = text;
    ptrdiff_t at;

    while ((at = str_find(rest, name)) >= 0) {
        rest = str_trim(str_from(rest, (size_t)at + name.n));
        if (str_starts(rest, S("=")))
            return str_trim(str_from(rest, 1));
    }
    return (struct str){0};
}

static void add_needs(struct buf *needs, struct str text)
{
    struct str list = value_of(text, S("dependencies")), one, name, rest;

    if (!str_starts(list, S("{")))
        return;
    while (next_text(&list, '}', &one)) {
        str_cut(str_trim(one), ' ', &name, &rest);
        needs_add(needs, name);
    }
}

static int luarocks_read(struct read *in, struct err *err)
{
    struct str version = path_base(version_dir(in->path));
    struct str name = path_base(path_dir(version_dir(in->path)));
    struct str licence = value_of(in->bytes, S("license"));
    own(buf) needs = {0};
    struct package *p;

    (void)err;
    p = read_add(in, "luarocks", name, version);
    p->realm = rocks_dir(in->path);
    if (!next_text(&licence, '\n', &p->licence))
        p->licence = (struct str){0};
    add_needs(&needs, in->bytes);
    p->needs = buf_keep(in->a, &needs);
    return 0;
}
