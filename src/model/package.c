#include "model/package.h"

struct str package_realm(const struct package *p)
{
    return p->realm.n ? p->realm : p->path;
}

struct str package_key(const struct package *p)
{
    return p->key.n ? p->key : p->name;
}

struct str package_source(const struct package *p)
{
    return p->source.n ? p->source : p->name;
}

struct str package_source_version(const struct package *p)
{
    return p->source_version.n ? p->source_version : p->version;
}

bool package_of_distro(const struct package *p)
{
    static const char *const types[] = {"deb", "apk", "rpm", "alpm", "opkg", "ebuild"};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal(p->type, str_of(types[i])))
            return true;
    return false;
}
