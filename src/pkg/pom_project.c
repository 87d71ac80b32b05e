/* What the pom.xml files of a checkout ask for together: versions come down from parents
 * and from imported lists (BOMs) that are here, too; never over the network. "Introduction
 * to the Dependency Mechanism" of maven.apache.org has the rules; Maven's own model builder
 * and mvn dependency:list are the references (tests/maven_oracle). */
#include "base/own.h"
#include "pkg/pom_model.h"

#include <inttypes.h>
#include <string.h>

/* What may be done in all for one checkout: a look into a map is a step, what is made
 * costs more. Without it a thousand projects below one of a thousand dependencies would be
 * a million packages. */
enum { STEPS_MAX = 1 << 26, STEPS_EXPANDED = 16, STEPS_NAMED = 64, STEPS_AGAIN = 256 };

struct pom_told {
    size_t package;
    struct pom_told *next;
};

struct telling {
    struct pom_project project;
    struct package_list *out;
    struct note_list *notes;
};

static bool spend(struct pom_project *p, uint64_t steps)
{
    p->steps += steps;
    return p->steps <= STEPS_MAX;
}

/* ---- versions that are managed ---- */

/* Those that pom imports itself come first; names in them are as pom knows them. */
static const struct pom_list *lists_of(struct pom_project *p, struct pom *pom)
{
    const struct pom *at = pom;

    if (pom->has_lists)
        return &pom->lists;
    pom->has_lists = true;
    for (int i = 0; at && i < POM_DEPTH_MAX; i++, at = at->up)
        for (size_t j = 0; j < at->imports.len && spend(p, STEPS_EXPANDED); j++) {
            struct pom_dependency d = pom_expand_all(&p->scratch, pom, &at->imports.at[j]);
            struct pom *list = pom_named(p, &d);

            if (list)
                *arena_push(p->a, &pom->lists) = list;
        }
    return &pom->lists;
}

/* Those managed by it and above it under names that depend on who asks, as pom does. */
static const struct map *varied_of(struct pom_project *p, struct pom *pom)
{
    struct pom *at = pom;

    if (pom->has_varied)
        return &pom->varied_by_key;
    pom->has_varied = true;
    for (int i = 0; at && i < POM_DEPTH_MAX; i++, at = at->up)
        for (size_t j = at->varied.len; j-- > 0 && spend(p, STEPS_NAMED);) {
            struct pom_dependency d = pom_expand_all(&p->scratch, pom, &at->varied.at[j]);
            void **one = map_at_copy(p->a, &pom->varied_by_key, pom_key(&p->scratch, &d));

            if (!*one)
                *one = &at->varied.at[j];
        }
    return &pom->varied_by_key;
}

/* What pom and those above it manage, else what the lists do that they import. The project
 * whose properties count is then in *whose. Each is asked once per question. */
static const struct pom_dependency *find(struct pom_project *p, struct pom *pom,
                                         struct str key, int depth, struct pom **whose)
{
    const struct pom_dependency *found = NULL;
    const struct pom_list *lists;
    const struct pom *at = pom;

    if (pom->asked == p->questions || depth > POM_DEPTH_MAX)
        return NULL;
    pom->asked = p->questions;
    *whose = pom;
    for (int i = 0; at && !found && i < POM_DEPTH_MAX && spend(p, 1); i++, at = at->up)
        found = map_get(&at->managed_by_key, key);
    if (!found)
        found = map_get(varied_of(p, pom), key);
    if (found)
        return found;
    lists = lists_of(p, pom);
    for (size_t i = 0; i < lists->len && !found && spend(p, 1); i++)
        found = find(p, lists->at[i], key, depth + 1, whose);
    return found;
}

/* The dependency as the project has it. */
static struct pom_dependency settle(struct pom_project *p, struct pom *pom,
                                    const struct pom_dependency *written)
{
    struct pom_dependency d = pom_expand_all(&p->scratch, pom, written);
    const struct pom_dependency *managed;
    struct pom *whose;

    p->questions++;
    managed = find(p, pom, pom_key(&p->scratch, &d), 0, &whose);
    if (!d.version.n && managed)
        d.version = pom_expand(&p->scratch, whose, managed->version);
    if (!d.scope.n && managed)
        d.scope = pom_expand(&p->scratch, whose, managed->scope);
    return d;
}

/* ---- dependencies ---- */

/* "[1.2]" is 1.2; other ranges, the newest there is, and what was not replaced are none. */
static bool is_exact(struct str *version)
{
    if (version->n > 2 && version->p[0] == '[' && str_ends(*version, S("]")) &&
        str_find(*version, S(",")) < 0)
        *version = str_trim((struct str){version->p + 1, version->n - 2});
    for (size_t i = 0; i < version->n; i++)
        if (strchr("[](),$ ", version->p[i]))
            return false;
    return version->n > 0 && !str_equal(*version, S("LATEST")) &&
           !str_equal(*version, S("RELEASE"));
}

static struct package *told_before(struct telling *t, const struct pom_dependency *written,
                                   const struct pom_dependency *d)
{
    for (struct pom_told *told = written->told; told; told = told->next) {
        struct package *p = &t->out->at[told->package];

        if (str_equal(p->version, d->version) && str_equal(p->name, d->artifact) &&
            str_equal(p->group, d->group))
            return p;
    }
    return NULL;
}

static struct package *tell_first(struct telling *t, const struct pom *of,
                                  struct pom_dependency *written,
                                  const struct pom_dependency *d)
{
    struct arena *a = t->project.a;
    struct package *p = arena_push(a, t->out);
    struct pom_told *told = arena_new(a, struct pom_told);

    *told = (struct pom_told){t->out->len - 1, written->told};
    written->told = told;
    *p = (struct package){
        .type = S("maven"),
        .group = str_copy(a, d->group),
        .name = str_copy(a, d->artifact),
        .version = str_copy(a, d->version),
        .path = of->source->path,
        .line = d->line,
        .direct = true,
        .dev = true,
        .optional = true,
        .declared = true,
        .layer = of->source->layer,
    };
    return p;
}

/* What pom asks for where `of`, which is pom or above it, says so. */
static void tell(struct telling *t, struct pom *pom, const struct pom *of,
                 struct pom_dependency *written)
{
    struct pom_dependency d = settle(&t->project, pom, written);
    struct package *p;

    if (pom_named(&t->project, &d)) { /* another of the projects */
        written->settled = true;
        return;
    }
    if (!is_exact(&d.version))
        return;
    written->settled = true;
    p = told_before(t, written, &d);
    if (!p && (!written->told || spend(&t->project, STEPS_AGAIN)))
        p = tell_first(t, of, written, &d);
    if (!p)
        return;
    p->dev &= str_equal(d.scope, S("test"));
    p->optional &= str_equal(d.optional, S("true")) || str_equal(d.scope, S("provided")) ||
                   str_equal(d.scope, S("system"));
}

/* The last of those that are called alike does. */
static bool counts(const struct pom *pom, const struct pom_dependency *own)
{
    return map_get(&pom->own_by_key, own->key) == own;
}

/* Its own, and those of the ones above it that it does not name again. */
static void tell_all(struct telling *t, struct pom *pom)
{
    struct pom_project *p = &t->project;
    struct map seen = {0}; /* keys of files below `at` */
    struct pom *at = pom;

    for (int i = 0; at && i < POM_DEPTH_MAX; i++, at = at->up) {
        for (size_t j = 0; j < at->own.len && spend(p, i ? STEPS_EXPANDED : 1); j++)
            if (counts(at, &at->own.at[j]) && !map_get(&seen, at->own.at[j].key))
                tell(t, pom, at, &at->own.at[j]);
        for (size_t j = 0; at->up && j < at->own.len; j++)
            *map_at(&p->scratch, &seen, at->own.at[j].key) = at;
    }
}

/* ---- what could not be told ---- */

static void note(struct telling *t, const struct pom *pom, const char *what)
{
    note_add(t->project.a, t->notes, NOTE_INFO, pom->source->path, "%s", what)->layer =
        pom->source->layer;
}

/* ", as org.example:parent:1.0 is not here" */
static const char *why(struct pom_project *p, const struct pom *pom)
{
    struct pom_dependency d;

    for (int i = 0; pom->up && i < POM_DEPTH_MAX; i++)
        pom = pom->up;
    if (!pom->parent.artifact.n || pom->up)
        return "";
    d = pom_expand_all(&p->scratch, pom, &pom->parent);
    return str_printf(&p->scratch,
                      "; the parent " STR_FMT ":" STR_FMT ":" STR_FMT " is not here",
                      STR_ARG(d.group), STR_ARG(d.artifact), STR_ARG(d.version))
        .p;
}

static void note_loose(struct telling *t, const struct pom *pom)
{
    struct arena *a = &t->project.scratch;
    const struct pom_dependency *first = NULL;
    struct pom_dependency d;
    size_t n = 0;

    for (size_t i = pom->own.len; i-- > 0;)
        if (!pom->own.at[i].settled && counts(pom, &pom->own.at[i])) {
            first = &pom->own.at[i];
            n++;
        }
    if (!first)
        return;
    d = pom_expand_all(a, pom, first);
    note(t, pom,
         str_printf(a,
                    "line %" PRIu64 ": %zu dependencies without an exact version that is "
                    "told here, such as " STR_FMT ":" STR_FMT "%s",
                    d.line, n, STR_ARG(d.group), STR_ARG(d.artifact), why(&t->project, pom))
             .p);
}

static void note_all(struct telling *t, const struct pom *pom)
{
    note_loose(t, pom);
    if (pom->profiles)
        note(t, pom,
             str_printf(&t->project.scratch,
                        "%" PRIu64 " profiles with dependencies of their own, which are "
                        "not read",
                        pom->profiles)
                 .p);
}

void pom_packages(struct arena *a, const struct pom_source_list *sources,
                  struct package_list *out, struct note_list *notes)
{
    struct telling t = {.project = {.a = a}, .out = out, .notes = notes};
    struct pom_project *p = &t.project;

    pom_project_load(p, sources);
    for (size_t i = 0; i < p->poms.len; i++) {
        tell_all(&t, p->poms.at[i]);
        arena_reset(&p->scratch);
    }
    for (size_t i = 0; i < p->poms.len; i++) {
        note_all(&t, p->poms.at[i]);
        arena_reset(&p->scratch);
    }
    if (p->steps > STEPS_MAX)
        note_add(a, notes, NOTE_UNREAD, (struct str){0},
                 "too much to put together of all pom.xml files: some dependencies are "
                 "missing");
    arena_done(&p->scratch);
}
