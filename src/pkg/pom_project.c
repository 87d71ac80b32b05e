/* What the pom.xml files of a checkout ask for together: properties and versions come down
 * from parents, which are looked for by relativePath, then by coordinates, and from
 * imported lists, by coordinates; never over the network. "Introduction to the Dependency
 * Mechanism" of maven.apache.org has the rules; mvn dependency:list is the reference. */
#include "pkg/pom.h"

#include "base/map.h"
#include "model/path.h"

#include <inttypes.h>
#include <string.h>

enum { DEPTH_MAX = 32, LENGTH_MAX = 4096 };

struct dependency {
    struct str group, artifact, version, scope, optional;
    uint64_t line;
};

struct dependency_list {
    struct dependency *at;
    size_t len, cap;
};

struct pom {
    const struct pom_source *source;
    struct str group, artifact, version; /* as written, its own or the parent's */
    struct dependency parent;
    struct str relative;   /* path to it, empty: not here */
    struct pom *up;        /* NULL: there is none, or it is not here */
    struct map properties; /* name -> struct str */
    struct dependency_list own, managed, imports;
    struct map by_name; /* "group:artifact" -> struct dependency of managed */
    uint64_t profiles;
};

struct project {
    struct arena *a;
    struct map by_path; /* -> struct pom */
    struct map by_name; /* "group:artifact:version" -> struct pom */
};

/* ---- properties ---- */

static struct str own_value(const struct pom *pom, struct str name)
{
    if (str_starts(name, S("project.")))
        name = str_from(name, 8);
    else if (str_starts(name, S("pom.")))
        name = str_from(name, 4);
    if (str_equal(name, S("version")))
        return pom->version;
    if (str_equal(name, S("groupId")))
        return pom->group;
    if (str_equal(name, S("artifactId")))
        return pom->artifact;
    if (str_equal(name, S("parent.version")))
        return pom->parent.version;
    if (str_equal(name, S("parent.groupId")))
        return pom->parent.group;
    return (struct str){0};
}

static struct str value_of(const struct pom *pom, struct str name)
{
    const struct pom *at = pom;

    for (int i = 0; at && i < DEPTH_MAX; i++, at = at->up) {
        const struct str *value = map_get(&at->properties, name);

        if (value)
            return *value;
    }
    return own_value(pom, name);
}

/* With "${name}" replaced; what nobody knows stays as it is. */
static struct str expand(struct project *p, const struct pom *pom, struct str text)
{
    for (int i = 0; i < DEPTH_MAX && text.n < LENGTH_MAX; i++) {
        ptrdiff_t at = str_find(text, S("${"));
        struct str name, rest, value;

        if (at < 0 || !str_cut(str_from(text, (size_t)at + 2), '}', &name, &rest))
            return text;
        value = value_of(pom, name);
        if (!value.n)
            return text;
        text = str_printf(p->a, STR_FMT STR_FMT STR_FMT, (int)at, str_chars(text),
                          STR_ARG(value), STR_ARG(rest));
    }
    return text;
}

/* With all it says replaced as pom knows it. */
static struct dependency expand_all(struct project *p, const struct pom *pom,
                                    const struct dependency *d)
{
    return (struct dependency){
        .group = expand(p, pom, d->group),
        .artifact = expand(p, pom, d->artifact),
        .version = expand(p, pom, d->version),
        .scope = expand(p, pom, d->scope),
        .optional = d->optional,
        .line = d->line,
    };
}

static struct str coordinates(struct project *p, struct str group, struct str artifact,
                              struct str version)
{
    return str_printf(p->a, STR_FMT ":" STR_FMT ":" STR_FMT, STR_ARG(group),
                      STR_ARG(artifact), STR_ARG(version));
}

static struct pom *pom_of(struct project *p, const struct dependency *d)
{
    return map_get(&p->by_name, coordinates(p, d->group, d->artifact, d->version));
}

/* ---- one file, as pom.c has packed it ---- */

static struct str next_word(struct str *line)
{
    struct str word;

    str_cut(*line, '\t', &word, line);
    return word;
}

static struct dependency take_dependency(struct str *line)
{
    struct dependency d;

    d.group = next_word(line);
    d.artifact = next_word(line);
    d.version = next_word(line);
    d.scope = next_word(line);
    d.optional = next_word(line);
    if (!str_u64(*line, &d.line))
        d.line = 0;
    return d;
}

static void take_line(struct project *p, struct pom *pom, struct str line)
{
    struct str what = next_word(&line);

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
        struct str *value = arena_new(p->a, struct str);
        struct str name = next_word(&line);

        *value = line;
        *map_at(p->a, &pom->properties, name) = value;
    } else if (str_equal(what, S("dependency"))) {
        *arena_push(p->a, &pom->own) = take_dependency(&line);
    } else if (str_equal(what, S("managed"))) {
        struct dependency d = take_dependency(&line);

        *arena_push(p->a, str_equal(d.scope, S("import")) ? &pom->imports : &pom->managed) =
            d;
    } else if (!str_u64(line, &pom->profiles)) {
        pom->profiles = 0;
    }
}

static struct pom *add_pom(struct project *p, const struct pom_source *source)
{
    struct pom *pom = arena_new(p->a, struct pom);
    struct str rest = source->bytes, line;

    *pom = (struct pom){.source = source};
    while (str_line(&rest, &line))
        take_line(p, pom, line);
    if (!pom->group.n)
        pom->group = pom->parent.group;
    if (!pom->version.n)
        pom->version = pom->parent.version;
    *map_at(p->a, &p->by_path, source->path) = pom;
    return pom;
}

/* ---- all of them ---- */

/* "../parent", "../pom.xml" */
static struct pom *at_path(struct project *p, const struct pom *pom, struct str relative)
{
    struct str path = path_join(p->a, path_dir(pom->source->path), relative), clean;

    if (!str_ends(path, S(".xml")))
        path = str_printf(p->a, STR_FMT "/pom.xml", STR_ARG(path));
    return path_clean(p->a, path, &clean) ? map_get(&p->by_path, clean) : NULL;
}

static void find_parent(struct project *p, struct pom *pom)
{
    struct pom *up = NULL;

    if (!pom->parent.artifact.n)
        return;
    if (pom->relative.n)
        up = at_path(p, pom, pom->relative);
    if (!up || !str_equal(up->artifact, pom->parent.artifact))
        up = pom_of(p, &pom->parent);
    if (up != pom)
        pom->up = up;
}

static void name_managed(struct project *p, struct pom *pom)
{
    for (size_t i = 0; i < pom->managed.len; i++) {
        struct dependency *d = &pom->managed.at[i];
        struct str key =
            str_printf(p->a, STR_FMT ":" STR_FMT, STR_ARG(expand(p, pom, d->group)),
                       STR_ARG(expand(p, pom, d->artifact)));
        void **at = map_at(p->a, &pom->by_name, key);

        if (!*at)
            *at = d;
    }
}

/* What the list of pom, of those above it, and of those it imports has of the key; the pom
 * whose properties count is then in *whose. `steps` bounds a tangle of imports. */
static const struct dependency *find_managed(struct project *p, struct pom *pom,
                                             struct str key, struct pom **whose, int *steps)
{
    struct pom *at = pom;

    for (int i = 0; at && i < DEPTH_MAX; i++, at = at->up) {
        const struct dependency *found = map_get(&at->by_name, key);

        *whose = pom;
        if (found)
            return found;
        for (size_t j = 0; j < at->imports.len && (*steps)-- > 0; j++) {
            struct dependency named = expand_all(p, pom, &at->imports.at[j]);
            struct pom *bom = pom_of(p, &named);

            found = bom && bom != at ? find_managed(p, bom, key, whose, steps) : NULL;
            if (found)
                return found;
        }
    }
    return NULL;
}

/* ---- dependencies ---- */

enum { IMPORTS_MAX = 64 };

/* "[1.2]" is 1.2; other ranges and what was not replaced are none. */
static bool is_exact(struct str *version)
{
    if (version->n > 2 && version->p[0] == '[' && str_ends(*version, S("]")) &&
        str_find(*version, S(",")) < 0)
        *version = (struct str){version->p + 1, version->n - 2};
    for (size_t i = 0; i < version->n; i++)
        if (strchr("[](),$ ", version->p[i]))
            return false;
    return version->n > 0;
}

struct loose {
    size_t n;
    struct str example;
    uint64_t line;
};

static void tell(struct project *p, struct pom *pom, const struct dependency *written,
                 struct package_list *out, struct loose *loose)
{
    struct dependency d = expand_all(p, pom, written);
    struct str key =
        str_printf(p->a, STR_FMT ":" STR_FMT, STR_ARG(d.group), STR_ARG(d.artifact));
    int steps = IMPORTS_MAX;
    struct pom *whose;
    const struct dependency *managed = find_managed(p, pom, key, &whose, &steps);

    if (!d.version.n && managed)
        d.version = expand(p, whose, managed->version);
    if (!d.scope.n && managed)
        d.scope = expand(p, whose, managed->scope);
    if (pom_of(p, &d))
        return; /* another module */
    if (!is_exact(&d.version)) {
        if (!loose->n++) {
            loose->example = key;
            loose->line = d.line;
        }
        return;
    }
    *arena_push(p->a, out) = (struct package){
        .type = S("maven"),
        .group = d.group,
        .name = d.artifact,
        .version = d.version,
        .path = pom->source->path,
        .line = d.line,
        .direct = true,
        .dev = str_equal(d.scope, S("test")),
        .optional = str_equal(d.optional, S("true")),
        .declared = true,
        .layer = pom->source->layer,
    };
}

static void tell_all(struct project *p, struct pom *pom, struct package_list *out,
                     struct note_list *notes)
{
    struct loose loose = {0};

    for (size_t i = 0; i < pom->own.len; i++)
        tell(p, pom, &pom->own.at[i], out, &loose);
    if (loose.n)
        note_add(p->a, notes, NOTE_INFO, pom->source->path,
                 "line %" PRIu64 ": %zu dependencies without an exact version that is told "
                 "here, such as " STR_FMT,
                 loose.line, loose.n, STR_ARG(loose.example))
            ->layer = pom->source->layer;
    if (pom->profiles)
        note_add(p->a, notes, NOTE_INFO, pom->source->path,
                 "%" PRIu64 " profiles with dependencies of their own, which are not read",
                 pom->profiles)
            ->layer = pom->source->layer;
}

void pom_packages(struct arena *a, const struct pom_source_list *sources,
                  struct package_list *out, struct note_list *notes)
{
    struct project p = {.a = a};
    struct {
        struct pom **at;
        size_t len, cap;
    } poms = {0};

    for (size_t i = 0; i < sources->len; i++)
        *arena_push(a, &poms) = add_pom(&p, &sources->at[i]);
    for (int round = 0; round < 2; round++) /* names may need the properties of parents */
        for (size_t i = 0; i < poms.len; i++) {
            struct pom *pom = poms.at[i];

            find_parent(&p, pom);
            *map_at(a, &p.by_name,
                    coordinates(&p, expand(&p, pom, pom->group), pom->artifact,
                                expand(&p, pom, pom->version))) = pom;
        }
    for (size_t i = 0; i < poms.len; i++)
        name_managed(&p, poms.at[i]);
    for (size_t i = 0; i < poms.len; i++)
        tell_all(&p, poms.at[i], out, notes);
}
