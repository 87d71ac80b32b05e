#include "pkg/short_names.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/own.h"

#include <stdlib.h>
#include <string.h>

enum { LONG = 200, WHOLE = 4 * 1024 };

static const struct str unnamed = S("unnamed");

/* ---- words ---- */

/* What str_trim takes away, too: a word is never empty. */
static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool next_word(struct str *rest, struct str *word)
{
    *rest = str_trim(*rest);
    if (!rest->n)
        return false;
    word->p = rest->p;
    word->n = 0;
    while (word->n < rest->n && !is_gap(rest->p[word->n]))
        word->n++;
    *rest = str_from(*rest, word->n);
    return true;
}

static bool is_mark(char c)
{
    return c == '(' || c == ')' || c == ',';
}

/* "(Artistic," is "Artistic" between marks. */
static struct str bare(struct str word)
{
    while (word.n && is_mark(*word.p))
        word = str_from(word, 1);
    while (word.n && is_mark(word.p[word.n - 1]))
        word.n--;
    return word;
}

/* Debian's common-licenses/Artistic is Perl's. */
static void add_word(struct buf *out, struct str word)
{
    struct str name = bare(word);
    size_t from = name.n ? (size_t)(name.p - word.p) : word.n; /* all marks: no name */

    buf_str(out, (struct str){word.p, from});
    if (str_equal(name, S("Artistic")) || str_equal(name, S("Artistic-1")))
        buf_str(out, S("Artistic-1.0-Perl"));
    else
        buf_str(out, name);
    buf_str(out, str_from(word, from + name.n));
}

/* With one blank between words, and each of them what it means. */
static struct str cleaned(struct arena *a, struct str said)
{
    own(buf) out = {0};
    struct str word;

    while (next_word(&said, &word)) {
        if (out.len)
            buf_char(&out, ' ');
        add_word(&out, word);
    }
    return buf_keep(a, &out);
}

static bool has(struct str s, const char *what)
{
    return str_find(s, str_of(what)) >= 0;
}

/* ---- the names in one piece ---- */

static void use(struct arena *a, struct short_names *n, struct buf *name)
{
    if (name->len)
        *map_at_copy(a, &n->used, buf_view(name)) = n;
    name->len = 0;
}

/* "GPL-2+ with OpenSSL exception" uses that, and "GPL-2+". */
static void use_all(struct arena *a, struct short_names *n, struct str lower)
{
    static const char *const between[] = {"and", "or", "and/or"};
    own(buf) name = {0};
    struct str word;

    while (next_word(&lower, &word)) {
        bool ends = false;

        for (size_t i = 0; i < sizeof between / sizeof *between; i++)
            ends |= str_equal(word, str_of(between[i]));
        if (ends) {
            use(a, n, &name);
            continue;
        }
        if (str_equal(word, S("with")) && name.len)
            *map_at_copy(a, &n->used, buf_view(&name)) = n;
        ends = str_ends(word, S(",")) || str_ends(word, S(")"));
        if (name.len)
            buf_char(&name, ' ');
        buf_str(&name, bare(word));
        if (ends)
            use(a, n, &name);
    }
    use(a, n, &name);
}

/* ---- pieces ---- */

static void add_piece(struct arena *a, struct short_names *n, struct str text, bool choice)
{
    bool sentence = text.n > LONG;
    struct short_names_piece p = {sentence ? unnamed : text, choice && !sentence};
    void **at = map_at(a, &n->seen, p.text);

    if (!*at)
        *arena_push(a, &n->pieces) = p;
    *at = n;
}

/* Cuts what stands before `sep`, which is looked for in the same text in lower case. */
static bool cut_piece(struct str *text, struct str *lower, const char *sep,
                      struct str *piece)
{
    ptrdiff_t at = str_find(*lower, str_of(sep));
    size_t n = at < 0 ? text->n : (size_t)at, next = n + (at < 0 ? 0 : strlen(sep));

    *piece = (struct str){text->p, n};
    *text = str_from(*text, next);
    *lower = str_from(*lower, next);
    return piece->n > 0;
}

/* Between commas: a choice, or what all holds. */
static void add_part(struct arena *a, struct short_names *n, struct str part)
{
    struct str lower = str_lower(a, part), piece;

    if (has(lower, " or ") || has(lower, "(")) {
        add_piece(a, n, part, has(lower, " or ") || has(lower, " and "));
        return;
    }
    while (cut_piece(&part, &lower, " and ", &piece))
        add_piece(a, n, piece, false);
}

static bool is_balanced(struct str s)
{
    size_t open = 0;

    for (size_t i = 0; i < s.n; i++) {
        open += s.p[i] == '(';
        if (s.p[i] == ')' && open-- == 0)
            return false;
    }
    return open == 0;
}

/* Where a bracket goes over a comma, it stays as it is. */
static bool is_apart(struct str text, struct str lower)
{
    struct str part;

    while (cut_piece(&text, &lower, ", and ", &part))
        if (!is_balanced(part))
            return false;
    return true;
}

void short_names_add(struct arena *a, struct short_names *n, struct str said)
{
    struct str text = said.n > WHOLE ? (struct str){0} : cleaned(a, said), lower, part;

    if (text.n)
        use_all(a, n, str_lower(a, said));
    else
        text = unnamed;
    lower = str_lower(a, text);
    if (has(lower, ", or ") || !is_apart(text, lower)) {
        add_piece(a, n, text, true);
        return;
    }
    while (cut_piece(&text, &lower, ", and ", &part))
        add_part(a, n, part);
}

void short_names_add_alone(struct arena *a, struct short_names *n, struct str said)
{
    *arena_push(a, &n->alone) = said;
}

/* ---- the expression ---- */

static int by_text(const void *a, const void *b)
{
    return str_compare(((const struct short_names_piece *)a)->text,
                       ((const struct short_names_piece *)b)->text);
}

static void add_those_alone(struct arena *a, struct short_names *n)
{
    for (size_t i = 0; i < n->alone.len; i++) {
        struct str name = n->alone.at[i];

        if (!map_get(&n->used, cleaned(a, str_lower(a, name))))
            short_names_add(a, n, name);
    }
}

bool short_names_join(struct arena *a, struct short_names *n, struct str *out)
{
    own(buf) text = {0};
    size_t i;

    add_those_alone(a, n);
    if (n->pieces.len)
        qsort(n->pieces.at, n->pieces.len, sizeof *n->pieces.at, by_text);
    for (i = 0; i < n->pieces.len; i++) {
        struct short_names_piece p = n->pieces.at[i];
        bool bracket = p.choice && n->pieces.len > 1;

        if (text.len + p.text.n > WHOLE)
            break;
        buf_str(&text, i ? S(" AND ") : S(""));
        buf_str(&text, bracket ? S("(") : S(""));
        buf_str(&text, p.text);
        buf_str(&text, bracket ? S(")") : S(""));
    }
    *out = buf_keep(a, &text);
    return i == n->pieces.len;
}
