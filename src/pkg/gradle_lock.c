/* gradle.lockfile, and buildscript-gradle.lockfile of what the build itself uses:
 *
 *     # This is a Gradle generated file for dependency locking.
 *     com.google.guava:guava:31.1-jre=compileClasspath,runtimeClasspath
 *     junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath
 *     empty=annotationProcessor
 *
 * Before Gradle 7 each configuration had a file, gradle/dependency-locks/NAME.lockfile,
 * with lines that end before the "=". What only configurations of tests or of the build
 * script have is for developing. docs.gradle.org, "Locking Versions". */
#include "model/path.h"
#include "model/reader.h"

/* "gradle/dependency-locks/runtimeClasspath.lockfile" */
static bool is_one(struct str path)
{
    return str_ends(path_dir(path), S("gradle/dependency-locks"));
}

static const struct want wants[] = {
    {WANT_NAME, "gradle.lockfile"},
    {WANT_NAME, "buildscript-gradle.lockfile"},
    {WANT_TAIL, ".lockfile", .only = is_one},
    {0},
};

static int gradle_lock_read(struct read *in, struct err *err);

const struct reader pkg_gradle_lock = {
    .name = "gradle_lock",
    .title = "Java: gradle.lockfile",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = gradle_lock_read,
};

/* "testRuntimeClasspath", "integrationTestCompileClasspath", "checkstyle", "classpath" of a
 * build script: not what a program runs with. */
static bool only_dev(struct str configurations)
{
    struct str one;

    while (configurations.n) {
        str_cut(configurations, ',', &one, &configurations);
        if (!str_starts(one, S("test")) && str_find(one, S("Test")) < 0 &&
            !str_equal(one, S("checkstyle")) && !str_equal(one, S("jacocoAnt")) &&
            !str_equal(one, S("pmd")) && !str_equal(one, S("spotbugs")))
            return false;
    }
    return true;
}

/* Of the older kind the file is called after the only one. */
static struct str only_configuration(struct str path)
{
    struct str name = path_base(path);

    name.n -= is_one(path) ? sizeof ".lockfile" - 1 : name.n;
    return name;
}

static void tell(struct read *in, struct str line, uint64_t n)
{
    struct str coordinates, configurations, group, rest, name, version;
    struct package *p;

    if (!str_cut(line, '=', &coordinates, &configurations))
        configurations = only_configuration(in->path);
    if (!str_cut(coordinates, ':', &group, &rest) || !str_cut(rest, ':', &name, &version) ||
        !group.n || !name.n || !version.n || !configurations.n) {
        read_note(in, n, "not group:artifact:version=configurations");
        return;
    }
    p = read_add(in, "maven", name, version);
    p->group = group;
    p->line = n;
    p->dev = str_starts(path_base(in->path), S("buildscript-")) || only_dev(configurations);
}

static int gradle_lock_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line;

    (void)err;
    for (uint64_t n = 1; str_line(&rest, &line); n++) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#' && !str_starts(line, S("empty=")))
            tell(in, line, n);
    }
    read_note_cut(in, 0);
    return 0;
}
