#include "model/ecosystem.h"

const struct ecosystem ecosystems[] = {
#define ECOSYSTEM(type, key, scheme, names, title)                                         \
    {type, key, scheme, title, NAMES_##names},
#include "model/ecosystem.def"
#undef ECOSYSTEM
    {0},
};

const struct ecosystem *ecosystem_of_type(struct str type)
{
    for (const struct ecosystem *e = ecosystems; e->type; e++)
        if (str_equal(type, str_of(e->type)))
            return e;
    return NULL;
}

const struct ecosystem *ecosystem_of_key(struct str key)
{
    for (const struct ecosystem *e = ecosystems; e->type; e++)
        if (str_equal(key, str_of(e->key)))
            return e;
    return NULL;
}

/* ASCII only: other letters have no case in any of these places. */
static struct str lower(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    for (size_t i = 0; i < s.n; i++)
        copy[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (struct str){copy, s.n};
}

static bool is_dash(char c)
{
    return c == '-' || c == '_' || c == '.';
}

/* PEP 503: runs of "-", "_" and "." are one "-", all in lower case. */
static struct str pep503(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (!is_dash(s.p[i]))
            copy[n++] = s.p[i];
        else if (i == 0 || !is_dash(s.p[i - 1]))
            copy[n++] = '-';
    return lower(a, (struct str){copy, n});
}

struct str ecosystem_name(struct arena *a, const struct ecosystem *e, struct str name)
{
    switch (e->names) {
    case NAMES_LOWER:
        return lower(a, name);
    case NAMES_PEP503:
        return pep503(a, name);
    case NAMES_AS_THEY_ARE:
    case NAMES_MAVEN:
        break;
    }
    return name;
}

struct str ecosystem_package(struct arena *a, const struct ecosystem *e,
                             const struct package *p)
{
    char between = e->names == NAMES_MAVEN ? ':' : '/';

    if (!p->group.n)
        return ecosystem_name(a, e, p->name);
    return ecosystem_name(
        a, e,
        str_printf(a, STR_FMT "%c" STR_FMT, STR_ARG(p->group), between, STR_ARG(p->name)));
}
