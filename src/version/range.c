/* Ranges of families that have no language for them: conditions, all of which hold. */
#include "version/parts.h"
#include "version/version.h"

static bool is_space(char c)
{
    return c == ' ';
}

static bool is_blank(char c)
{
    return is_space(c) || c == ',';
}

static bool is_word(char c)
{
    return !is_blank(c);
}

static bool is_op(char c)
{
    return c == '<' || c == '=' || c == '>';
}

/* "<<" is what Debian writes for "<". */
static int holds(const struct version_scheme *s, struct str op, struct str bound,
                 struct str v)
{
    int r;

    if (!s->valid(bound) || !s->valid(v))
        return -1;
    r = s->compare(v, bound);
    if (str_equal(op, S("<")) || str_equal(op, S("<<")))
        return r < 0;
    if (str_equal(op, S("<=")))
        return r <= 0;
    if (str_equal(op, S(">")) || str_equal(op, S(">>")))
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
        struct str op = take_run(&range, is_op);
        int one;

        take_run(&range, is_space); /* ">= 1.2" */
        one = holds(s, op, take_run(&range, is_word), v);

        if (one < 0)
            return -1;
        in &= one;
    }
    return any ? in : -1;
}
