/* What the types of package URLs ask of their parts, after the definitions in
 * https://github.com/package-url/purl-spec (types/). A type that is not here has
 * no rules: cargo, conda, cran, docker, gem, generic, hackage, maven's names... */
#include "model/purl_type.h"

#include "base/arena.h"
#include "base/err.h"

enum rule {
    LOWER_SPACE = 1 << 0,
    UPPER_SPACE = 1 << 1,
    LOWER_NAME = 1 << 2,
    LOWER_VERSION = 1 << 3,
    LOWER = LOWER_SPACE | LOWER_NAME,
    DASHES = 1 << 4,      /* runs of -_. in the name are one dash (PEP 503) */
    UNDERSCORES = 1 << 5, /* dashes in the name are underscores */
    WITH_SPACE = 1 << 6,  /* a namespace is required */
    WITHOUT_SPACE = 1 << 7,
    NO_COLONS = 1 << 8, /* "::" would be a module, not a distribution */
};

static const struct {
    const char *type;
    unsigned rules;
} types[] = {
    {"alpm", LOWER},
    {"apk", LOWER},
    {"bitbucket", LOWER},
    {"bitnami", LOWER_NAME},
    {"composer", LOWER},
    {"cpan", UPPER_SPACE | NO_COLONS},
    {"cran", WITHOUT_SPACE},
    {"deb", LOWER},
    {"github", LOWER},
    {"gitlab", LOWER},
    {"golang", LOWER},
    {"hex", LOWER},
    {"huggingface", LOWER_VERSION},
    {"luarocks", LOWER},
    {"maven", WITH_SPACE},
    {"npm", LOWER},
    {"oci", LOWER_NAME | WITHOUT_SPACE},
    {"pub", LOWER_NAME | UNDERSCORES | WITHOUT_SPACE},
    {"pypi", LOWER_NAME | DASHES | WITHOUT_SPACE},
    {"qpkg", LOWER_SPACE},
    {"rpm", LOWER_SPACE},
    {"swift", WITH_SPACE},
};

static unsigned rules_of(struct str type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal(type, str_of(types[i].type)))
            return types[i].rules;
    return 0;
}

static struct str upper(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    for (size_t i = 0; i < s.n; i++)
        copy[i] = (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 32 : s.p[i]);
    return (struct str){copy, s.n};
}

static bool is_dash(char c)
{
    return c == '-' || c == '_' || c == '.';
}

struct str purl_dashes(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (!is_dash(s.p[i]))
            copy[n++] = s.p[i];
        else if (i == 0 || !is_dash(s.p[i - 1]))
            copy[n++] = '-';
    return (struct str){copy, n};
}

static struct str underscores(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    for (size_t i = 0; i < s.n; i++)
        copy[i] = s.p[i] == '-' ? '_' : s.p[i];
    return (struct str){copy, s.n};
}

void purl_normalize(struct arena *a, struct purl *purl)
{
    unsigned rules;

    purl->type = str_lower(a, purl->type);
    rules = rules_of(purl->type);
    if (rules & LOWER_SPACE)
        purl->namespace = str_lower(a, purl->namespace);
    if (rules & UPPER_SPACE)
        purl->namespace = upper(a, purl->namespace);
    if (rules & LOWER_NAME)
        purl->name = str_lower(a, purl->name);
    if (rules & LOWER_VERSION)
        purl->version = str_lower(a, purl->version);
    if (rules & DASHES)
        purl->name = purl_dashes(a, purl->name);
    if (rules & UNDERSCORES)
        purl->name = underscores(a, purl->name);
}

int purl_check_type(const struct purl *purl, struct err *err)
{
    unsigned rules = rules_of(purl->type);

    if ((rules & WITH_SPACE) && !purl->namespace.n)
        return err_set(err, ERR_FORMAT, STR_FMT " needs a namespace", STR_ARG(purl->type));
    if ((rules & WITHOUT_SPACE) && purl->namespace.n)
        return err_set(err, ERR_FORMAT, STR_FMT " has no namespaces", STR_ARG(purl->type));
    if ((rules & NO_COLONS) && str_find(purl->name, S("::")) >= 0)
        return err_set(err, ERR_FORMAT, "a name of " STR_FMT " has no \"::\"",
                       STR_ARG(purl->type));
    return 0;
}
