/* Ranges of families that have no language for them: conditions, all of which hold. */
#include "version/parts.h"
#include "version/version.h"

static bool is_blank(char c)
{
    return c == ' ' || c == ',';
}

static bool is_word(char c)
{
    return !is_blank(c);
}

static bool is_op(char c)
{
    return c == '<' || c == '=' || c == '>';
}

/* ">=1.2": 1 or 0, or -1 when it is no condition. */
static int holds(const struct version_scheme *s, struct str condition, struct str v)
{
    struct str op = take_run(&condition, is_op);
    int r;

    if (!s->valid(condition) || !s->valid(v))
        return -1;
    r = s->compare(v, condition);
    if (str_equal(op, S("<")))
        return r < 0;
    if (str_equal(op, S("<=")))
        return r <= 0;
    if (str_equal(op, S(">")))
        return r > 0;
    if (str_equal(op, S(">=")))
        return r >= 0;
    return str_equal(op, S("=")) || str_equal(op, S("==")) ? r == 0 : -1;
}

int version_in_range(const struct version_scheme *s, struct str range, struct str v)
{
    int in = 1, any = 0;

    if (s->in_range)
        return s->in_range(range, v);
    for (take_run(&range, is_blank); range.n; take_run(&range, is_blank), any = 1) {
        int one = holds(s, take_run(&range, is_word), v);

        if (one < 0)
            return -1;
        in &= one;
    }
    return any ? in : -1;
}
