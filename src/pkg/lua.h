#ifndef PKG_LUA_H
#define PKG_LUA_H

#include "base/str.h"

#include <stdint.h>

/* Texts that a piece of Lua sets, as far as that can be told without running it: files of
 * LuaRocks are lists and tables of texts, and nothing is computed in them.
 *     description = { license = "MIT" }    -- "MIT", below description and license
 *     dependencies = { "lua >= 5.1" }      -- "lua >= 5.1", below dependencies and ""
 *     return { a = { ["b-c"] = '1.0' } }   -- "1.0", below "", a and b-c */
enum { LUA_KEYS = 3 };

struct lua {
    struct str rest;
    uint64_t line;            /* from 1 */
    unsigned depth;           /* open brackets */
    struct str key[LUA_KEYS]; /* of each depth, empty in a list */
    struct str last;          /* a name or text that may turn out to be a key */
};

struct lua_text {
    struct str text; /* as written: \" stays */
    struct str key[LUA_KEYS];
    unsigned depth; /* of the brackets around it */
    uint64_t line;
};

struct lua lua_open(struct str text);

/* The next text; false at the end, with lua->depth above 0 when it comes too early. */
bool lua_next(struct lua *lua, struct lua_text *out);

#endif
