/* The file "release" at the top of a Java runtime, since JDK 7:
 *     IMPLEMENTOR="Eclipse Adoptium"
 *     JAVA_VERSION="17.0.9"
 *     JAVA_RUNTIME_VERSION="17.0.9+9"
 * GraalVM has GRAALVM_VERSION="22.3.1" besides. openjdk.org/jeps/223 and the builds
 * themselves. Told is the runtime, as pkg:generic, named after who built it. */
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
    {"Amazon", "corretto"},
    {"Azul", "zulu"},
    {"BellSoft", "liberica"},
    {"GraalVM", "graalvm"},
    {"IBM", "ibm-semeru"},
    {"Microsoft", "microsoft-openjdk"},
    {"Oracle", "oracle-jdk"},
    {"SAP", "sapmachine"},
};

static struct str name_of(struct str implementor)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(implementor, str_of(names[i].implementor)))
            return str_of(names[i].name);
    return S("openjdk");
}

/* "\"17.0.9\"": without its quotes. */
static struct str bare(struct str s)
{
    s = str_trim(s);
    return s.n > 1 && s.p[0] == '"' && str_ends(s, S("\"")) ? (struct str){s.p + 1, s.n - 2}
                                                            : s;
}

static int jdk_release_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line, key, value;
    struct str version = {0}, runtime = {0}, implementor = {0}, graal = {0};
    uint64_t at = 0;

    (void)err;
    for (uint64_t n = 1; str_line(&rest, &line); n++) {
        if (!str_cut(line, '=', &key, &value))
            continue;
        value = bare(value);
        if (str_equal(key, S("JAVA_VERSION")))
            version = value, at = n;
        else if (str_equal(key, S("JAVA_RUNTIME_VERSION")))
            runtime = value;
        else if (str_equal(key, S("IMPLEMENTOR")))
            implementor = value;
        else if (str_equal(key, S("GRAALVM_VERSION")))
            graal = value;
    }
    if (!version.n) /* many other things are called so */
        return 0;
    if (graal.n)
        read_add(in, "generic", S("graalvm"), graal)->line = at;
    if (!str_equal(name_of(implementor), S("graalvm")))
        read_add(in, "generic", name_of(implementor), runtime.n ? runtime : version)->line =
            at;
    return 0;
}
