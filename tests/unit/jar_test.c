/* What the name of a jar and its manifest say. */
#include "base/own.h"
#include "pkg/jar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void expect(struct str is, const char *wanted, const char *of)
{
    if (!str_equal(is, str_of(wanted)))
        fail_msg("%s: \"" STR_FMT "\", and \"%s\" is right", of, STR_ARG(is), wanted);
}

static void test_names(void **state)
{
    static const char *const cases[][3] = {
        {"a/log4j-1.2-api-2.17.1.jar", "log4j-1.2-api", "2.17.1"},
        {"guava-31.1-jre.jar", "guava", "31.1-jre"},
        {"netty-4.1.0.Final-linux-x86_64.jar", "netty", "4.1.0.Final"},
        {"app-1.0-jar-with-dependencies.jar", "app", "1.0"},
        {"app-1.0-tests.jar", "app", "1.0"},
        {"app-1.0-testsuite.jar", "app", "1.0-testsuite"},
        {"app.jar", "app", ""},
        {"app", "app", ""},
        {"app-.jar", "app-", ""},
        {"-1.jar", "-1", ""},
        {"1-2.jar", "1-2", ""},
        {"a-1-2.jar", "a", "1-2"},
        {".jar", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str stem, version;

        jar_name(str_of(cases[i][0]), &stem, &version);
        expect(stem, cases[i][1], cases[i][0]);
        expect(version, cases[i][2], cases[i][0]);
    }
}

/* A manifest and an artifact, to version and group. */
static void test_manifests(void **state)
{
    static const char *const cases[][4] = {
        {"Implementation-Version: 1\nBundle-Version: 2\nSpecification-Version: 3\n", "x",
         "1", "x"},
        {"Specification-Version: 3\r\nBundle-Version: 2\r\n", "x", "2", "x"},
        {"Specification-Version: 3", "x", "3", "x"},
        {"Bundle-Version: 1.\n 2.\n 3\n", "x", "1.2.3", "x"},
        {"Implementation-Version:\nBundle-Version: 2\n", "x", "2", "x"},
        {"no colon\n", "x", "", "x"},
        {"\nImplementation-Version: 1\n", "x", "", "x"},
        {"Implementation-Vendor-Id: org.acme\n", "x", "", "org.acme"},
        {"Implementation-Vendor-Id: Acme Inc.\nBundle-SymbolicName: org.acme.x;a=b\n", "x",
         "", "org.acme"},
        {"Implementation-Vendor-Id: http://acme.org\nAutomatic-Module-Name: org.acme.y\n",
         "x", "", "org.acme"},
        {"Bundle-SymbolicName: acme.x\n", "x", "", "x"},
        {"Bundle-SymbolicName: .acme.x\n", "x", "", "x"},
        {"Implementation-Vendor-Id: org.other\n", "commons-io", "", "commons-io"},
        {"Implementation-Vendor-Id: org.other\n", "asm-tree", "", "org.ow2.asm"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        own(arena) a = {0};
        struct jar_manifest m = jar_manifest_read(&a, str_of(cases[i][0]));

        expect(m.version, cases[i][2], cases[i][0]);
        expect(jar_manifest_group(&m, str_of(cases[i][1])), cases[i][3], cases[i][0]);
    }
}

static void test_properties(void **state)
{
    static const struct {
        const char *text;
        bool whole;
    } cases[] = {
        {"#by Maven\ngroupId=g\nartifactId = a\nversion=1\n", true},
        {"version=1\r\nartifactId=a\r\ngroupId=g\r\n", true},
        {"groupId=g\nartifactId=a\n", false},
        {"groupId=g\nversion=1\n", false},
        {"artifactId=a\nversion=1\n", false},
        {"groupId\nartifactId=a\nversion=1\n", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct jar_coordinates c = {0};

        assert_int_equal(jar_properties_read(str_of(cases[i].text), &c), cases[i].whole);
        if (cases[i].whole) {
            expect(c.group, "g", cases[i].text);
            expect(c.artifact, "a", cases[i].text);
            expect(c.version, "1", cases[i].text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_manifests),
        cmocka_unit_test(test_properties),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
