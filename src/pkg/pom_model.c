/* What pom.c has packed, unpacked: properties, and which project is whose parent. "Project
 * Inheritance" and "Project Interpolation" of maven.apache.org/guides have the rules. */
#include "pkg/pom_model.h"

#include "model/path.h"

enum { LENGTH_MAX = 4096 };

/* ---- properties ---- */

/* Fields of the project that are good for versions. */
static struct str field(const struct pom *pom, struct str name)
{
    const struct {
        struct str name, value;
    } fields[] = {
        {S("version"), pom->version},
        {S("groupId"), pom->group},
        {S("artifactId"), pom->artifact},
        {S("parent.version"), pom->parent.version},
        {S("parent.groupId"), pom->parent.group},
        {S("parent.artifactId"), pom->parent.artifact},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_equal(name, fields[i].name))
            return fields[i].value;
    return (struct str){0};
}

/* "project.version" is the field first, "version" last. */
static bool value_of(const struct pom *pom, struct str name, struct str *value)
{
    const struct pom *at = pom;

    *value = (struct str){0};
    if (str_starts(name, S("project.")))
        *value = field(pom, str_from(name, 8));
    else if (str_starts(name, S("pom.")))
        *value = field(pom, str_from(name, 4));
    for (int i = 0; !value->n && at && i < POM_DEPTH_MAX; i++, at = at->up) {
        const struct str *found = map_get(&at->properties, name);

        if (found) {
            *value = *found;
            return true;
        }
    }
    if (!value->n)
        *value = field(pom, name);
    return value->n > 0;
}

struct str pom_expand(struct arena *a, const struct pom *pom, struct str text)
{
    size_t from = 0;

    for (int i = 0; i < POM_DEPTH_MAX && text.n < LENGTH_MAX; i++) {
        ptrdiff_t at = str_find(str_from(text, from), S("${"));
        struct str name, rest, value;

        if (at < 0 || !str_cut(str_from(text, from + (size_t)at + 2), '}', &name, &rest))
            return text;
        from += (size_t)at;
        if (value_of(pom, name, &value))
            text = str_printf(a, STR_FMT STR_FMT STR_FMT, (int)from, str_chars(text),
                              STR_ARG(value), STR_ARG(rest));
        else
            from += 2;
    }
    return text;
}

struct pom_dependency pom_expand_all(struct arena *a, const struct pom *pom,
                                     const struct pom_dependency *d)
{
    return (struct pom_dependency){
        .group = pom_expand(a, pom, d->group),
        .artifact = pom_expand(a, pom, d->artifact),
        .version = pom_expand(a, pom, d->version),
        .type = pom_expand(a, pom, d->type),
        .classifier = pom_expand(a, pom, d->classifier),
        .scope = pom_expand(a, pom, d->scope),
        .optional = pom_expand(a, pom, d->optional),
        .line = d->line,
    };
}

struct str pom_key(struct arena *a, const struct pom_dependency *d)
{
    struct str type = d->type.n ? d->type : S("jar");

    return str_printf(a, STR_FMT ":" STR_FMT ":" STR_FMT ":" STR_FMT, STR_ARG(d->group),
                      STR_ARG(d->artifact), STR_ARG(type), STR_ARG(d->classifier));
}

/* ---- names ---- */

static struct str name_of(struct arena *a, struct str group, struct str artifact,
                          struct str version)
{
    return str_printf(a, STR_FMT ":" STR_FMT ":" STR_FMT, STR_ARG(group), STR_ARG(artifact),
                      STR_ARG(version));
}

struct pom *pom_named(struct pom_project *p, const struct pom_dependency *d)
{
    return map_get(&p->by_name, name_of(&p->scratch, d->group, d->artifact, d->version));
}

/* ---- one file, as pom.c has packed it ---- */

static struct str next_word(struct str *line)
{
    struct str word;

    str_cut(*line, '\t', &word, line);
    return word;
}

static struct pom_dependency take_dependency(struct str *line)
{
    struct pom_dependency d = {0};

    d.group = next_word(line);
    d.artifact = next_word(line);
    d.version = next_word(line);
    d.type = next_word(line);
    d.classifier = next_word(line);
    d.scope = next_word(line);
    d.optional = next_word(line);
    if (!str_u64(*line, &d.line))
        d.line = 0;
    return d;
}

static void take_property(struct pom_project *p, struct pom *pom, struct str line)
{
    struct str *value = arena_new(p->a, struct str);
    struct str name = next_word(&line);

    *value = line;
    *map_at(p->a, &pom->properties, name) = value;
}

static bool is_import(const struct pom_dependency *d)
{
    return str_equal(d->scope, S("import")) && str_equal(d->type, S("pom"));
}

static void take_line(struct pom_project *p, struct pom *pom, struct str line)
{
    struct str what = next_word(&line);
    struct pom_dependency d;

    if (str_equal(what, S("project"))) {
        pom->group = next_word(&line);
        pom->artifact = next_word(&line);
        pom->version = line;
    } else if (str_equal(what, S("parent"))) {
        pom->parent.group = next_word(&line);
        pom->parent.artifact = next_word(&line);
        pom->parent.version = next_word(&line);
        pom->relative = line;
    } else if (str_equal(what, S("property"))) {
        take_property(p, pom, line);
    } else if (str_equal(what, S("dependency"))) {
        *arena_push(p->a, &pom->own) = take_dependency(&line);
    } else if (str_equal(what, S("managed"))) {
        d = take_dependency(&line);
        *arena_push(p->a, is_import(&d) ? &pom->imports : &pom->managed) = d;
    } else if (str_equal(what, S("profiles")) && !str_u64(line, &pom->profiles)) {
        pom->profiles = 0;
    }
}

static void add_pom(struct pom_project *p, const struct pom_source *source)
{
    struct pom *pom = arena_new(p->a, struct pom);
    struct str rest = source->bytes, line;

    pom->source = source;
    while (str_line(&rest, &line))
        take_line(p, pom, line);
    for (size_t i = 0; i < pom->own.len; i++) {
        struct pom_dependency *d = &pom->own.at[i];

        d->key = pom_key(p->a, d);
        *map_at(p->a, &pom->own_by_key, d->key) = d;
    }
    if (!pom->group.n)
        pom->group = pom->parent.group;
    if (!pom->version.n)
        pom->version = pom->parent.version;
    *map_at(p->a, &p->by_path, source->path) = pom;
    *arena_push(p->a, &p->poms) = pom;
}

/* ---- parents ---- */

/* "../parent", "../pom.xml" */
static struct pom *at_path(struct pom_project *p, const struct pom *pom,
                           struct str relative)
{
    struct arena *a = &p->scratch;
    struct str path = path_join(a, path_dir(pom->source->path), relative), clean;

    if (!str_ends(path, S(".xml")))
        path = path_join(a, path, S("pom.xml"));
    return path_clean(a, path, &clean) ? map_get(&p->by_path, clean) : NULL;
}

static bool same(struct pom_project *p, const struct pom *pom, struct str wanted,
                 const struct pom *up, struct str has)
{
    return str_equal(wanted, has) || str_equal(pom_expand(&p->scratch, pom, wanted),
                                               pom_expand(&p->scratch, up, has));
}

/* Another project may lie where the parent did once: then it comes from elsewhere. */
static bool is_parent(struct pom_project *p, const struct pom *pom, const struct pom *up)
{
    const struct pom_dependency *d = &pom->parent;

    return same(p, pom, d->group, up, up->group) && str_equal(d->artifact, up->artifact) &&
           (same(p, pom, d->version, up, up->version) ||
            str_find(d->version, S(",")) >= 0); /* a range */
}

static void find_parent(struct pom_project *p, struct pom *pom)
{
    struct pom_dependency wanted;
    struct pom *up = NULL;

    if (!pom->parent.artifact.n)
        return;
    if (pom->relative.n)
        up = at_path(p, pom, pom->relative);
    if (!up || !is_parent(p, pom, up)) {
        wanted = pom_expand_all(&p->scratch, pom, &pom->parent);
        up = pom_named(p, &wanted);
    }
    pom->up = up == pom ? NULL : up;
}

static void name_pom(struct pom_project *p, struct pom *pom)
{
    *map_at(p->a, &p->by_name,
            name_of(p->a, pom_expand(p->a, pom, pom->group), pom->artifact,
                    pom_expand(p->a, pom, pom->version))) = pom;
}

static void name_managed(struct pom_project *p, struct pom *pom)
{
    for (size_t i = 0; i < pom->managed.len; i++) {
        struct pom_dependency named = pom_expand_all(&p->scratch, pom, &pom->managed.at[i]);

        *map_at(p->a, &pom->managed_by_key, pom_key(p->a, &named)) = &pom->managed.at[i];
    }
}

void pom_project_load(struct pom_project *p, const struct pom_source_list *sources)
{
    for (size_t i = 0; i < sources->len; i++)
        add_pom(p, &sources->at[i]);
    for (int round = 0; round < 2; round++) /* names may need the properties of parents */
        for (size_t i = 0; i < p->poms.len; i++) {
            find_parent(p, p->poms.at[i]);
            name_pom(p, p->poms.at[i]);
            arena_reset(&p->scratch);
        }
    for (size_t i = 0; i < p->poms.len; i++) {
        name_managed(p, p->poms.at[i]);
        arena_reset(&p->scratch);
    }
}
