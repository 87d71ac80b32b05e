/* What pom.c has packed, unpacked, and names in it replaced. "Project Interpolation" of
 * maven.apache.org/guides has the rules. */
#include "pkg/pom_model.h"

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

static bool is_varied(const struct pom_dependency *d)
{
    const struct str all[] = {d->group, d->artifact, d->type, d->classifier};
    bool varied = false;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        varied |= str_find(all[i], S("${")) >= 0;
    return varied;
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
        *arena_push(p->a, is_import(&d)   ? &pom->imports
                          : is_varied(&d) ? &pom->varied
                                          : &pom->managed) = d;
    } else if (str_equal(what, S("profiles")) && !str_u64(line, &pom->profiles)) {
        pom->profiles = 0;
    }
}

/* The last of those that are called alike counts. */
static void name_all(struct pom_project *p, struct pom_dependency_list *list,
                     struct map *by_key)
{
    for (size_t i = 0; i < list->len; i++) {
        list->at[i].key = pom_key(p->a, &list->at[i]);
        *map_at(p->a, by_key, list->at[i].key) = &list->at[i];
    }
}

struct pom *pom_unpack(struct pom_project *p, const struct pom_source *source)
{
    struct pom *pom = arena_new(p->a, struct pom);
    struct str rest = source->bytes, line;

    pom->source = source;
    while (str_line(&rest, &line))
        take_line(p, pom, line);
    name_all(p, &pom->own, &pom->own_by_key);
    name_all(p, &pom->managed, &pom->managed_by_key);
    if (!pom->group.n)
        pom->group = pom->parent.group;
    if (!pom->version.n)
        pom->version = pom->parent.version;
    return pom;
}
