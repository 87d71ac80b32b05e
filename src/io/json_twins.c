/* Keys that an object has twice: one program takes the first, another the last; Go takes
 * those that differ in case for one. */
#include "base/arena.h"
#include "base/map.h"
#include "base/own.h"
#include "io/json.h"

static struct str lower(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n, 1);

    for (size_t i = 0; i < s.n; i++)
        out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (struct str){out, s.n};
}

static bool listed(const char *const *words, struct str word)
{
    for (; *words; words++)
        if (str_equal(word, str_of(*words)))
            return true;
    return false;
}

static enum json_twins look(struct arena *a, struct json v, const char *const *words,
                            struct str *key)
{
    enum json_twins found = JSON_NO_TWINS;
    struct map seen = {0};
    struct str name;
    struct json one;

    for (struct json_each e = json_each(v);
         found != JSON_TWINS_BY_CASE && json_next(&e, &name, &one);) {
        struct str **at = NULL, low;
        enum json_twins below =
            look(a, one, words, key); /* not deeper than json_parse allows */

        if (json_kind(v) == JSON_MAP) {
            low = lower(a, name);
            at = (struct str **)map_at(a, &seen, listed(words, low) ? low : name);
        }
        if (at && *at) {
            *key = name;
            below = str_equal(**at, name) ? JSON_TWINS : JSON_TWINS_BY_CASE;
        } else if (at) {
            *at = arena_new(a, struct str);
            **at = name;
        }
        if (below > found)
            found = below;
    }
    return found;
}

enum json_twins json_twins(struct json v, const char *const *words, struct str *key)
{
    own(arena) a = {0};

    return look(&a, v, words, key);
}
