#include "pkg/tag.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Three numbers, at least. */
bool tag_version(struct str tag, struct str *version)
{
    size_t points = 0;
    struct str rest;

    if (str_starts(tag, S("v")))
        tag = str_from(tag, 1);
    str_cut(tag, ' ', version, &rest);
    if (!version->n || !is_digit(version->p[0]))
        return false;
    for (size_t i = 0; i < version->n && (is_digit(version->p[i]) || version->p[i] == '.');
         i++)
        points += version->p[i] == '.';
    return points >= 2;
}
