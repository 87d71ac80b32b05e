/* tests/data/licence.data: what metadata declare, "->", and the SPDX expression. And that
 * src/model/licence.def is sorted by keys that licence_key gives. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "model/licence.h"
#include "model/licence_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* "\n" is a line end */
static struct str lines(struct arena *a, struct str text)
{
    own(buf) out = {0};

    for (size_t i = 0; i < text.n; i++)
        if (str_starts(str_from(text, i), S("\\n"))) {
            buf_char(&out, '\n');
            i++;
        } else {
            buf_char(&out, text.p[i]);
        }
    return buf_keep(a, &out);
}

static void check(struct arena *a, struct str line, unsigned number)
{
    ptrdiff_t arrow = str_find(line, S(" -> "));
    struct str expected, said;

    if (arrow < 0)
        fail_msg("line %u: no \" -> \"", number);
    expected = str_from(line, (size_t)arrow + 4);
    said = licence_spdx(a, lines(a, (struct str){line.p, (size_t)arrow}));
    if (!str_equal(said, expected))
        fail_msg("line %u: " STR_FMT "\n  is   " STR_FMT, number, STR_ARG(line),
                 STR_ARG(said));
    if (!str_equal(licence_spdx(a, said), said))
        fail_msg("line %u: " STR_FMT " is not stable", number, STR_ARG(said));
}

static void maps(void **state)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str text, line;
    unsigned number = 0;

    (void)state;
    if (str_load(&a, "tests/data/licence.data", 1 << 20, &text, &err) < 0)
        fail_msg("%s", err.text);
    while (str_line(&text, &line)) {
        number++;
        if (line.n && line.p[0] != '#')
            check(&a, line, number);
    }
    assert_true(number > 50);
}

static const struct {
    const char *key, *id;
    bool exception;
} rows[] = {
#define LICENCE(key, id) {key, id, false},
#define EXCEPTION(key, id) {key, id, true},
#include "model/licence.def"
};

static struct str key_of(struct arena *a, const char *text, struct buf *key)
{
    struct licence_tokens tokens = {0};

    licence_cut(a, str_of(text), &tokens);
    return licence_key(tokens.at, tokens.len, key);
}

static void table(void **state)
{
    own(arena) a = {0};
    own(buf) key = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str said = key_of(&a, rows[i].key, &key);

        if (!str_equal(said, str_of(rows[i].key)))
            fail_msg("\"%s\" would be \"" STR_FMT "\"", rows[i].key, STR_ARG(said));
        if (i && rows[i].exception == rows[i - 1].exception &&
            str_compare(str_of(rows[i - 1].key), str_of(rows[i].key)) >= 0)
            fail_msg("\"%s\" does not follow \"%s\"", rows[i].key, rows[i - 1].key);
        if (!rows[i].exception &&
            !str_equal(licence_spdx(&a, str_of(rows[i].id)), str_of(rows[i].id)))
            fail_msg("%s is not itself", rows[i].id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(maps), cmocka_unit_test(table)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
