/* pom.xml, of Maven: https://maven.apache.org/pom.html, and the POM reference there. What
 * is of use in it is kept, as lines of words between tabs, for pom_project.c to put
 * together: project     GROUP ARTIFACT VERSION parent      GROUP ARTIFACT VERSION
 * RELATIVEPATH property    NAME VALUE managed     GROUP ARTIFACT VERSION SCOPE OPTIONAL
 * LINE dependency  GROUP ARTIFACT VERSION SCOPE OPTIONAL LINE profiles    how many have
 * dependencies of their own */
#include "pkg/pom.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/xml.h"
#include "model/path.h"
#include "model/reader.h"

#include <inttypes.h>

bool pom_is(struct str path)
{
    return str_equal(path_base(path), S("pom.xml"));
}

static const struct want wants[] = {
    {WANT_NAME, "pom.xml"},
    {0},
};

static int pom_read(struct read *in, struct err *err);

const struct reader pkg_pom = {
    .name = "pom",
    .title = "Java: pom.xml",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = pom_read,
};

/* A word has no tabs and lines. */
static void put_word(struct buf *out, struct str s)
{
    buf_char(out, '\t');
    for (size_t i = 0; i < s.n; i++)
        buf_char(out, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

static void put_words(struct buf *out, const char *what, const struct xml *x,
                      const char *const *fields)
{
    buf_str(out, str_of(what));
    for (; *fields; fields++)
        put_word(out, xml_text(x, str_of(*fields)));
}

static void put_dependencies(struct buf *out, const char *what, const struct xml *list)
{
    static const char *const fields[] = {"groupId", "artifactId", "version",
                                         "scope",   "optional",   NULL};

    for (struct xml *x = list ? list->sub : NULL; x; x = x->next) {
        put_words(out, what, x, fields);
        buf_printf(out, "\t%" PRIu64 "\n", x->line);
    }
}

static void put_properties(struct buf *out, const struct xml *list)
{
    for (struct xml *x = list ? list->sub : NULL; x; x = x->next) {
        buf_str(out, S("property"));
        put_word(out, x->name);
        put_word(out, x->text);
        buf_char(out, '\n');
    }
}

/* Without relativePath it is the folder above. */
static void put_parent(struct buf *out, const struct xml *parent)
{
    static const char *const fields[] = {"groupId", "artifactId", "version", NULL};

    if (!parent)
        return;
    put_words(out, "parent", parent, fields);
    put_word(out, xml_get(parent, S("relativePath")) ? xml_text(parent, S("relativePath"))
                                                     : S(".."));
    buf_char(out, '\n');
}

static void put_profiles(struct buf *out, const struct xml *profiles)
{
    size_t n = 0;

    for (struct xml *x = profiles ? profiles->sub : NULL; x; x = x->next)
        n += xml_get(x, S("dependencies")) != NULL;
    if (n)
        buf_printf(out, "profiles\t%zu\n", n);
}

static int pom_read(struct read *in, struct err *err)
{
    static const char *const own_fields[] = {"groupId", "artifactId", "version", NULL};
    own(buf) out = {0};
    struct xml *root;
    int r = xml_parse(in->a, in->bytes, &root, err);

    if (r < 0)
        return r;
    if (!str_equal(root->name, S("project")))
        return err_set(err, ERR_FORMAT, "no project of Maven");
    put_words(&out, "project", root, own_fields);
    buf_char(&out, '\n');
    put_parent(&out, xml_get(root, S("parent")));
    put_properties(&out, xml_get(root, S("properties")));
    put_dependencies(&out, "managed",
                     xml_get(xml_get(root, S("dependencyManagement")), S("dependencies")));
    put_dependencies(&out, "dependency", xml_get(root, S("dependencies")));
    put_profiles(&out, xml_get(root, S("profiles")));
    in->bytes = buf_keep(in->a, &out);
    in->keep = true;
    return 0;
}
