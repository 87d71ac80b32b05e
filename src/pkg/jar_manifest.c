/* META-INF/MANIFEST.MF as the JAR File Specification has it ("Name: value", a line of at
 * most 72 bytes, continued by lines that begin with a blank; the main section ends with an
 * empty line), META-INF/maven/G/A/pom.properties, and names of files. */
#include "pkg/jar.h"

#include "base/buf.h"
#include "base/own.h"

#include <strings.h>

/* ---- the manifest ---- */

static struct str without_return(struct str line)
{
    return str_ends(line, S("\r")) ? (struct str){line.p, line.n - 1} : line;
}

/* The next field of the main section, its lines joined. */
static bool next_field(struct str *rest, struct buf *field)
{
    struct str line;

    field->len = 0;
    if (!str_line(rest, &line) || !without_return(line).n)
        return false;
    buf_str(field, without_return(line));
    while (str_starts(*rest, S(" ")) && str_line(rest, &line))
        buf_str(field, str_from(without_return(line), 1));
    return true;
}

/* In the order in which they count. */
static const char *const versions[] = {"Implementation-Version", "Bundle-Version",
                                       "Specification-Version"};
enum { VERSIONS = sizeof versions / sizeof *versions };

static bool is_called(struct str name, const char *wanted)
{
    struct str w = str_of(wanted);

    return name.n == w.n && strncasecmp(name.p, w.p, w.n) == 0;
}

static void take_field(struct arena *a, struct jar_manifest *m, size_t *rank,
                       struct str field)
{
    struct str name, value, rest;

    if (!str_cut(field, ':', &name, &value))
        return;
    value = str_copy(a, str_trim(value));
    for (size_t i = 0; i < *rank; i++)
        if (is_called(name, versions[i]) && value.n) {
            m->version = value;
            *rank = i;
        }
    if (is_called(name, "Implementation-Vendor-Id"))
        m->vendor_id = value;
    else if (is_called(name, "Bundle-SymbolicName"))
        str_cut(value, ';', &m->bundle, &rest);
    else if (is_called(name, "Automatic-Module-Name"))
        m->module = value;
    else if (is_called(name, "Bundle-License"))
        m->licence = value;
}

struct jar_manifest jar_manifest_read(struct arena *a, struct str text)
{
    struct jar_manifest m = {0};
    size_t rank = VERSIONS;
    own(buf) field = {0};

    while (next_field(&text, &field))
        take_field(a, &m, &rank, buf_view(&field));
    return m;
}

/* Something like "org.apache.commons". */
static bool is_domain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '/' || s.p[i] == ':')
            return false;
    return str_find(s, S(".")) > 0;
}

/* "org.apache.commons.lang3" of commons-lang3: what stands in front of the last name. */
static struct str domain_of(struct str name)
{
    struct str domain, last;

    return is_domain(name) && str_cut_last(name, '.', &domain, &last) && is_domain(domain)
               ? domain
               : (struct str){0};
}

static const struct {
    const char *artifact, *group;
} groups[] = {
#define GROUP(artifact, group) {artifact, group},
#include "pkg/jar_groups.def"
#undef GROUP
};

static struct str known_group(struct str artifact)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct str like = str_of(groups[i].artifact);

        if (str_ends(like, S("*")) ? str_starts(artifact, (struct str){like.p, like.n - 1})
                                   : str_equal(artifact, like))
            return str_of(groups[i].group);
    }
    return (struct str){0};
}

bool jar_is_known(struct str artifact)
{
    return known_group(artifact).n > 0;
}

struct str jar_manifest_group(const struct jar_manifest *m, struct str artifact)
{
    if (known_group(artifact).n)
        return known_group(artifact);
    if (is_domain(m->vendor_id))
        return m->vendor_id;
    if (domain_of(m->bundle).n)
        return domain_of(m->bundle);
    if (domain_of(m->module).n)
        return domain_of(m->module);
    return artifact;
}

/* ---- pom.properties ---- */

bool jar_properties_read(struct str text, struct jar_coordinates *out)
{
    struct str line, key, value;

    *out = (struct jar_coordinates){0};
    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (str_starts(line, S("#")) || !str_cut(line, '=', &key, &value))
            continue;
        key = str_trim(key);
        value = str_trim(value);
        if (str_equal(key, S("groupId")))
            out->group = value;
        else if (str_equal(key, S("artifactId")))
            out->artifact = value;
        else if (str_equal(key, S("version")))
            out->version = value;
    }
    return out->group.n && out->artifact.n && out->version.n;
}

/* ---- names of files ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the name in front of the dash at i begins with a digit: "1.0" of "a-1.0-2". */
static bool behind_number(struct str stem, size_t i)
{
    size_t from = i;

    while (from > 0 && stem.p[from - 1] != '-')
        from--;
    return from < i && is_digit(stem.p[from]);
}

/* What follows the version when an artifact has several archives. */
static struct str without_classifier(struct str version)
{
    static const char *const classifiers[] = {
        "-all",     "-exec",    "-jar-with-dependencies",
        "-javadoc", "-linux-",  "-osx-",
        "-shaded",  "-sources", "-tests",
        "-uber",    "-windows-"};

    for (size_t i = 0; i < sizeof classifiers / sizeof *classifiers; i++) {
        struct str c = str_of(classifiers[i]);
        ptrdiff_t at = str_find(version, c);

        if (at > 0 && (str_ends(c, S("-")) || (size_t)at + c.n == version.n))
            return (struct str){version.p, (size_t)at};
    }
    return version;
}

void jar_name(struct str path, struct str *stem, struct str *version)
{
    struct str dir, base, ending;

    str_cut_last(path, '/', &dir, &base);
    if (!str_cut_last(base, '.', stem, &ending))
        *stem = base;
    *version = (struct str){0};
    for (size_t i = stem->n; i-- > 1;) {
        if (stem->p[i] != '-' || i + 1 == stem->n || !is_digit(stem->p[i + 1]) ||
            behind_number(*stem, i))
            continue;
        *version = without_classifier(str_from(*stem, i + 1));
        stem->n = i;
        return;
    }
}
