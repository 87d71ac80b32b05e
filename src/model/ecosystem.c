#include "model/ecosystem.h"

#include "model/purl_type.h"

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

struct str ecosystem_place(struct arena *a, struct str url)
{
    ptrdiff_t scheme = str_find(url, S("://"));
    struct str rest = scheme < 0 ? url : str_from(url, (size_t)scheme + 3);
    struct str user, host, path;

    if (str_ends(rest, S("/")))
        rest.n--;
    if (str_ends(rest, S(".git")))
        rest.n -= 4;
    if (str_cut(rest, '@', &user, &path) && str_find(user, S("/")) < 0)
        rest = path;
    if (scheme < 0 && str_cut(rest, ':', &host, &path))
        return str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(host), STR_ARG(path));
    return rest;
}

struct str ecosystem_name(struct arena *a, const struct ecosystem *e, struct str name)
{
    switch (e->names) {
    case NAMES_LOWER:
        return str_lower(a, name);
    case NAMES_PEP503:
        return purl_dashes(a, str_lower(a, name));
    case NAMES_PLACE:
        return str_lower(a, ecosystem_place(a, name));
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
