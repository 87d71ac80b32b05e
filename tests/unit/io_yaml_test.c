/* tests/data/yaml/NAME.yaml becomes NAME.expect: a JSON text for each document,
 * and '!' and the error. UPDATE=1 writes the latter.
 * `io_yaml_test json FILE...` prints the same and a line "." for each file, for
 * a comparison with another program. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "io/json.h"
#include "io/yaml.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static int convert(struct str text, struct buf *out)
{
    struct err err = {0};
    int r = yaml_to_json(text, out, &err);

    if (r < 0)
        buf_printf(out, "!%s\n", err.text);
    return r;
}

static struct str load(struct arena *a, const char *path)
{
    struct err err = {0};
    struct str text = {0};

    if (str_load(a, path, 1 << 26, &text, &err) < 0)
        fail_msg("%s", err.text);
    return text;
}

/* What comes out is one JSON text a line, whatever went in. */
static void check_json(struct str text)
{
    own_json doc = json_doc_new();
    struct json root;
    struct str line;

    while (str_line(&text, &line)) {
        struct err err = {0};

        if (line.p[0] != '!' && json_parse(doc, line, &root, &err) < 0)
            fail_msg("%s: " STR_FMT, err.text, STR_ARG(line));
    }
}

static void check_case(const char *path)
{
    own(arena) a = {0};
    own(buf) is = {0};
    const char *expect = str_printf(&a, "%.*s.expect", (int)strlen(path) - 5, path).p;
    struct str want;

    convert(load(&a, path), &is);
    check_json(buf_view(&is));
    if (getenv("UPDATE")) {
        own_file f = fopen(expect, "wbe");

        assert_non_null(f);
        fwrite(is.at, 1, is.len, f);
        return;
    }
    want = load(&a, expect);
    if (!str_equal(buf_view(&is), want))
        fail_msg("%s\n---- is\n" STR_FMT "---- want\n" STR_FMT, path,
                 STR_ARG(buf_view(&is)), STR_ARG(want));
}

static void test_cases(void **state)
{
    glob_t found;

    (void)state;
    assert_int_equal(glob("tests/data/yaml/*.yaml", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        check_case(found.gl_pathv[i]);
    assert_true(found.gl_pathc > 25);
    globfree(&found);
}

/* ---- hostile ---- */

static struct str repeat(struct arena *a, const char *first, const char *part, size_t times)
{
    own(buf) b = {0};

    buf_str(&b, str_of(first));
    for (size_t i = 0; i < times; i++)
        buf_str(&b, str_of(part));
    return buf_keep(a, &b);
}

static void refuse(struct str text, int code, const char *what)
{
    own(buf) b = {0};
    struct err err = {0};

    assert_int_equal(yaml_to_json(text, &b, &err), code);
    assert_string_equal(err.text, what);
    assert_int_equal(b.len, 0);
}

static void test_deep(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};

    (void)state;
    refuse(repeat(&a, "", "[", 100000), ERR_LIMIT,
           "line 1, column 129: nested more than 128 deep");
    refuse(repeat(&a, "", "- ", 100000), ERR_LIMIT,
           "line 1, column 257: nested more than 128 deep");
    refuse(repeat(&a, "", "{a: ", 100000), ERR_LIMIT,
           "line 1, column 513: nested more than 128 deep");
    assert_int_equal(convert(repeat(&a, "", "- ", 128), &b), 0);
    check_json(buf_view(&b));
}

static void test_aliases(void **state)
{
    own(arena) a = {0};
    own(buf) b = {0};

    (void)state;
    assert_int_equal(convert(repeat(&a, "- &a x\n", "- *a\n", 1000), &b), 0);
    refuse(repeat(&a, "- &a x\n", "- *a\n", 1001), ERR_LIMIT,
           "line 1002, column 4: too many aliases");
    b.len = 0; /* the limit is one for all documents */
    assert_int_equal(convert(repeat(&a, "- &a x\n", "- *a\n---\n- &a x\n", 1001), &b),
                     ERR_LIMIT);
    check_json(buf_view(&b));
}

/* Runs that libfyaml takes long for are refused before it sees them, and all of
 * these are done in a moment. */
static void test_slow(void **state)
{
    static const struct {
        const char *first, *part;
        int code;
    } texts[] = {
        {"", "%", ERR_LIMIT},
        {"!<", "a", ERR_LIMIT},
        {"", "!a%41", ERR_LIMIT},
        {"- ", "\t", ERR_LIMIT},
        {"- |\n", "\n", ERR_LIMIT},
        {"a: |\n", " x\n", 0},
        {"a: \"", "x\\n", ERR_FORMAT},
        {"[", "a: b,", ERR_FORMAT},
        {"", "- &a x\n", 0},
        {"", "? ", ERR_FORMAT},
        {"", "&a ", ERR_FORMAT},
        {"", "# x\n", 0},
        {"", "a\n", 0},
        {"", "--- a\n", 0},
        {"'", "''", ERR_FORMAT},
    };
    clock_t start = clock();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        own(arena) a = {0};
        own(buf) b = {0};
        size_t times = 50000;

        if (convert(repeat(&a, texts[i].first, texts[i].part, times), &b) != texts[i].code)
            fail_msg("%s%s...: %.*s", texts[i].first, texts[i].part,
                     (int)(b.len < 200 ? b.len : 200), b.at);
    }
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

static void test_truncated(void **state)
{
    static const char *const names[] = {"block", "flow", "scalars", "merge", "directives"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        own(arena) a = {0};
        struct str all = load(&a, str_printf(&a, "tests/data/yaml/%s.yaml", names[i]).p);

        for (size_t n = 0; n <= all.n; n++) {
            own(buf) b = {0};
            char *copy = malloc(n ? n : 1); /* so that reading past it is noticed */

            memcpy(copy, all.p, n);
            convert((struct str){copy, n}, &b);
            check_json(buf_view(&b));
            free(copy);
        }
    }
}

static int print(char **paths)
{
    for (; *paths; paths++) {
        own(arena) a = {0};
        own(buf) b = {0};

        convert(load(&a, *paths), &b);
        buf_str(&b, S(".\n"));
        fwrite(b.at, 1, b.len, stdout);
    }
    return 0;
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),     cmocka_unit_test(test_deep),
        cmocka_unit_test(test_aliases),   cmocka_unit_test(test_slow),
        cmocka_unit_test(test_truncated),
    };

    if (argc > 1 && strcmp(argv[1], "json") == 0)
        return print(argv + 2);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
