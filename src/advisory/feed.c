#include "advisory/feed.h"

const struct feed *const feeds[] = {
#define FEED(name) &feed_##name,
#include "advisory/list.def"
#undef FEED
    NULL,
};

const struct feed *feed_find(struct json root)
{
    for (const struct feed *const *f = feeds; *f; f++)
        if ((*f)->claims(root))
            return *f;
    return NULL;
}

/* Ecosystems as OSV writes them that are not simply put in lower case. */
static const struct {
    const char *osv, *key;
} renamed[] = {
    {"Red Hat", "redhat"},     {"Rocky Linux", "rocky"},      {"SUSE", "sles"},
    {"openSUSE", "opensuse"},  {"Azure Linux", "azurelinux"}, {"crates.io", "cargo"},
    {"Packagist", "composer"}, {"RubyGems", "gem"},           {"GitHub Actions", "actions"},
    {"Photon OS", "photon"},
};

static struct str lower(struct arena *a, struct str s)
{
    char *at = arena_alloc(a, s.n + 1, 1);

    for (size_t i = 0; i < s.n; i++)
        at[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (struct str){at, s.n};
}

/* "v3.20" -> "3.20"; "22.04:LTS" -> "22.04" */
static struct str release_of(struct str family, struct str release)
{
    struct str plain, rest;

    if (str_equal(family, S("alpine")) && str_starts(release, S("v")))
        release = str_from(release, 1);
    if (str_equal(family, S("ubuntu"))) {
        if (str_starts(release, S("Pro:")))
            return (struct str){0}; /* fixes that need a subscription */
        str_cut(release, ':', &plain, &rest);
        return plain;
    }
    return release;
}

struct str feed_ecosystem(struct arena *a, struct str osv_name)
{
    struct str family, release, key = {0};

    str_cut(osv_name, ':', &family, &release);
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (str_equal(family, str_of(renamed[i].osv)))
            key = str_of(renamed[i].key);
    if (!key.n)
        key = lower(a, family);
    if (!release.n)
        return key;
    release = release_of(key, release);
    if (!release.n)
        return (struct str){0};
    return str_printf(a, STR_FMT ":" STR_FMT, STR_ARG(key), STR_ARG(lower(a, release)));
}

bool feed_id_valid(struct str id)
{
    if (id.n == 0 || id.n > 128)
        return false;
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              c == '-' || c == '.' || c == '_' || c == ':'))
            return false;
    }
    return true;
}
