/* lua.org/manual/5.4/manual.html#3.1, "Lexical Conventions". */
#include "pkg/lua.h"

struct lua lua_open(struct str text)
{
    return (struct lua){.rest = text, .line = 1};
}

static void skip(struct lua *lua, size_t n)
{
    for (size_t i = 0; i < n && i < lua->rest.n; i++)
        lua->line += lua->rest.p[i] == '\n';
    lua->rest = str_from(lua->rest, n);
}

/* Up to and with `mark`; false when that is nowhere. */
static bool pass(struct lua *lua, struct str mark, struct str *before)
{
    ptrdiff_t at = str_find(lua->rest, mark);

    if (at < 0) {
        skip(lua, lua->rest.n);
        lua->depth++; /* it is open */
        return false;
    }
    *before = (struct str){lua->rest.p, (size_t)at};
    skip(lua, (size_t)at + mark.n);
    return true;
}

/* "[[text]]", "[==[text]==]"; false, and nothing passed, when it is another bracket. */
static bool take_long(struct lua *lua, struct str *out)
{
    char end[16] = "]";
    size_t n = 1;

    while (n < sizeof end - 1 && n < lua->rest.n && lua->rest.p[n] == '=')
        end[n++] = '=';
    if (n >= sizeof end - 1 || n >= lua->rest.n || lua->rest.p[n] != '[')
        return false;
    end[n++] = ']';
    skip(lua, n);
    *out = (struct str){0};
    pass(lua, (struct str){end, n}, out);
    return true;
}

static bool take_quoted(struct lua *lua, struct str *out)
{
    char quote = lua->rest.p[0];
    size_t n = 1;

    while (n < lua->rest.n && lua->rest.p[n] != quote)
        n += lua->rest.p[n] == '\\' ? 2 : 1;
    if (n >= lua->rest.n) {
        skip(lua, lua->rest.n);
        lua->depth++;
        return false;
    }
    *out = (struct str){lua->rest.p + 1, n - 1};
    skip(lua, n + 1);
    return true;
}

static void pass_comment(struct lua *lua)
{
    struct str line, rest;

    skip(lua, 2);
    if (!str_starts(lua->rest, S("[")) || !take_long(lua, &line)) {
        str_cut(lua->rest, '\n', &line, &rest);
        skip(lua, line.n);
    }
}

static bool is_name(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static void take_name(struct lua *lua)
{
    struct str name = {lua->rest.p, 0};

    while (name.n < lua->rest.n && is_name(name.p[name.n]))
        name.n++;
    lua->last = name;
    skip(lua, name.n);
}

static void set_key(struct lua *lua, struct str key)
{
    if (lua->depth < LUA_KEYS)
        lua->key[lua->depth] = key;
}

static void take_mark(struct lua *lua)
{
    char c = lua->rest.p[0];

    skip(lua, 1);
    if (c == '=') {
        set_key(lua, lua->last);
    } else if (c == '{' || c == '(') {
        lua->depth++;
        set_key(lua, (struct str){0});
    } else if ((c == '}' || c == ')') && lua->depth) {
        lua->depth--;
    } else if (c == ',' || c == ';') {
        set_key(lua, (struct str){0});
    }
}

static struct str past_blanks(struct str s)
{
    size_t n = 0;

    while (n < s.n && (s.p[n] == ' ' || (s.p[n] >= '\t' && s.p[n] <= '\r')))
        n++;
    return str_from(s, n);
}

/* Of ["b-c"] = '1.0' the first is a key. */
static bool is_key(struct str rest)
{
    rest = past_blanks(rest);
    if (!str_starts(rest, S("]")))
        return false;
    rest = past_blanks(str_from(rest, 1));
    return str_starts(rest, S("=")) && !str_starts(rest, S("=="));
}

static bool found(struct lua *lua, struct str text, uint64_t line, struct lua_text *out)
{
    lua->last = text;
    if (is_key(lua->rest))
        return false;
    *out = (struct lua_text){.text = text, .depth = lua->depth, .line = line};
    for (size_t i = 0; i < LUA_KEYS && i <= lua->depth; i++)
        out->key[i] = lua->key[i];
    return true;
}

bool lua_next(struct lua *lua, struct lua_text *out)
{
    while (lua->rest.n) {
        char c = lua->rest.p[0];
        uint64_t line = lua->line;
        struct str text;

        if (str_starts(lua->rest, S("--"))) {
            pass_comment(lua);
        } else if (c == '"' || c == '\'') {
            if (take_quoted(lua, &text) && found(lua, text, line, out))
                return true;
        } else if (c == '[' && take_long(lua, &text)) {
            if (found(lua, text, line, out))
                return true;
        } else if (is_name(c)) {
            take_name(lua);
        } else {
            take_mark(lua);
        }
    }
    return false;
}
