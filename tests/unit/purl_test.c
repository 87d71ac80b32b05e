/* tests/data/purl.data: a package URL, "->", and its canonical form, or '!' and
 * the error. `purl_test parts < PURLS` prints the parts of each line, parted by
 * tabs, then the canonical form: for a comparison with another program. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "model/distro.h"
#include "model/package.h"
#include "model/purl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct str rewrite(struct arena *a, struct str text)
{
    struct err err = {0};
    struct purl purl;

    if (purl_parse(a, text, &purl, &err) < 0)
        return str_printf(a, "!%s", err.text);
    return purl_write(a, &purl);
}

static void check(struct arena *a, struct str line, unsigned number)
{
    ptrdiff_t arrow = str_find(line, S(" -> "));
    struct str input, expected, said;

    if (arrow < 0)
        fail_msg("line %u: no \" -> \"", number);
    input = (struct str){line.p, (size_t)arrow};
    expected = str_from(line, (size_t)arrow + 4);
    said = rewrite(a, input);
    if (!str_equal(said, expected))
        fail_msg("line %u: " STR_FMT "\n  is   " STR_FMT "\n  want " STR_FMT, number,
                 STR_ARG(input), STR_ARG(said), STR_ARG(expected));
    if (said.p[0] != '!' && !str_equal(rewrite(a, said), said))
        fail_msg("line %u: " STR_FMT " is not stable", number, STR_ARG(said));
}

static void rewrites(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str text, line;
    unsigned number = 0;

    (void)state;
    if (str_load(&a, "tests/data/purl.data", 1 << 20, &text, &err) < 0)
        fail_msg("%s", err.text);
    while (str_line(&text, &line)) {
        number++;
        if (line.n && line.p[0] != '#')
            check(&a, line, number);
    }
    assert_true(number > 50);
}

static void parts(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct purl p;

    (void)state;
    assert_int_equal(
        purl_parse(&a,
                   S("pkg:npm/%40angular/core@1%2B2?b=x%20y&A=https:%2F%2Fz#/a/../b%23/"),
                   &p, &err),
        0);
    assert_true(str_equal(p.namespace, S("@angular")));
    assert_true(str_equal(p.name, S("core")));
    assert_true(str_equal(p.version, S("1+2")));
    assert_int_equal(p.qualifiers.len, 2);
    assert_true(str_equal(p.qualifiers.at[0].value, S("x y")));
    assert_true(str_equal(p.qualifiers.at[1].key, S("a")));
    assert_true(str_equal(p.qualifiers.at[1].value, S("https://z")));
    assert_true(str_equal(p.subpath, S("a/b#")));
}

static void of_packages(void **state)
{
    static const struct distro
        debian = {.id = {"debian", 6}, .version = {"12", 2}, .vendor = {"debian", 6}},
        alpine = {.id = {"alpine", 6}, .version = {"3.20.3", 6}, .vendor = {"alpine", 6}},
        alma = {.id = {"almalinux", 9}, .version = {"9.5", 3}, .vendor = {"almalinux", 9}},
        wolfi = {.id = {"wolfi", 5}, .vendor = {"wolfi", 5}};
#define P(...)                                                                             \
    {                                                                                      \
        .layer = 0, __VA_ARGS__                                                            \
    }
#define T(text)                                                                            \
    {                                                                                      \
        text, sizeof text - 1                                                              \
    }
    static const struct {
        struct package package;
        const struct distro *distro;
        const char *purl;
    } cases[] = {
        {P(.type = T("deb"), .name = T("libc6"), .version = T("2.36-9+deb12u8"),
           .arch = T("amd64"), .source = T("glibc")),
         &debian,
         "pkg:deb/debian/"
         "libc6@2.36-9%2Bdeb12u8?arch=amd64&distro=debian-12&upstream=glibc"},
        {P(.type = T("deb"), .name = T("adduser"), .version = T("1:3.134"),
           .arch = T("all"), .source = T("adduser")),
         &debian, "pkg:deb/debian/adduser@1:3.134?arch=all&distro=debian-12"},
        {P(.type = T("deb"), .name = T("libgcc-s1"), .version = T("12.2.0-14"),
           .source = T("gcc-12"), .source_version = T("12.2.0-14+x")),
         NULL, "pkg:deb/libgcc-s1@12.2.0-14?upstream=gcc-12%4012.2.0-14%2Bx"},
        {P(.type = T("apk"), .name = T("libssl3"), .version = T("3.3.2-r0"),
           .arch = T("x86_64"), .source = T("openssl")),
         &alpine,
         "pkg:apk/alpine/"
         "libssl3@3.3.2-r0?arch=x86_64&distro=alpine-3.20.3&upstream=openssl"},
        {P(.type = T("apk"), .name = T("glibc"), .version = T("2.40-r3")), &wolfi,
         "pkg:apk/wolfi/glibc@2.40-r3?distro=wolfi"},
        {P(.type = T("rpm"), .name = T("bash"), .version = T("5.1.8-6.el9"),
           .arch = T("aarch64")),
         &alma, "pkg:rpm/almalinux/bash@5.1.8-6.el9?arch=aarch64&distro=almalinux-9.5"},
        {P(.type = T("rpm"), .name = T("openssl-libs"), .version = T("1:3.2.2-6.el9"),
           .arch = T("x86_64"), .source = T("openssl")),
         &alma,
         "pkg:rpm/almalinux/"
         "openssl-libs@3.2.2-6.el9?arch=x86_64&distro=almalinux-9.5&epoch=1&upstream="
         "openssl"},
        {P(.type = T("npm"), .group = T("@angular"), .name = T("core"),
           .version = T("17.0.0")),
         &debian, "pkg:npm/%40angular/core@17.0.0"},
        {P(.type = T("npm"), .name = T("@babel/core"), .version = T("7.1.0")), NULL,
         "pkg:npm/%40babel/core@7.1.0"},
        {P(.type = T("golang"), .name = T("github.com/BurntSushi/toml"),
           .version = T("v1.4.0+incompatible")),
         NULL, "pkg:golang/github.com/burntsushi/toml@v1.4.0%2Bincompatible"},
        {P(.type = T("golang"), .name = T("stdlib"), .version = T("1.22.3")), NULL,
         "pkg:golang/stdlib@1.22.3"},
        {P(.type = T("maven"), .group = T("org.apache.logging.log4j"),
           .name = T("log4j-core"), .version = T("2.14.1")),
         NULL, "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"},
        {P(.type = T("pypi"), .name = T("ruamel.yaml_Lib"), .version = T("0.2")), NULL,
         "pkg:pypi/ruamel-yaml-lib@0.2"},
        {P(.type = T("composer"), .name = T("Symfony/console"), .version = T("v6.4.0")),
         NULL, "pkg:composer/symfony/console@v6.4.0"},
    };
    own(arena) a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text = purl_of(&a, &cases[i].package, cases[i].distro);

        if (!str_equal(text, str_of(cases[i].purl)))
            fail_msg("is   " STR_FMT "\n  want %s", STR_ARG(text), cases[i].purl);
        if (!str_equal(rewrite(&a, text), text))
            fail_msg(STR_FMT " is not canonical", STR_ARG(text));
    }
}

static void print_parts(void)
{
    char line[4096];

    while (fgets(line, sizeof line, stdin)) {
        own(arena) a = {0};
        struct err err = {0};
        struct purl p;

        if (purl_parse(&a, str_trim(str_of(line)), &p, &err) < 0) {
            printf("!%s\n", err.text);
            continue;
        }
        printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t", STR_ARG(p.type),
               STR_ARG(p.namespace), STR_ARG(p.name), STR_ARG(p.version));
        for (size_t i = 0; i < p.qualifiers.len; i++)
            printf(STR_FMT "=" STR_FMT "&", STR_ARG(p.qualifiers.at[i].key),
                   STR_ARG(p.qualifiers.at[i].value));
        printf("\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(p.subpath),
               STR_ARG(purl_write(&a, &p)));
    }
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rewrites),
        cmocka_unit_test(parts),
        cmocka_unit_test(of_packages),
    };

    if (argc > 1 && strcmp(argv[1], "parts") == 0) {
        print_parts();
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
