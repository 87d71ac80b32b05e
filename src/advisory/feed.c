#include "advisory/feed.h"

#include "advisory/advisory.h"

#include "model/ecosystem.h"

const struct feed *const feeds[] = {
#define FEED(name) &feed_##name,
#include "advisory/list.def"
#undef FEED
    NULL,
};

bool db_form(size_t i, const char **name, const char **title)
{
    if (i + 1 >= sizeof feeds / sizeof *feeds)
        return false;
    *name = feeds[i]->name;
    *title = feeds[i]->title;
    return true;
}

const struct feed *feed_find(struct json root)
{
    for (const struct feed *const *f = feeds; *f; f++)
        if ((*f)->claims(root))
            return *f;
    return NULL;
}

/* ---- ecosystems ---- */

/* Families as OSV writes them that are not simply put in lower case. */
static const struct {
    const char *osv, *key;
} renamed[] = {
    {"Red Hat", "rhel"},       {"Rocky Linux", "rocky"},      {"SUSE", "sles"},
    {"openSUSE", "opensuse"},  {"Azure Linux", "azurelinux"}, {"crates.io", "cargo"},
    {"Packagist", "composer"}, {"RubyGems", "gem"},           {"GitHub Actions", "actions"},
    {"Photon OS", "photon"},
};

/* Releases that go by another name altogether. */
static const struct {
    const char *osv, *key;
} whole[] = {
    {"openSUSE:Tumbleweed", "opensuse-tumbleweed"},
    {"Azure Linux:2", "mariner:2.0"},
    {"Azure Linux:3", "azurelinux:3.0"},
};

static struct str digits(struct str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return (struct str){s.p, n};
}

/* "22.04:LTS" -> "22.04"; "Pro:22.04:LTS" has fixes that need a subscription */
static struct str ubuntu_release(struct arena *a, struct str release)
{
    struct str plain, rest;

    (void)a;
    str_cut(release, ':', &plain, &rest);
    return digits(plain).n ? plain : (struct str){0};
}

static struct str alpine_release(struct arena *a, struct str release)
{
    (void)a;
    return str_starts(release, S("v")) ? str_from(release, 1) : release;
}

/* "enterprise_linux:9::appstream" -> "9"; other names are other products, and
 * releases whose support is bought (rhel_eus). */
static struct str rhel_release(struct arena *a, struct str release)
{
    struct str product, version;

    (void)a;
    str_cut(release, ':', &product, &version);
    return str_equal(product, S("enterprise_linux")) ? digits(version) : (struct str){0};
}

/* "Linux Enterprise Server 15 SP5" and "Linux Enterprise Module for Basesystem
 * 15 SP5" -> "15.5"; LTSS and "for SAP Applications" are bought. */
static struct str sles_release(struct arena *a, struct str release)
{
    static const char *const products[] = {"Linux Enterprise Server ",
                                           "Linux Enterprise Module for "};
    struct str before, pack = {0}, version;
    size_t i = 0;

    while (i < 2 && !str_starts(release, str_of(products[i])))
        i++;
    if (i == 2)
        return (struct str){0};
    str_cut_last(release, ' ', &before, &version);
    if (str_starts(version, S("SP"))) {
        pack = str_from(version, 2);
        str_cut_last(before, ' ', &before, &version);
    }
    if (!digits(version).n || digits(pack).n != pack.n ||
        (i == 0 && before.n + 1 != str_of(products[0]).n))
        return (struct str){0};
    return pack.n ? str_printf(a, STR_FMT "." STR_FMT, STR_ARG(version), STR_ARG(pack))
                  : version;
}

static struct str opensuse_release(struct arena *a, struct str release)
{
    (void)a;
    if (!str_starts(release, S("Leap ")))
        return (struct str){0};
    release = str_from(release, 5);
    return digits(release).n ? release : (struct str){0};
}

static const struct {
    const char *key;
    struct str (*release)(struct arena *a, struct str release);
} ways[] = {
    {"alpine", alpine_release}, {"ubuntu", ubuntu_release},     {"rhel", rhel_release},
    {"sles", sles_release},     {"opensuse", opensuse_release},
};

struct str feed_ecosystem(struct arena *a, struct str osv_name)
{
    struct str family, release, key = {0};

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (str_equal(osv_name, str_of(whole[i].osv)))
            return str_of(whole[i].key);
    str_cut(osv_name, ':', &family, &release);
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (str_equal(family, str_of(renamed[i].osv)))
            key = str_of(renamed[i].key);
    if (!key.n)
        key = str_lower(a, family);
    if (!release.n)
        return key;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_equal(key, str_of(ways[i].key)))
            release = ways[i].release(a, release);
    if (!release.n)
        return (struct str){0};
    return str_printf(a, STR_FMT ":" STR_FMT, STR_ARG(key), STR_ARG(str_lower(a, release)));
}

/* ---- what may pass ---- */

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

void feed_add_id(struct arena *a, struct str_list *list, struct str id)
{
    enum { MOST = 4096 };

    if (list->len >= MOST)
        return;
    for (size_t i = 0; i < list->len; i++)
        if (str_equal(list->at[i], id))
            return;
    *arena_push(a, list) = id;
}

bool feed_line_valid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return s.n > 0 && s.n <= 1024;
}

struct str feed_title(struct str text)
{
    struct str line = {0};

    text = str_trim(text);
    str_line(&text, &line);
    return str_trim(line);
}

static bool are_plain(const struct statement *s)
{
    bool ok = feed_line_valid(s->ecosystem) && feed_line_valid(s->package);

    for (size_t i = 0; i < s->ranges.len; i++)
        for (size_t j = 0; j < s->ranges.at[i].events.len; j++)
            ok = ok && feed_line_valid(s->ranges.at[i].events.at[j].version);
    for (size_t i = 0; i < s->versions.len; i++)
        ok = ok && feed_line_valid(s->versions.at[i]);
    return ok;
}

void feed_put(struct feed_read *in, const struct statement *s)
{
    const struct ecosystem *language = ecosystem_of_key(s->ecosystem);
    struct statement named = *s;

    if (language)
        named.package = ecosystem_name(in->a, language, s->package);
    if (are_plain(s))
        in->statement(in->ctx, &named);
    else
        in->dropped(in->ctx, s->advisory, "a name or version that is no line of text");
}
