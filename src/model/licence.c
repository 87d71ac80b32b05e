#include "model/licence.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/own.h"
#include "model/licence_words.h"

enum { TEXT_MAX = 8 * 1024, RUN_MAX = 20 };

#define LICENCE(key, id)
#define EXCEPTION(key, id)

struct row {
    const char *key, *id;
};

static const struct row licences[] = {
#undef LICENCE
#define LICENCE(key, id) {key, id},
#include "model/licence.def"
#undef LICENCE
#define LICENCE(key, id)
};

static const struct row exceptions[] = {
#undef EXCEPTION
#define EXCEPTION(key, id) {key, id},
#include "model/licence.def"
#undef EXCEPTION
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static struct str find(const struct row *rows, size_t n, struct str key)
{
    size_t low = 0;

    while (n > 0) {
        size_t half = n / 2;
        int order = str_compare(key, str_of(rows[low + half].key));

        if (order == 0)
            return str_of(rows[low + half].id);
        if (order > 0) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return (struct str){0};
}

/* ---- one licence ---- */

struct parse {
    const struct licence_token *at;
    size_t n, i;
    struct buf key, out;
    size_t open; /* brackets */
};

static void parse_done(struct parse *p)
{
    buf_done(&p->key);
    buf_done(&p->out);
}

/* Words may be told together: whole chunks, and brackets in pairs. */
static bool is_run(const struct licence_token *at, size_t n)
{
    size_t open = 0;

    for (size_t i = 0; i < n; i++) {
        open += at[i].mark == LICENCE_OPEN;
        if (at[i].mark == LICENCE_CLOSE && open-- == 0)
            return false;
    }
    return open == 0 && at[0].first && (at[n - 1].last || at[n - 1].mark == LICENCE_CLOSE);
}

/* "Apache-2.0+": a later one may be chosen, too. */
static void add_id(struct parse *p, struct str id, bool later)
{
    size_t whole = id.n;

    if (later && str_ends(id, S("-only")))
        id.n -= S("-only").n;
    buf_str(&p->out, id);
    if (later && id.n < whole)
        buf_str(&p->out, S("-or-later"));
    else if (later && !str_ends(id, S("-or-later")))
        buf_char(&p->out, '+');
}

static struct str find_licence(struct str key, bool *later)
{
    struct str id = find(licences, COUNT(licences), key);

    *later = !id.n && str_ends(key, S("+"));
    if (*later)
        id = find(licences, COUNT(licences), (struct str){key.p, key.n - 1});
    return id;
}

/* "AND" and "OR" as SPDX writes them stand between licences, and in none but "OR LATER". */
static bool is_between(const struct parse *p, size_t i)
{
    static const char *const within[] = {"any",   "greater", "higher",
                                         "later", "lesser",  "newer"};
    struct str chunk = p->at[i].chunk;

    if (!str_equal(chunk, S("AND")) && !str_equal(chunk, S("OR")))
        return false;
    for (size_t j = 0; i + 1 < p->n && j < COUNT(within); j++)
        if (str_equal(p->at[i + 1].word, str_of(within[j])))
            return false;
    return true;
}

/* How many words from here may be one licence. */
static size_t room(const struct parse *p)
{
    size_t n = 0;

    while (n < RUN_MAX && p->i + n < p->n && !is_between(p, p->i + n))
        n++;
    return n;
}

/* The longest run of words from here that is one; 0 when none is. */
static size_t longest(struct parse *p, const struct row *rows, size_t rows_len,
                      struct str *id, bool *later)
{
    for (size_t n = room(p); n > 0; n--) {
        struct str key;

        if (!is_run(p->at + p->i, n))
            continue;
        key = licence_key(p->at + p->i, n, &p->key);
        *later = false;
        *id = rows == licences ? find_licence(key, later) : find(rows, rows_len, key);
        if (id->n)
            return n;
    }
    return 0;
}

/* Behind the name the same once more: "General Public License v2 (GPLv2)". */
static void pass_again(struct parse *p, struct str id, bool later)
{
    struct str other;
    bool other_later;
    size_t n, start = p->i;

    if (p->i >= p->n || p->at[p->i].mark != LICENCE_OPEN)
        return;
    p->i++;
    n = longest(p, licences, COUNT(licences), &other, &other_later);
    p->i += n;
    if (n && str_equal(other, id) && other_later == later && p->i < p->n &&
        p->at[p->i].mark == LICENCE_CLOSE)
        p->i++;
    else
        p->i = start;
}

/* "LicenseRef-Proprietary", "DocumentRef-spdx:LicenseRef-2": of somebody's own, as it is */
static bool take_own(struct parse *p)
{
    struct str chunk = p->at[p->i].chunk;

    if (!p->at[p->i].first ||
        (!str_starts(chunk, S("LicenseRef-")) && !str_starts(chunk, S("DocumentRef-"))))
        return false;
    for (size_t i = 0; i < chunk.n; i++)
        if ((unsigned char)chunk.p[i] < '+' || (unsigned char)chunk.p[i] > 'z')
            return false;
    buf_str(&p->out, chunk);
    while (!p->at[p->i++].last)
        ;
    return true;
}

static bool take_licence(struct parse *p)
{
    struct str id;
    bool later;
    size_t n;

    if (take_own(p))
        return true;
    n = longest(p, licences, COUNT(licences), &id, &later);
    if (!n)
        return false;
    p->i += n;
    add_id(p, id, later);
    pass_again(p, id, later);
    return true;
}

/* ---- the expression ---- */

static bool is_word(const struct parse *p, const char *word)
{
    const struct licence_token *t = &p->at[p->i];

    return p->i < p->n && t->first && t->last && str_equal(t->word, str_of(word));
}

static bool is_mark(const struct parse *p, enum licence_mark mark)
{
    return p->i < p->n && p->at[p->i].mark == mark;
}

static bool take_exception(struct parse *p)
{
    struct str id;
    bool later;
    size_t n;

    if (!is_word(p, "with"))
        return true;
    p->i++;
    n = p->i < p->n ? longest(p, exceptions, COUNT(exceptions), &id, &later) : 0;
    p->i += n;
    if (n) {
        buf_str(&p->out, S(" WITH "));
        buf_str(&p->out, id);
    }
    return n > 0;
}

/* "A, B", "A, and B", "A || B" */
static bool take_operator(struct parse *p)
{
    bool all = false, any = false;

    for (; p->i < p->n; p->i++) {
        if (is_mark(p, LICENCE_ANY) || is_word(p, "or"))
            any = true;
        else if (is_mark(p, LICENCE_ALL) || is_word(p, "and"))
            all = true;
        else
            break;
    }
    buf_str(&p->out, any ? S(" OR ") : S(" AND "));
    return all || any;
}

static bool take_operand(struct parse *p)
{
    for (; is_mark(p, LICENCE_OPEN); p->i++, p->open++)
        buf_char(&p->out, '(');
    if (p->i >= p->n || !take_licence(p) || !take_exception(p))
        return false;
    for (; p->open && is_mark(p, LICENCE_CLOSE); p->i++, p->open--)
        buf_char(&p->out, ')');
    return true;
}

static bool take_expression(struct parse *p)
{
    if (!take_operand(p))
        return false;
    while (p->i < p->n)
        if (!take_operator(p) || !take_operand(p))
            return false;
    return p->open == 0;
}

/* Where, outside of brackets, the next operator is; all of s when there is none. */
static struct str operand(struct str s)
{
    size_t open = 0;

    for (size_t i = 0; i < s.n; i++) {
        open += s.p[i] == '(';
        open -= s.p[i] == ')';
        if (!open && (str_starts(str_from(s, i), S(" AND ")) ||
                      str_starts(str_from(s, i), S(" OR "))))
            return (struct str){s.p, i};
    }
    return s;
}

/* "MIT AND MIT" is MIT; where something may be chosen, nothing is left out. */
static struct str each_once(struct arena *a, struct arena *scratch, struct str said)
{
    own(buf) out = {0};
    struct map seen = {0};
    struct str rest = said;

    while (rest.n) {
        struct str one = operand(rest);
        void **at = map_at(scratch, &seen, one);

        rest = str_from(rest, one.n);
        if (str_starts(rest, S(" OR ")))
            return str_copy(a, said);
        rest = str_from(rest, sizeof " AND " - 1);
        if (!*at && out.len)
            buf_str(&out, S(" AND "));
        if (!*at)
            buf_str(&out, one);
        *at = scratch;
    }
    return buf_keep(a, &out);
}

static struct str expression(struct arena *a, struct str text)
{
    own(arena) scratch = {0};
    struct licence_tokens tokens = {0};
    own(parse) p = {0};

    licence_cut(&scratch, text, &tokens);
    p.at = tokens.at;
    p.n = tokens.len;
    return take_expression(&p) ? each_once(a, &scratch, buf_keep(&scratch, &p.out))
                               : (struct str){0};
}

/* ---- other spellings ---- */

/* "License :: OSI Approved :: MIT License", a line each */
static struct str without_classes(struct arena *a, struct str text)
{
    own(buf) out = {0};
    struct str line;

    while (str_line(&text, &line)) {
        ptrdiff_t at;

        while ((at = str_find(line, S(" :: "))) >= 0)
            line = str_from(line, (size_t)at + 4);
        if (out.len && str_trim(line).n)
            buf_char(&out, '\n');
        buf_str(&out, str_trim(line));
    }
    return buf_keep(a, &out);
}

static struct str without_end(struct str s, struct str end)
{
    return str_ends(s, end) ? (struct str){s.p, s.n - end.n} : s;
}

/* "https://opensource.org/licenses/MIT", "http://www.apache.org/licenses/LICENSE-2.0.txt":
 * what to read in its place. */
static struct str of_address(struct arena *a, struct str address)
{
    static const struct {
        const char *place, *before;
    } places[] = {
        {"opensource.org/licenses/", ""}, {"opensource.org/license/", ""},
        {"spdx.org/licenses/", ""},       {"licenses.nuget.org/", ""},
        {"gnu.org/licenses/", ""},        {"apache.org/licenses/LICENSE-", "Apache-"},
        {"eclipse.org/legal/", ""},       {"mozilla.org/MPL/", "MPL-"},
    };
    static const char *const ends[] = {"/", ".html", ".txt", ".php", ".md"};

    for (size_t i = 0; i < COUNT(ends); i++)
        address = without_end(address, str_of(ends[i]));
    for (size_t i = 0; i < COUNT(places); i++) {
        ptrdiff_t at = str_find(address, str_of(places[i].place));
        struct str id = str_from(address, (size_t)at + str_of(places[i].place).n);

        if (at >= 0)
            return str_printf(a, "%s" STR_FMT, places[i].before, STR_ARG(id));
    }
    return (struct str){0};
}

struct str licence_spdx(struct arena *a, struct str declared)
{
    struct str text = str_trim(declared);

    if (text.n > TEXT_MAX)
        return (struct str){0};
    if (str_starts(text, S("http://")) || str_starts(text, S("https://")))
        text = of_address(a, text);
    else if (str_find(text, S(" :: ")) >= 0)
        text = without_classes(a, text);
    return expression(a, text);
}
