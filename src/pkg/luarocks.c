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
#include "pkg/lua.h"

#include <string.h>

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
    .checked = "luarocks list",
    .version = 1,
    .wants = wants,
    .read = luarocks_read,
};

/* "lua >= 5.1", "lpeg~>1.0", "user/rock": lua, lpeg, rock */
static struct str name_of(struct str text)
{
    struct str name = str_trim(text), user;

    for (size_t i = 0; i < name.n; i++)
        if (strchr(" \t<>=~!@", name.p[i]))
            name.n = i;
    str_cut_last(name, '/', &user, &name);
    return name;
}

static void take_text(struct read *in, struct package *p, const struct lua_text *t,
                      struct buf *needs)
{
    struct str top = t->key[0], inner = t->key[1];

    if (t->depth == 0 && str_equal(top, S("version")))
        p->line = t->line;
    else if (t->depth == 1 && str_equal(top, S("description")) &&
             str_equal(inner, S("license")))
        p->licence = t->text;
    else if (t->depth == 1 && str_equal(top, S("dependencies")))
        needs_add(needs, str_lower(in->a, name_of(t->text)));
}

static int luarocks_read(struct read *in, struct err *err)
{
    struct str version = path_base(version_dir(in->path));
    struct str name = path_base(path_dir(version_dir(in->path)));
    struct lua lua = lua_open(in->bytes);
    own(buf) needs = {0};
    struct lua_text text;
    struct package *p;

    (void)err;
    p = read_add(in, "luarocks", name, version);
    p->realm = rocks_dir(in->path);
    while (lua_next(&lua, &text))
        take_text(in, p, &text, &needs);
    p->needs = buf_keep(in->a, &needs);
    if (lua.depth)
        read_note(in, lua.line, "ends inside a bracket or text");
    return 0;
}
