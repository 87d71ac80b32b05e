/* luarocks.lock, which LuaRocks writes with --pin: Lua again, and as fixed in its form.
 *     return {
 *        build_dependencies = {},
 *        dependencies = {
 *           lpeg = "1.0.2-1",
 *           ["lua-cjson"] = "2.1.0-1",
 *        },
 *        test_dependencies = { busted = "2.0-1" }
 *     }
 * github.com/luarocks/luarocks/wiki/Pinning-versions-with-a-lock-file. */
#include "base/err.h"
#include "model/reader.h"
#include "pkg/lua.h"

static const struct want wants[] = {
    {WANT_NAME, "luarocks.lock"},
    {0},
};

static int luarocks_lock_read(struct read *in, struct err *err);

const struct reader pkg_luarocks_lock = {
    .name = "luarocks_lock",
    .title = "Lua: luarocks.lock",
    .checked = "luarocks make --pin",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = luarocks_lock_read,
};

static int luarocks_lock_read(struct read *in, struct err *err)
{
    struct lua lua = lua_open(in->bytes);
    struct lua_text text;

    if (str_find(in->bytes, S("return")) < 0 || str_find(in->bytes, S("{")) < 0)
        return err_set(err, ERR_FORMAT, "it returns no table");
    while (lua_next(&lua, &text)) {
        struct str list = text.key[1], name = text.key[2];
        struct package *p;

        if (text.depth != 2 || !str_ends(list, S("dependencies")) ||
            str_equal(name, S("lua")))
            continue;
        if (!name.n || !text.text.n) {
            read_note_lacks(in, text.line, name, text.text);
            continue;
        }
        p = read_add(in, "luarocks", name, text.text);
        p->line = text.line;
        p->dev = !str_equal(list, S("dependencies"));
    }
    if (lua.depth)
        read_note(in, lua.line, "ends inside a bracket or text");
    return 0;
}
