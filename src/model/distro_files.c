/* The files that tell which distribution a root is, one reader each. */
#include "model/distro_files.h"

#include "base/arena.h"
#include "model/os_release.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define DISTRO(...)
#define RELEASE(...)

static const struct phrase {
    const char *id, *text;
} phrases[] = {
#define PHRASE(id, text) {#id, text},
#include "model/distro.def"
};

/* Makers as they are named in CPE. */
static const struct phrase makers[] = {
    {"amzn", "amazon"},          {"rhel", "redhat"}, {"centos", "centos"},
    {"fedora", "fedoraproject"}, {"ol", "oracle"},   {"rocky", "rocky"},
    {"almalinux", "almalinux"},
};

enum { ID_MAX = 64 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-' || c == '+' || c == '~';
}

/* What a version may be made of, from the front. */
static struct str word(struct str s)
{
    size_t n = 0;

    while (n < s.n && is_word(s.p[n]))
        n++;
    return (struct str){s.p, n};
}

/* The first number on the line, and what hangs on to it: "6.10", "3.0". */
static struct str first_version(struct str line)
{
    while (line.n && !is_digit(*line.p))
        line = str_from(line, 1);
    return word(line);
}

struct str distro_numbers(struct str version, int parts)
{
    size_t n = 0;

    while (n < version.n &&
           (is_digit(version.p[n]) || (version.p[n] == '.' && --parts > 0)))
        n++;
    if (n && version.p[n - 1] == '.')
        n--;
    return (struct str){version.p, n};
}

/* Lower case, and empty when it is no identifier. */
static struct str identifier(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    if (s.n > ID_MAX)
        return (struct str){0};
    for (size_t i = 0; i < s.n; i++) {
        if (!is_word(s.p[i]))
            return (struct str){0};
        copy[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
    }
    return (struct str){copy, s.n};
}

static bool from_os_release(struct arena *a, struct str text, struct distro *d)
{
    struct str name = os_release_get(a, text, "NAME");

    d->id = identifier(a, os_release_get(a, text, "ID"));
    d->like = os_release_get(a, text, "ID_LIKE");
    d->title = os_release_get(a, text, "PRETTY_NAME");
    d->version = word(os_release_get(a, text, "VERSION_ID"));
    d->codename = os_release_get(a, text, "VERSION_CODENAME");
    if (!d->title.n)
        d->title = name;
    if (str_equal(d->id, S("centos")) && str_find(name, S("Stream")) >= 0)
        d->id = S("centos-stream");
    if (str_equal(d->id, S("opensuse")) && str_find(name, S("Tumbleweed")) >= 0)
        d->id = S("opensuse-tumbleweed");
    return d->id.n > 0;
}

static bool from_lsb_release(struct arena *a, struct str text, struct distro *d)
{
    d->id = identifier(a, os_release_get(a, text, "DISTRIB_ID"));
    d->title = os_release_get(a, text, "DISTRIB_DESCRIPTION");
    d->version = word(os_release_get(a, text, "DISTRIB_RELEASE"));
    d->codename = os_release_get(a, text, "DISTRIB_CODENAME");
    return d->id.n > 0;
}

/* "CentOS release 6.10 (Final)" and its like; "\n \l" ends a line of etc/issue. */
static bool from_phrase(struct arena *a, struct str text, struct distro *d)
{
    struct str line, level, rest = text;

    while (str_line(&rest, &line)) {
        str_cut(line, '\\', &line, &level);
        for (size_t i = 0; i < COUNT(phrases); i++) {
            ptrdiff_t at = str_find(line, str_of(phrases[i].text));

            if (at < 0)
                continue;
            line = str_from(line, (size_t)at); /* "Welcome to Alpine Linux 3.4" */
            d->id = str_of(phrases[i].id);
            d->title = os_release_clean(a, line);
            d->version = str_copy(a, first_version(line));
            return true;
        }
    }
    return false;
}

/* etc/SuSE-release has the service pack on a line of its own. */
static bool from_suse(struct arena *a, struct str text, struct distro *d)
{
    ptrdiff_t at = str_find(text, S("PATCHLEVEL = "));
    struct str level;

    if (!from_phrase(a, text, d))
        return false;
    level = at < 0 ? (struct str){0} : word(str_from(text, (size_t)at + 13));
    if (level.n && level.n < 4 && !str_equal(level, S("0")))
        d->version =
            str_printf(a, STR_FMT "." STR_FMT, STR_ARG(d->version), STR_ARG(level));
    return true;
}

/* "cpe:/o:amazon:linux:2018.03:ga", "cpe:2.3:o:amazon:amazon_linux:2" */
static bool from_cpe(struct arena *a, struct str text, struct distro *d)
{
    ptrdiff_t at = str_find(text, S("o:"));
    struct str maker, product, rest = at < 0 ? text : str_from(text, (size_t)at + 2);

    str_cut(rest, ':', &maker, &rest);
    str_cut(rest, ':', &product, &rest);
    for (size_t i = 0; i < COUNT(makers); i++)
        if (str_equal(maker, str_of(makers[i].text))) {
            d->id = str_of(makers[i].id);
            d->version = str_copy(a, distro_numbers(word(rest), 3));
            return d->version.n > 0;
        }
    return false;
}

/* "3.2.3" */
static bool from_alpine(struct arena *a, struct str text, struct distro *d)
{
    d->id = S("alpine");
    d->version = str_copy(a, word(str_trim(text)));
    return d->version.n && is_digit(*d->version.p);
}

static bool from_arch(struct arena *a, struct str text, struct distro *d)
{
    (void)a;
    (void)text; /* it is empty */
    d->id = S("arch");
    return true;
}

/* "7.11", or "jessie/sid". Ubuntu has this file too, and other ones. */
static bool from_debian(struct arena *a, struct str text, struct distro *d)
{
    struct str head, tail;

    text = os_release_clean(a, text);
    d->id = S("debian");
    if (text.n && is_digit(*text.p)) {
        d->version = word(text);
        return true;
    }
    str_cut(text, '/', &head, &tail);
    d->codename = word(head);
    return str_equal(tail, S("sid")) || str_equal(head, S("sid"));
}

static bool from_busybox(struct arena *a, struct str text, struct distro *d)
{
    ptrdiff_t at = str_find(text, S("BusyBox v"));

    d->id = S("busybox");
    if (at >= 0)
        d->version = str_copy(a, distro_numbers(str_from(text, (size_t)at + 9), 3));
    return true;
}

/* The first that makes sense counts. Oracle's redhat-release speaks of Red Hat. */
const struct distro_reader distro_readers[] = {
    {"etc/os-release", from_os_release},
    {"usr/lib/os-release", from_os_release},
    {"etc/alpine-release", from_alpine},
    {"etc/oracle-release", from_phrase},
    {"etc/centos-release", from_phrase},
    {"etc/redhat-release", from_phrase},
    {"etc/system-release", from_phrase},
    {"etc/system-release-cpe", from_cpe},
    {"etc/SuSE-release", from_suse},
    {"etc/photon-release", from_phrase},
    {"etc/mariner-release", from_phrase},
    {"etc/lsb-release", from_lsb_release},
    {"etc/arch-release", from_arch},
    {"etc/debian_version", from_debian},
    {"etc/issue", from_phrase},
    {"bin/busybox", from_busybox},
    {NULL, NULL},
};
