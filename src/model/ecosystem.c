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

struct str ecosystem_name(struct arena *a, const struct ecosystem *e, struct str name)
{
    switch (e->names) {
    case NAMES_LOWER:
        return str_lower(a, name);
    case NAMES_PEP503:
        return purl_dashes(a, str_lower(a, name));
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
