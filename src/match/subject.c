/* Which name and version a distribution's advisories speak of. */
#include "match/match.h"

/* Debian, Alpine and their kin publish by source package and its version; the
 * errata of the rpm world name each binary package. */
static const struct way {
    const char *type;
    const char *scheme;
    bool by_source;
} ways[] = {
    {"deb", "deb", true},
    {"apk", "apk", true},
    {"rpm", "rpm", false},
};

static const struct way *way_of(struct str type)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_equal(type, str_of(ways[i].type)))
            return &ways[i];
    return NULL;
}

bool match_subject(const struct package *p, const struct distro *distro,
                   struct subject *out)
{
    const struct way *way = way_of(p->type);

    if (!way)
        return false;
    *out = (struct subject){
        .ecosystem =
            str_equal(p->type, distro->packages) ? distro->ecosystem : (struct str){0},
        .name = way->by_source ? package_source(p) : p->name,
        .version = way->by_source ? package_source_version(p) : p->version,
        .scheme = version_find(str_of(way->scheme)),
    };
    return out->scheme != NULL;
}
