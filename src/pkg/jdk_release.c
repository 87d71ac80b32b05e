/* The file "release" at the top of a Java runtime, since JDK 7:
 *
 *     IMPLEMENTOR="Eclipse Adoptium"
 *     JAVA_RUNTIME_VERSION="17.0.9+9"
 *     JAVA_VERSION="17.0.9"
 *
 * Oracle's own JDK has BUILD_TYPE="commercial", its builds of OpenJDK have not. GraalVM has
 * GRAALVM_VERSION="22.3.1" besides. openjdk.org/jeps/223 and the builds themselves. Told is
 * the runtime, as pkg:generic, named after who built it.
 *
 * A runtime may lie in any folder (/opt/java/openjdk, /jre, what jlink makes), so what else
 * is called "release" is told apart by what is in it. */
#include "model/path.h"
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_NAME, "release"},
    {0},
};

static int jdk_release_read(struct read *in, struct err *err);

const struct reader pkg_jdk_release = {
    .name = "jdk_release",
    .title = "Java runtimes",
    .checked = "OpenJDK 17 of Debian, Temurin 25",
    .version = 1,
    .wants = wants,
    .read = jdk_release_read,
};

static const struct {
    const char *implementor, *name;
} names[] = {
    {"Eclipse Adoptium", "temurin"},
    {"Eclipse Foundation", "temurin"},
    {"AdoptOpenJDK", "adoptopenjdk"},
    {"Alibaba", "dragonwell"},
    {"Amazon", "corretto"},
    {"Azul", "zulu"},
    {"BellSoft", "liberica"},
    {"GraalVM", "graalvm"},
    {"IBM", "ibm-semeru"},
    {"International Business Machines", "ibm-semeru"},
    {"JetBrains", "jetbrains-runtime"},
    {"Microsoft", "microsoft-openjdk"},
    {"SAP", "sapmachine"},
    {"Tencent", "kona"},
};

static struct str name_of(struct str implementor, bool commercial)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(implementor, str_of(names[i].implementor)))
            return str_of(names[i].name);
    return commercial ? S("oracle-jdk") : S("openjdk");
}

/* "\"17.0.9\"": without its quotes. */
static struct str bare(struct str s)
{
    s = str_trim(s);
    return s.n > 1 && s.p[0] == '"' && str_ends(s, S("\"")) ? (struct str){s.p + 1, s.n - 2}
                                                            : s;
}

struct release {
    struct str implementor, version, runtime, build, graal;
    uint64_t line; /* of the version */
};

static void take(struct release *r, struct str key, struct str value, uint64_t line)
{
    const struct {
        struct str key, *value;
    } fields[] = {
        {S("BUILD_TYPE"), &r->build},
        {S("GRAALVM_VERSION"), &r->graal},
        {S("IMPLEMENTOR"), &r->implementor},
        {S("JAVA_VERSION"), &r->version},
        {S("JAVA_RUNTIME_VERSION"), &r->runtime},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_equal(key, fields[i].key))
            *fields[i].value = value;
    if (str_equal(key, S("JAVA_VERSION")))
        r->line = line;
}

static int jdk_release_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line, key, value, name;
    struct release r = {0};

    (void)err;
    for (uint64_t n = 1; str_line(&rest, &line); n++)
        if (str_cut(line, '=', &key, &value))
            take(&r, key, bare(value), n);
    if (!r.version.n && !r.runtime.n && !r.implementor.n)
        return 0; /* many other things are called so */
    read_note_cut(in, 0);
    if (!r.version.n)
        return 0;
    if (r.graal.n)
        read_add(in, "generic", S("graalvm"), r.graal)->line = r.line;
    name = name_of(r.implementor, str_equal(r.build, S("commercial")));
    if (!str_equal(name, S("graalvm")))
        read_add(in, "generic", name, r.runtime.n ? r.runtime : r.version)->line = r.line;
    return 0;
}
