#include "match/match.h"

#include "base/err.h"
#include "match/matching.h"
#include "model/ecosystem.h"

#include <stdlib.h>

/* ---- shared with describe.c ---- */

void matching_failed(struct matching *m, const struct err *err)
{
    void **at = map_at_copy(m->a, &m->failed, str_of(err->text));

    if (!*at)
        *at = note_add(m->a, &m->result->notes, NOTE_UNREAD, (struct str){0}, "%s",
                       err->text);
}

static bool listed(const struct str_list *list, struct str s)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_equal(list->at[i], s))
            return true;
    return false;
}

void list_add_once(struct arena *a, struct str_list *list, struct str s)
{
    if (!listed(list, s))
        *arena_push(a, list) = s;
}

/* ---- which module a package belongs to ---- */

/* "nodejs:16:8060020220315:ad008a3a" is of stream "nodejs:16". A statement on a
 * stream is about packages of that stream only, and one without about packages
 * of none: the same names and higher versions live in other streams. */
static bool module_fits(const struct statement *s, const struct package *p)
{
    struct str stream = p->module;

    if (!s->module.n || !p->module.n)
        return s->module.n == p->module.n;
    return str_equal(stream, s->module) ||
           (str_starts(stream, s->module) && stream.n > s->module.n &&
            stream.p[s->module.n] == ':');
}

/* ---- from statements to findings ---- */

static bool is_cve(struct str id)
{
    return str_starts(id, S("CVE-"));
}

static struct finding *finding_at(struct matching *m, struct str id)
{
    size_t i = (size_t)(uintptr_t)map_get(&m->found, id);

    return i ? &m->result->findings.at[i - 1] : NULL;
}

static void name_it(struct matching *m, struct finding *f, struct str id)
{
    void **at = map_at(m->a, &m->found, id);
    size_t i = (size_t)(f - m->result->findings.at);

    if (!*at)
        *at = (void *)(uintptr_t)(i + 1);
    if (str_equal(f->id, id))
        return;
    if (is_cve(id) && !is_cve(f->id)) { /* a CVE id is what everybody knows it by */
        struct str other = f->id;

        f->id = id;
        id = other;
    }
    list_add_once(m->a, &f->aliases, id);
}

/* Two advisories on the same thing: it is gone only with the later fix. */
static void take_fix(struct finding *f, const struct statement *s, struct str fixed,
                     const struct version_scheme *scheme)
{
    if (fixed.n && (!f->fixed.n || scheme->compare(fixed, f->fixed) > 0))
        f->fixed = fixed;
    if (f->fixed.n)
        f->status = STATUS_AFFECTED;
    else if (f->status == STATUS_AFFECTED)
        f->status = s->status;
    if (s->severity > f->severity)
        f->severity = s->severity;
}

/* One vulnerability of a statement that applies; folded with what is there
 * already under this id or an alias. */
static void add_finding(struct matching *m, const struct package *p,
                        const struct statement *s, struct str id, struct str fixed,
                        const struct version_scheme *scheme)
{
    bool own_aliases = s->ids.len == 1; /* else they are the advisory's, not this one's */
    struct finding *f = finding_at(m, id);

    for (size_t i = 0; own_aliases && !f && i < s->aliases.len; i++)
        f = finding_at(m, s->aliases.at[i]);
    if (!f) {
        f = arena_push(m->a, &m->result->findings);
        *f = (struct finding){
            .id = id, .package = p, .status = s->status, .cvss = -1, .fixed = fixed};
    }
    name_it(m, f, id);
    for (size_t i = 0; own_aliases && i < s->aliases.len; i++)
        name_it(m, f, s->aliases.at[i]);
    list_add_once(m->a, &f->advisories, s->advisory);
    take_fix(f, s, fixed, scheme);
}

static void judge(struct matching *m, const struct package *p, const struct subject *on,
                  const struct statement *s)
{
    struct err err = {0};
    struct str fixed;
    bool affected;

    if (s->status == STATUS_NOT_AFFECTED || !module_fits(s, p))
        return;
    if (match_affects(s, on->scheme, on->version, &affected, &fixed, &err) < 0) {
        if (m->bad++ < 20)
            note_add(m->a, &m->result->notes, NOTE_UNREAD, p->path,
                     STR_FMT " " STR_FMT " and " STR_FMT ": %s", STR_ARG(p->name),
                     STR_ARG(p->version), STR_ARG(s->advisory), err.text)
                ->layer = p->layer;
        return;
    }
    for (size_t i = 0; affected && i < s->ids.len; i++)
        add_finding(m, p, s, s->ids.at[i], fixed, on->scheme);
}

/* ---- a fix that is one ---- */

/* The statements that speak of a finding, in their order. */
struct word {
    const struct statement *statement;
    struct word *next;
};

struct words {
    struct word *first, *last;
};

static void add_word(struct matching *m, struct words *all, size_t first,
                     const struct statement *s, struct str id)
{
    const struct finding *f = finding_at(m, id);
    struct words *of = f ? &all[(size_t)(f - m->result->findings.at) - first] : NULL;
    struct word *w;

    if (!f || (of->last && of->last->statement == s))
        return;
    w = arena_new(m->a, struct word);
    w->statement = s;
    *(of->last ? &of->last->next : &of->first) = w;
    of->last = w;
}

/* Of the findings from `first` on, which are all on p. */
static struct words *find_words(struct matching *m, const struct package *p, size_t first,
                                const struct statement_list *statements)
{
    size_t n = m->result->findings.len - first;
    struct words *all = arena_alloc(m->a, (n + 1) * sizeof *all, sizeof(void *));

    for (size_t i = 0; i < statements->len; i++) {
        const struct statement *s = &statements->at[i];

        if (s->status == STATUS_NOT_AFFECTED || !module_fits(s, p))
            continue;
        for (size_t j = 0; j < s->ids.len; j++)
            add_word(m, all, first, s, s->ids.at[j]);
        for (size_t j = 0; s->ids.len == 1 && j < s->aliases.len; j++)
            add_word(m, all, first, s, s->aliases.at[j]);
    }
    return all;
}

/* One statement's fix may still be affected by another's word: then the next
 * one counts, or there is none. */
static void check_fix(struct finding *f, const struct words *words,
                      const struct version_scheme *scheme)
{
    for (const struct word *w = words->first; f->fixed.n && w;) {
        struct err err = {0};
        struct str later;
        bool affected;

        if (match_affects(w->statement, scheme, f->fixed, &affected, &later, &err) < 0 ||
            !affected) {
            w = w->next;
            continue;
        }
        f->fixed = later;
        f->status = w->statement->status;
        w = words->first; /* begin anew: versions only rise, so this ends */
    }
}

static void check_fixes(struct matching *m, const struct package *p, size_t first,
                        const struct statement_list *statements,
                        const struct version_scheme *scheme)
{
    struct finding_list *all = &m->result->findings;
    struct words *words = all->len > first ? find_words(m, p, first, statements) : NULL;

    for (size_t i = first; i < all->len; i++)
        check_fix(&all->at[i], &words[i - first], scheme);
}

/* ---- the order of the report ---- */

static int by_rank(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int r;

    if (x->severity != y->severity)
        return (int)y->severity - (int)x->severity;
    if (x->risk != y->risk)
        return y->risk - x->risk;
    r = str_compare(x->package->name, y->package->name);
    if (r == 0)
        r = str_compare(x->id, y->id);
    return r ? r : str_compare(x->package->version, y->package->version);
}

/* ---- what was judged ---- */

static struct str why_not(struct matching *m, const struct subject *on)
{
    if (!m->db)
        return S("there is no advisory database");
    if (!on)
        return S("this kind of package is not judged yet");
    if (on->language)
        return str_printf(m->a, "the database has nothing on " STR_FMT,
                          STR_ARG(on->ecosystem));
    if (!m->result->distro.ecosystem.n)
        return S("no advisories are known for this distribution");
    if (!on->ecosystem.n)
        return S("the distribution does not use this kind of package");
    return str_printf(m->a, "the database has nothing on " STR_FMT, STR_ARG(on->ecosystem));
}

static size_t coverage_of(struct matching *m, const struct package *p,
                          const struct subject *on)
{
    struct str distro = m->result->distro.title;
    struct judged_list *list = &m->result->coverage;
    struct str what =
        on && on->language
            ? str_of(on->language->title)
            : str_printf(m->a, STR_FMT " packages of " STR_FMT, STR_ARG(p->type),
                         STR_ARG(distro.n ? distro : S("an unknown distribution")));
    struct judged *j;

    for (size_t i = 0; i < list->len; i++)
        if (str_equal(list->at[i].what, what))
            return i;
    j = arena_push(m->a, list);
    *j = (struct judged){.what = what};
    j->judged = on && m->db && on->ecosystem.n && db_covers(m->db, on->ecosystem);
    if (!j->judged)
        j->why = why_not(m, on);
    return list->len - 1;
}

static void cover(struct matching *m, const struct package *p, const struct subject *on)
{
    if (!m->type.n || !str_equal(m->type, p->type)) {
        m->type = p->type;
        m->type_at = coverage_of(m, p, on);
    }
    m->result->coverage.at[m->type_at].packages++;
}

/* Many packages are built from one source. */
static const struct statement_list *statements_on(struct matching *m,
                                                  const struct subject *on)
{
    struct statement_list *list;
    struct err err = {0};
    void **at;

    if (!str_equal(m->ecosystem, on->ecosystem)) {
        m->ecosystem = on->ecosystem;
        m->known = (struct map){0};
    }
    at = map_at(m->a, &m->known, on->name);
    if (*at)
        return *at;
    *at = list = arena_new(m->a, struct statement_list);
    if (db_find(m->db, m->a, on->ecosystem, on->name, list, &err) < 0) {
        matching_failed(m, &err);
        list->len = 0;
    }
    return list;
}

/* The last of the fixes of one package: with it all of them are there. */
static void find_upgrade(struct matching *m, size_t first,
                         const struct version_scheme *scheme)
{
    struct finding_list *all = &m->result->findings;
    struct str upgrade = {0};

    for (size_t i = first; i < all->len; i++)
        if (all->at[i].fixed.n &&
            (!upgrade.n || scheme->compare(all->at[i].fixed, upgrade) > 0))
            upgrade = all->at[i].fixed;
    for (size_t i = first; i < all->len; i++)
        all->at[i].upgrade = upgrade;
}

static void match_one(struct matching *m, const struct package *p)
{
    const struct statement_list *statements;
    struct subject on;
    bool known = match_subject(m->a, p, &m->result->distro, &on);
    size_t first;

    cover(m, p, known ? &on : NULL);
    if (!known || !m->db || !on.ecosystem.n || !db_covers(m->db, on.ecosystem))
        return;
    if (!on.scheme->valid(on.version)) {
        note_add(m->a, &m->result->notes, NOTE_UNREAD, p->path,
                 STR_FMT ": \"%.80s\" is not a version (%s)", STR_ARG(p->name),
                 str_copy(m->a, on.version).p, on.scheme->name)
            ->layer = p->layer;
        return;
    }
    statements = statements_on(m, &on);
    m->found = (struct map){0};
    first = m->result->findings.len;
    for (size_t i = 0; i < statements->len; i++)
        judge(m, p, &on, &statements->at[i]);
    check_fixes(m, p, first, statements, on.scheme);
    find_upgrade(m, first, on.scheme);
}

void match_packages(struct arena *a, struct db *db, struct result *result)
{
    struct matching m = {.a = a, .db = db, .result = result};

    for (size_t i = 0; i < result->packages.len; i++)
        match_one(&m, &result->packages.at[i]);
    matching_describe(&m);
    if (m.bad > 20)
        note_add(a, &result->notes, NOTE_UNREAD, (struct str){0},
                 "%zu more statements could not be evaluated", m.bad - 20);
    if (result->findings.len)
        qsort(result->findings.at, result->findings.len, sizeof *result->findings.at,
              by_rank);
}
