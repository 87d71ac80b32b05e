/* Names in pom.xml that are replaced, and parents that are found by their path. What whole
 * projects ask for: tests/data/pkg/pom, tests/maven_oracle. */
#include "base/own.h"
#include "pkg/pom_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* As pom.c packs them. */
static const struct pom_source files[] = {
    {S("pom.xml"),
     S("project\tg\troot\t1.0\n"
       "property\ta\t1.${b}\n"
       "property\tb\t${c}\n"
       "property\tc\t2\n"
       "property\tnone\t\n"
       "property\tround\t${trip}\n"
       "property\ttrip\t${round}\n"
       "property\tmore\t${more}${more}\n"
       "property\tproject.version\tnever\n"),
     0},
    {S("x/y/pom.xml"),
     S("project\t\tchild\t\nparent\tg\troot\t1.0\t../..\nproperty\tc\t3\n"), 0},
    {S("x/pom.xml"), S("project\tg\tother\t7\nparent\tg\troot\t2.0\t..\n"), 0},
    {S("z/pom.xml"), S("project\tg\tz\t1\nparent\tg\troot\t1.0\t../../../..\n"), 0},
    {S("w/pom.xml"), S("parent\nproject\nmanaged\t\ndependency\nprofiles\tx\nwhat\n\t\t\n"),
     0},
};

struct made {
    struct arena a;
    struct pom_project p;
};

static int make(void **state)
{
    struct made *m = calloc(1, sizeof *m);

    m->p.a = &m->a;
    pom_project_load(&m->p, &(struct pom_source_list){(struct pom_source *)files,
                                                      sizeof files / sizeof *files, 0});
    *state = m;
    return 0;
}

static int drop(void **state)
{
    struct made *m = *state;

    arena_done(&m->p.scratch);
    arena_done(&m->a);
    free(m);
    return 0;
}

static struct pom *at(void **state, size_t i)
{
    struct made *m = *state;

    return m->p.poms.at[i];
}

static void expands(void **state, size_t i, const char *text, const char *to)
{
    struct made *m = *state;
    struct str got = pom_expand(&m->a, at(state, i), str_of(text));

    if (!str_equal(got, str_of(to)))
        fail_msg("%s: " STR_FMT ", not %s", text, STR_ARG(got), to);
}

static void names(void **state)
{
    expands(state, 0, "", "");
    expands(state, 0, "${a}-x${c}", "1.2-x2");
    expands(state, 1, "${a}", "1.3"); /* as the child has it */
    expands(state, 0, "${nobody}${c}", "${nobody}2");
    expands(state, 0, "${none}", "");
    expands(state, 0, "${a", "${a");
    expands(state, 0, "${}", "${}");
    expands(state, 0, "${x${c}}", "${x2}"); /* Maven has no names in names either */
    expands(state, 1, "${project.version}/${pom.groupId}/${artifactId}", "1.0/g/child");
    expands(state, 1, "${project.parent.version}", "1.0");
    expands(state, 0, "${project.parent.version}", "${project.parent.version}");
}

static void circles(void **state)
{
    struct made *m = *state;

    assert_true(str_find(pom_expand(&m->a, at(state, 0), S("${round}")), S("${")) >= 0);
    assert_true(pom_expand(&m->a, at(state, 0), S("${more}")).n < 8192);
}

static void parents(void **state)
{
    assert_null(at(state, 0)->up);
    assert_ptr_equal(at(state, 1)->up, at(state, 0));
    assert_null(at(state, 2)->up);                    /* another version lies there */
    assert_ptr_equal(at(state, 3)->up, at(state, 0)); /* out of the root: by its name */
    assert_null(at(state, 4)->up);
    assert_true(str_equal(at(state, 1)->version, S("1.0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names, make, drop),
        cmocka_unit_test_setup_teardown(circles, make, drop),
        cmocka_unit_test_setup_teardown(parents, make, drop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
