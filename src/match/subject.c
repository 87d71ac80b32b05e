/* Which name and version the advisories on a package speak of. */
#include "match/match.h"

#include "model/ecosystem.h"

/* Debian, Alpine and their kin publish by source package and its version; the
 * errata of the rpm world name each binary package. */
static const struct manner {
    const char *type;
    const char *scheme;
    bool by_source;
} manners[] = {
    {"deb", "deb", true},
    {"apk", "apk", true},
    {"rpm", "rpm", false},
};

static const struct manner *manner_of(struct str type)
{
    for (size_t i = 0; i < sizeof manners / sizeof *manners; i++)
        if (str_equal(type, str_of(manners[i].type)))
            return &manners[i];
    return NULL;
}

/* Of a package of a language; what the distribution is makes no difference to it. */
static bool language_subject(struct arena *a, const struct package *p, struct subject *out)
{
    const struct ecosystem *e = ecosystem_of_type(p->type);

    if (!e)
        return false;
    *out = (struct subject){
        .language = e,
        .ecosystem = str_of(e->key),
        .name = ecosystem_package(a, e, p),
        .version = p->version,
        .scheme = version_find(str_of(e->scheme)),
    };
    return out->scheme != NULL;
}

bool match_subject(struct arena *a, const struct package *p, const struct distro *distro,
                   struct subject *out)
{
    const struct manner *manner = manner_of(p->type);

    if (!manner)
        return language_subject(a, p, out);
    *out = (struct subject){
        .ecosystem =
            str_equal(p->type, distro->packages) ? distro->ecosystem : (struct str){0},
        .name = manner->by_source ? package_source(p) : p->name,
        .version = manner->by_source ? package_source_version(p) : p->version,
        .scheme = version_find(str_of(manner->scheme)),
    };
    return out->scheme != NULL;
}
