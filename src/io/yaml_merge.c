#include "io/yaml_merge.h"

#include "base/arena.h"

bool yaml_merge_key(struct arena *a, struct yaml_merge *m, struct str key)
{
    void **seen = map_at_copy(a, &m->keys, key);
    bool is_new = !*seen;

    *seen = m;
    return is_new;
}

/* The length of the string in front, with its quotes. */
static size_t string_length(struct str s)
{
    size_t i = 1;

    while (i < s.n && s.p[i] != '"')
        i += s.p[i] == '\\' ? 2 : 1;
    return i + 1;
}

/* Cuts off what stands before the next of the two marks that is not inside of
 * something, and the mark. */
static struct str cut(struct str *rest, char mark, char other)
{
    struct str s = *rest;
    unsigned depth = 0;
    size_t i = 0;

    while (i < s.n && (depth || (s.p[i] != mark && s.p[i] != other))) {
        if (s.p[i] == '"') {
            i += string_length(str_from(s, i));
            continue;
        }
        depth += s.p[i] == '{' || s.p[i] == '[';
        depth -= s.p[i] == '}' || s.p[i] == ']';
        i++;
    }
    *rest = str_from(s, i + 1);
    return (struct str){s.p, i < s.n ? i : s.n};
}

bool yaml_merge_add(struct arena *a, struct yaml_merge *m, struct str json)
{
    *arena_push(a, &m->values) = json;
    if (str_starts(json, S("{")))
        return true;
    if (!str_starts(json, S("[")))
        return false;
    for (struct str rest = str_from(json, 1); rest.n;) {
        struct str item = cut(&rest, ',', ']');

        if (item.n && !str_starts(item, S("{")))
            return false;
    }
    return true;
}

static bool pour_map(struct arena *a, struct yaml_merge *m, struct str map, bool some,
                     struct buf *out)
{
    for (struct str rest = str_from(map, 1); rest.n > 1;) {
        struct str key = cut(&rest, ':', '}'), value = cut(&rest, ',', '}');

        if (!key.n || !yaml_merge_key(a, m, key))
            continue;
        if (some)
            buf_char(out, ',');
        buf_str(out, key);
        buf_char(out, ':');
        buf_str(out, value);
        some = true;
    }
    return some;
}

static bool pour_list(struct arena *a, struct yaml_merge *m, struct str list, bool some,
                      struct buf *out)
{
    for (struct str rest = str_from(list, 1); rest.n;)
        some = pour_map(a, m, cut(&rest, ',', ']'), some, out);
    return some;
}

void yaml_merge_pour(struct arena *a, struct yaml_merge *m, bool some, struct buf *out)
{
    for (size_t i = m->values.len; i-- > 0;) {
        struct str json = m->values.at[i];

        some = str_starts(json, S("{")) ? pour_map(a, m, json, some, out)
                                        : pour_list(a, m, json, some, out);
    }
}
