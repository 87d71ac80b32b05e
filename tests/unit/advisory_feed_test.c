/* Feed readers and documents that are not what they should be: every value of
 * every case in tests/data/feed is replaced by values of other kinds, one at a
 * time. What must hold of what is put: feed_said.h. */
#include "io/toml.h"
#include "io/yaml.h"

#include "feed_said.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void ids(void **state)
{
    char text[130];

    (void)state;
    memset(text, 'a', sizeof text);
    assert_true(feed_id_valid(S("ALSA-2022:1814")));
    assert_true(feed_id_valid(S("a_b.c")));
    assert_true(feed_id_valid((struct str){text, 128}));
    assert_false(feed_id_valid((struct str){text, 129}));
    assert_false(feed_id_valid(S("")));
    assert_false(feed_id_valid(S("CVE 2024")));
    assert_false(feed_id_valid(S("CVE-2024\n")));
    assert_false(feed_id_valid(S("CVE/2024")));
    assert_false(feed_id_valid(S("CVE-\0")));
    assert_false(feed_id_valid(S("\xc3\xa4")));
}

static void lines(void **state)
{
    static char text[1025];

    (void)state;
    memset(text, 'a', sizeof text);
    assert_true(feed_line_valid(S("1:2.4+b1~rc1 \xc3\xa4")));
    assert_true(feed_line_valid((struct str){text, 1024}));
    assert_false(feed_line_valid((struct str){text, 1025}));
    assert_false(feed_line_valid(S("")));
    assert_false(feed_line_valid(S("a\tb")));
    assert_false(feed_line_valid(S("a\x7f")));
    assert_false(feed_line_valid(S("a\0b")));
}

static void ecosystems(void **state)
{
    static const char *const none[] = {
        "Ubuntu:Pro:22.04:LTS",
        "Red Hat:enterprise_linux:",
        "Red Hat:x:9",
        "SUSE:Linux Enterprise Server ",
        "SUSE:15 SP5",
        "SUSE:SP",
        "SUSE:Linux Enterprise Server SP5",
        "openSUSE:Leap ",
        "openSUSE:Leap",
    };
    own(arena) a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(feed_ecosystem(&a, str_of(none[i])).n, 0);
    assert_true(str_equal(feed_ecosystem(&a, S("Debian")), S("debian")));
    assert_true(str_equal(feed_ecosystem(&a, S("Debian:")), S("debian")));
    assert_true(str_equal(feed_ecosystem(&a, S("Alpine:v3.20")), S("alpine:3.20")));
}

/* ---- other kinds of values ---- */

/* The end of the JSON value that begins at i; the text is valid. */
static size_t value_end(struct str t, size_t i)
{
    int depth = 0;
    bool quoted = false;

    for (; i < t.n; i++) {
        char c = t.p[i];

        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth-- == 0)
                return i;
        } else if (c == ',' && depth == 0) {
            return i;
        }
    }
    return i;
}

static void say(struct json_doc *doc, struct str json, struct feed_said *said)
{
    own(arena) a = {0};
    struct err err = {0};
    struct json root;

    if (json_parse(doc, json, &root, &err) < 0)
        fail_msg("%s: " STR_FMT, err.text, STR_ARG(json));
    feed_say(root, &a, said);
}

static void replace(struct json_doc *doc, struct str json, size_t from, size_t to)
{
    static const char *const others[] = {
        "null",     "7",       "0",         "1.5",
        "true",     "\"\"",    "\"x\"",     "\"\\u0000\\n\"",
        "[]",       "{}",      "[[],{},7]", "{\"\":\"\"}",
        "\"CVE-\"", "\"CVE\"", "\":\"",     "\"(\"",
        "\"* )\"",
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        own(buf) changed = {0};
        struct feed_said said = {0};

        buf_add(&changed, json.p, from);
        buf_str(&changed, str_of(others[i]));
        buf_add(&changed, json.p + to, json.n - to);
        say(doc, buf_view(&changed), &said);
    }
}

/* Whether a value, and no key, begins at i: behind a colon, or in a list. Texts
 * may hold such bytes, too; then some other text is tried, and no harm done. */
static void replace_all(struct json_doc *doc, struct str json)
{
    bool quoted = false;

    for (size_t i = 0; i + 1 < json.n; i++) {
        char c = json.p[i];

        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
            continue;
        }
        quoted = c == '"';
        if (c == ':' || (c == '[' && json.p[i + 1] != ']')) {
            replace(doc, json, i + 1, value_end(json, i + 1));
        }
    }
}

/* A document a line: YAML reads JSON, too; of Markdown what is in its fence. */
static int to_json(struct str text, struct buf *json, struct err *err)
{
    struct str toml = str_from(text, S("```toml").n);

    if (!str_starts(text, S("```toml")))
        return yaml_to_json(text, json, err);
    toml.n = (size_t)str_find(toml, S("```"));
    return toml_to_json(toml, json, NULL, err);
}

/* As JSON without blanks. */
static void every_value(void **state)
{
    own_json doc = json_doc_new();
    struct feed_said said = {0};
    glob_t found;

    (void)state;
    assert_int_equal(glob("tests/data/feed/*/*/input.*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        own(arena) a = {0};
        own(buf) json = {0};
        struct err err = {0};
        struct str text, rest, line;

        assert_int_equal(str_load(&a, found.gl_pathv[i], 1 << 20, &text, &err), 0);
        assert_int_equal(to_json(text, &json, &err), 0);
        rest = buf_view(&json);
        while (str_line(&rest, &line)) {
            say(doc, line, &said);
            replace_all(doc, line);
        }
    }
    globfree(&found);
    assert_true(said.statements > 50 && said.vulnerabilities > 20 && said.dropped > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids),
        cmocka_unit_test(lines),
        cmocka_unit_test(ecosystems),
        cmocka_unit_test(every_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
