#include "pkg/programs.h"

#include "base/needles.h"
#include "pkg/program_pattern.h"

#include <assert.h>
#include <ctype.h>
#include <fnmatch.h>
#include <pthread.h>
#include <string.h>

/* What programs.def says. */
static const struct rule {
    const char *name, *cpe, *files, *pattern, *also;
} rules[] = {
#define PROGRAM(name, cpe, files, pattern, also) {name, cpe, files, pattern, also},
#include "pkg/programs.def"
#undef PROGRAM
};

enum { RULES = sizeof rules / sizeof *rules };
enum { VERSIONS_MAX = 4 };   /* of one rule in one file */
enum { HITS_MAX = 1 << 18 }; /* places in one file that are looked at closely */

/* Needle 2 i is where the pattern of rule i is looked for, needle 2 i + 1 what must be in
 * the file besides. */
static struct pattern patterns[RULES];
static struct needle needles[2 * RULES];
static size_t needle_is[2 * RULES];
static struct needles all;

const char *program_name(size_t i)
{
    return i < RULES ? rules[i].name : NULL;
}

static void add_needle(size_t *len, struct str text, size_t is)
{
    assert(text.n >= NEEDLE_LEAST);
    needles[*len].text = text;
    needle_is[(*len)++] = is;
}

static void make_all(void)
{
    size_t len = 0;

    for (size_t i = 0; i < RULES; i++) {
        struct pattern *p = &patterns[i];
        bool good = pattern_make(p, str_of(rules[i].pattern));

        assert(good && (p->anchor < p->len || *rules[i].also));
        if (good && p->anchor < p->len)
            add_needle(&len, p->parts[p->anchor].text, 2 * i);
        if (*rules[i].also)
            add_needle(&len, str_of(rules[i].also), 2 * i + 1);
    }
    needles_make(&all, needles, len);
}

/* ---- one file ---- */

struct finding {
    struct str versions[VERSIONS_MAX];
    size_t len;
    bool also; /* was seen */
};

struct look {
    struct str in; /* the piece at hand */
    struct finding found[RULES];
    size_t hits;
};

static bool has_version(const struct finding *f, struct str version)
{
    for (size_t i = 0; i < f->len; i++)
        if (str_equal(f->versions[i], version))
            return true;
    return false;
}

static void remember(struct finding *f, struct str version)
{
    if (f->len < VERSIONS_MAX && !has_version(f, version))
        f->versions[f->len++] = version;
}

static bool hit(void *ctx, size_t at, size_t which)
{
    struct look *l = ctx;
    size_t is = needle_is[which];
    struct str version;

    if (is % 2)
        l->found[is / 2].also = true;
    else if (pattern_around(&patterns[is / 2], l->in, at, &version))
        remember(&l->found[is / 2], version);
    return l->hits++ < HITS_MAX;
}

/* ---- versions that stand alone ---- */

static bool may_begin(struct str in, size_t at)
{
    return isdigit((unsigned char)in.p[at]) &&
           (at == 0 || !(isalnum((unsigned char)in.p[at - 1]) || in.p[at - 1] == '.' ||
                         in.p[at - 1] == '-' || in.p[at - 1] == '+'));
}

/* A pattern without a text that could be looked for, in a file that has what else belongs
 * to the program: "1.9.4" of lz4. */
static void look_everywhere(const struct pattern *p, struct str in, struct finding *f)
{
    const struct part *first = &p->parts[0];
    struct str version;
    size_t at = 0;

    for (; first->kind == PART_TEXT; at++) {
        ptrdiff_t next = str_find(str_from(in, at), first->text);

        if (next < 0)
            return;
        at += (size_t)next;
        if (pattern_at(p, in, at, &version))
            remember(f, version);
    }
    for (; at < in.n; at++)
        if (may_begin(in, at) && pattern_at(p, in, at, &version))
            remember(f, version);
}

/* Which of several it is nobody knows. */
static void look_alone(struct look *l, const struct str *pieces, size_t n)
{
    for (size_t i = 0; i < RULES; i++) {
        struct finding *f = &l->found[i];

        if (patterns[i].anchor < patterns[i].len || !f->also)
            continue;
        for (size_t k = 0; k < n; k++)
            look_everywhere(&patterns[i], pieces[k], f);
        if (f->len > 1)
            f->len = 0;
    }
}

/* ---- what came of it ---- */

static bool is_called(struct arena *a, struct str base, const char *files)
{
    struct str rest = str_of(files), one;

    while (rest.n) {
        str_cut(rest, '|', &one, &rest);
        if (fnmatch(str_copy(a, one).p, str_copy(a, base).p, 0) == 0)
            return true;
    }
    return !*files;
}

/* "20914": 2.9.14 */
static struct str written(struct arena *a, struct str version)
{
    unsigned n = 0;

    if (memchr(version.p, '.', version.n))
        return version;
    for (size_t i = 0; i < version.n; i++)
        n = n * 10 + (unsigned)(version.p[i] - '0');
    return str_printf(a, "%u.%u.%u", n / 10000, n / 100 % 100, n % 100);
}

static bool is_known(const struct program_list *list, const struct program *p)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_equal(list->at[i].name, p->name) &&
            str_equal(list->at[i].version, p->version))
            return true;
    return false;
}

/* "9.2" beside "9.2p1" is the same, told in short. */
static bool is_short(const struct finding *f, struct str version)
{
    for (size_t i = 0; i < f->len; i++)
        if (f->versions[i].n > version.n && str_starts(f->versions[i], version))
            return true;
    return false;
}

static void take(struct arena *a, size_t i, const struct finding *f,
                 struct program_list *out)
{
    for (size_t k = 0; k < f->len; k++) {
        struct program p = {str_of(rules[i].name), written(a, f->versions[k]),
                            str_of(rules[i].cpe)};

        if (!is_short(f, f->versions[k]) && !is_known(out, &p))
            *arena_push(a, out) = p;
    }
}

void programs_find(struct arena *a, struct str base, const struct str *pieces, size_t n,
                   struct program_list *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct look *l = arena_new(a, struct look);

    pthread_once(&once, make_all);
    for (size_t k = 0; k < n && l->hits < HITS_MAX; k++) {
        l->in = pieces[k];
        needles_find(&all, l->in, hit, l);
    }
    look_alone(l, pieces, n);
    for (size_t i = 0; i < RULES; i++) {
        const struct finding *f = &l->found[i];

        if (f->len && (!*rules[i].also || f->also) && is_called(a, base, rules[i].files))
            take(a, i, f, out);
    }
    out->cut = l->hits >= HITS_MAX;
}
