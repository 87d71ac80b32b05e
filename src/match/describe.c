/* Severity, title and risk of findings. */
#include "match/matching.h"

#include "model/cvss.h"

#include <stdlib.h>

static int best_score(const struct vulnerability *v, struct cvss *best)
{
    int found = 0;

    for (size_t i = 0; i < v->scores.len; i++) {
        struct cvss one;
        struct err err = {0};

        if (cvss_score(v->scores.at[i].vector, &one, &err) < 0)
            continue;
        if (!found || one.version > best->version ||
            (one.version == best->version && one.score > best->score))
            *best = one;
        found = 1;
    }
    return found;
}

/* 0 to 100: ten times the CVSS score, or the middle of the severity's band;
 * what is known to be exploited is never below 90. */
static int risk_of(const struct finding *f)
{
    static const int middle[] = {
        [SEVERITY_UNKNOWN] = 30, [SEVERITY_NEGLIGIBLE] = 5, [SEVERITY_LOW] = 25,
        [SEVERITY_MEDIUM] = 55,  [SEVERITY_HIGH] = 80,      [SEVERITY_CRITICAL] = 95};
    int risk = f->cvss >= 0 ? f->cvss : middle[f->severity];

    return f->detail && f->detail->kev_added.n && risk < 90 ? 90 : risk;
}

/* What is known of the vulnerability; NULL when nothing is. */
static const struct vulnerability *detail_of(struct matching *m, struct str id)
{
    struct vulnerability *v = arena_new(m->a, struct vulnerability);
    struct err err = {0};
    int r = db_vulnerability(m->db, m->a, id, v, &err);

    if (r < 0 && r != ERR_NOTFOUND)
        matching_failed(m, &err);
    return r == 0 ? v : NULL;
}

static void describe(struct matching *m, struct finding *f, const struct vulnerability *v)
{
    struct cvss cvss = {0};

    if (v) {
        f->detail = v;
        f->title = v->title;
        if (best_score(v, &cvss)) {
            f->cvss = cvss.score;
            if (f->severity == SEVERITY_UNKNOWN)
                f->severity = cvss.severity;
        }
        for (size_t i = 0; i < v->aliases.len; i++)
            if (!str_equal(v->aliases.at[i], f->id))
                list_add_once(m->a, &f->aliases, v->aliases.at[i]);
    }
    f->risk = risk_of(f);
}

static int by_id(const void *a, const void *b)
{
    const struct finding *const *x = a, *const *y = b;

    return str_compare((*x)->id, (*y)->id);
}

/* Each vulnerability is looked up once, and neighbours in the database one after the
 * other. */
void matching_describe(struct matching *m)
{
    struct finding_list *all = &m->result->findings;
    struct finding **sorted =
        arena_alloc(m->a, (all->len + 1) * sizeof(void *), sizeof(void *));
    const struct vulnerability *v = NULL;

    for (size_t i = 0; i < all->len; i++)
        sorted[i] = &all->at[i];
    qsort(sorted, all->len, sizeof *sorted, by_id);
    for (size_t i = 0; i < all->len; i++) {
        if (i == 0 || by_id(&sorted[i - 1], &sorted[i]) != 0)
            v = detail_of(m, sorted[i]->id);
        describe(m, sorted[i], v);
    }
}
