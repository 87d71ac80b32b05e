/* pom.xml, of Maven: https://maven.apache.org/pom.html, and the POM reference there. One
 * alone does not tell all, so what is of use is kept, as lines of words between tabs, for
 * pom_project.c to put together:
 *
 *     project     GROUP ARTIFACT VERSION
 *     parent      GROUP ARTIFACT VERSION RELATIVEPATH
 *     property    NAME VALUE
 *     managed     GROUP ARTIFACT VERSION TYPE CLASSIFIER SCOPE OPTIONAL LINE
 *     dependency  the same
 *     profiles    how many are left out that have dependencies of their own
 *
 * Which profiles are active is up to who builds, and where. Those that are when nothing
 * else is said (activeByDefault) count as if they stood in the project itself. */
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

/* What lies unpacked in META-INF/maven/GROUP/ARTIFACT tells how that archive was made, and
 * not what is asked for here. */
static bool is_project(struct str path)
{
    return str_find(path, S("META-INF/maven/")) < 0;
}

static const struct want wants[] = {
    {WANT_NAME, "pom.xml", .only = is_project},
    {0},
};

static int pom_read(struct read *in, struct err *err);

const struct reader pkg_pom = {
    .name = "pom",
    .title = "Java: pom.xml",
    .checked = "Maven 3.8.7",
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

static void put_dependencies(struct read *in, struct buf *out, const char *what,
                             const struct xml *list)
{
    static const char *const fields[] = {"groupId",    "artifactId", "version",  "type",
                                         "classifier", "scope",      "optional", NULL};

    for (struct xml *x = list ? list->sub : NULL; x; x = x->next) {
        if (!xml_text(x, S("groupId")).n || !xml_text(x, S("artifactId")).n) {
            read_note(in, x->line, "a dependency without group or artifact");
            continue;
        }
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

/* What a project and a profile have alike. */
static void put_model(struct read *in, struct buf *out, const struct xml *x)
{
    put_properties(out, xml_get(x, S("properties")));
    put_dependencies(in, out, "managed",
                     xml_get(xml_get(x, S("dependencyManagement")), S("dependencies")));
    put_dependencies(in, out, "dependency", xml_get(x, S("dependencies")));
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

static void put_profiles(struct read *in, struct buf *out, const struct xml *profiles)
{
    size_t left_out = 0;

    for (struct xml *x = profiles ? profiles->sub : NULL; x; x = x->next)
        if (str_equal(xml_text(xml_get(x, S("activation")), S("activeByDefault")),
                      S("true")))
            put_model(in, out, x);
        else
            left_out += xml_get(x, S("dependencies")) != NULL;
    if (left_out)
        buf_printf(out, "profiles\t%zu\n", left_out);
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
    put_model(in, &out, root);
    put_profiles(in, &out, xml_get(root, S("profiles")));
    in->bytes = buf_keep(in->a, &out);
    in->keep = true;
    return 0;
}
