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
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_NAME, "luarocks.lock"},
    {0},
};

static int luarocks_lock_read(struct read *in, struct err *err);

const struct reader pkg_luarocks_lock = {
    .name = "luarocks_lock",
    .title = "Lua: luarocks.lock",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = luarocks_lock_read,
};

/* "[\"lua-cjson\"] ": lua-cjson */
static struct str bare(struct str s)
{
    s = str_trim(s);
    while (s.n && (s.p[0] == '[' || s.p[0] == '"' || s.p[0] == '\'' || s.p[0] == '{'))
        s = str_trim(str_from(s, 1));
    while (s.n && (s.p[s.n - 1] == ']' || s.p[s.n - 1] == '"' || s.p[s.n - 1] == '\'' ||
                   s.p[s.n - 1] == ',' || s.p[s.n - 1] == '}'))
        s = str_trim((struct str){s.p, s.n - 1});
    return s;
}

static int luarocks_lock_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line, key, value;
    bool dev = false;
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line)) {
        n++;
        if (!str_cut(line, '=', &key, &value))
            continue;
        key = bare(key);
        if (str_ends(key, S("dependencies"))) {
            dev = str_starts(key, S("test_")) || str_starts(key, S("build_"));
            if (!str_cut(value, '=', &key, &value))
                continue;
            key = bare(key);
        }
        value = bare(value);
        if (!key.n || !value.n || str_equal(key, S("lua"))) {
            if (!str_equal(key, S("lua")))
                read_note_lacks(in, n, key, value);
            continue;
        }
        read_add(in, "luarocks", key, value)->line = n;
        in->packages.at[in->packages.len - 1].dev = dev;
    }
    return 0;
}
