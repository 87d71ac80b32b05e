/* gradle/libs.versions.toml, where a Gradle build names its libraries, and further files
 * like it:
 *
 *     [versions]
 *     jackson = "2.13.1"
 *     kafka = { strictly = "[3.0,4.0[", prefer = "3.4.0" }
 *     [libraries]
 *     text = "org.apache.commons:commons-text:1.9"
 *     guava = { group = "com.google.guava", name = "guava", version = "31.1-jre" }
 *     jackson = { module = "com.fasterxml.jackson.core:jackson-core", version.ref =
 * "jackson" }
 *
 * docs.gradle.org, "Version Catalogs". A library without a version gets it elsewhere; its
 * plugins are of the build and not told. */
#include "pkg/tree.h"

#include <string.h>

static const struct want wants[] = {
    {WANT_TAIL, ".versions.toml"},
    {0},
};

static int gradle_catalog_read(struct read *in, struct err *err);

const struct reader pkg_gradle_catalog = {
    .name = "gradle_catalog",
    .title = "Java: version catalogs of Gradle",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = gradle_catalog_read,
};

/* "[1.0,2.0)", "1.+" and "latest.release" are not. */
static bool is_exact(struct str version)
{
    for (size_t i = 0; i < version.n; i++)
        if (strchr("[](), ", version.p[i]))
            return false;
    return version.n > 0 && !str_ends(version, S("+")) &&
           !str_starts(version, S("latest."));
}

/* A text, or the one of {strictly, require, prefer} that is exact: the last says most. */
static struct str exact(struct json version)
{
    static const char *const ways[] = {"strictly", "require", "prefer"};
    struct str found = json_str(version);

    for (size_t i = 0; i < 3 && json_kind(version) == JSON_MAP; i++) {
        struct str one = json_get_str(version, str_of(ways[i]));

        if (is_exact(one))
            found = one;
    }
    return is_exact(found) ? found : (struct str){0};
}

static struct str version_of(struct json root, struct json library)
{
    struct json version = json_get(library, S("version"));
    struct str ref = json_get_str(version, S("ref"));

    return exact(ref.n ? json_get(json_get(root, S("versions")), ref) : version);
}

/* False when it has no exact version. */
static bool tell(struct read *in, struct json root, struct json library)
{
    struct str text = json_str(library), group, name, version;
    struct package *p;

    if (!text.n)
        text = json_get_str(library, S("module"));
    if (str_cut(text, ':', &group, &name)) {
        if (!str_cut(name, ':', &name, &version))
            version = version_of(root, library);
        else if (!is_exact(version))
            version.n = 0;
    } else {
        group = json_get_str(library, S("group"));
        name = json_get_str(library, S("name"));
        version = version_of(root, library);
    }
    if (!group.n || !name.n) {
        read_note(in, json_line(library), "a library without group and name");
        return true;
    }
    if (!version.n)
        return false;
    p = read_add(in, "maven", name, version);
    p->group = group;
    p->line = json_line(library);
    p->direct = true;
    return true;
}

static int gradle_catalog_read(struct read *in, struct err *err)
{
    struct json root, library;
    struct str key, example = {0};
    size_t loose = 0;
    int r = read_tree(in, TREE_TOML, &root, err);

    if (r < 0)
        return r;
    for (struct json_each e = json_each(json_get(root, S("libraries")));
         json_next(&e, &key, &library);)
        if (!tell(in, root, library)) {
            loose++;
            example = key;
        }
    if (loose)
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "%zu libraries without an exact version, such as " STR_FMT, loose,
                 STR_ARG(example));
    read_note_cut(in, 0);
    return 0;
}
