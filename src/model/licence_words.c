#include "model/licence_words.h"

#include "base/arena.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static struct str lower(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    for (size_t i = 0; i < s.n; i++)
        copy[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
    return (struct str){copy, s.n};
}

/* ---- words ---- */

static bool is_noise(struct str word)
{
    static const char *const noise[] = {"the",      "license",  "licence",
                                        "licenses", "licences", "licensed",
                                        "version",  "ver",      "v"};

    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        if (str_equal(word, str_of(noise[i])))
            return true;
    return false;
}

/* "2.0" and "2.0.0" are 2, "2.0+" is "2+". */
static struct str short_number(struct arena *a, struct str word)
{
    bool plus = str_ends(word, S("+"));
    struct str number = {word.p, word.n - plus};

    while (number.n > 2 && str_ends(number, S(".0")))
        number.n -= 2;
    return plus && number.n + 1 < word.n ? str_printf(a, STR_FMT "+", STR_ARG(number))
                                         : (struct str){word.p, number.n + plus};
}

static void add_word(struct arena *a, struct str chunk, struct str word,
                     struct licence_tokens *out)
{
    if (word.n && is_digit(*word.p))
        word = short_number(a, word);
    if (is_noise(word))
        word.n = 0;
    *arena_push(a, out) = (struct licence_token){.word = word, .chunk = chunk};
}

/* How many letters stand in front of a number: 3 of "gpl2", 4 of "gplv2"; one alone is
 * part of a name, "x11", if it is not "v". */
static size_t letters_before(struct str word)
{
    size_t n = 0;

    while (n < word.n && is_letter(word.p[n]))
        n++;
    if (n == word.n || !is_digit(word.p[n]) || (n == 1 && *word.p != 'v'))
        return 0;
    return n;
}

static void cut_word(struct arena *a, struct str chunk, struct str word,
                     struct licence_tokens *out)
{
    size_t n = letters_before(word);
    struct str letters = {word.p, n && word.p[n - 1] == 'v' ? n - 1 : n};

    while (str_ends(word, S(".")))
        word.n--;
    if (letters.n)
        add_word(a, chunk, letters, out);
    add_word(a, chunk, str_from(word, n), out);
}

/* ---- chunks ---- */

static bool is_inner(char c)
{
    return c && strchr("-_:*", c);
}

static void cut_chunk(struct arena *a, struct str chunk, struct licence_tokens *out)
{
    struct str rest = lower(a, chunk);
    size_t first = out->len;

    while (rest.n) {
        size_t n = 0;

        while (n < rest.n && !is_inner(rest.p[n]))
            n++;
        if (n)
            cut_word(a, chunk, (struct str){rest.p, n}, out);
        rest = str_from(rest, n < rest.n ? n + 1 : n);
    }
    if (out->len == first)
        return;
    out->at[first].first = true;
    out->at[out->len - 1].last = true;
}

static void add_mark(struct arena *a, char c, struct licence_tokens *out)
{
    static const char chars[] = "(),;\n/|&";
    static const enum licence_mark marks[] = {LICENCE_OPEN, LICENCE_CLOSE, LICENCE_ALL,
                                              LICENCE_ALL,  LICENCE_ALL,   LICENCE_ANY,
                                              LICENCE_ANY,  LICENCE_ALL};
    const char *at = c ? strchr(chars, c) : NULL;

    if (at)
        *arena_push(a, out) = (struct licence_token){.mark = marks[at - chars]};
}

void licence_cut(struct arena *a, struct str text, struct licence_tokens *out)
{
    size_t from = 0;

    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] && !strchr("(),;\n/|&\"'\t\r ", text.p[i]))
            continue;
        cut_chunk(a, (struct str){text.p + from, i - from}, out);
        if (i < text.n)
            add_mark(a, text.p[i], out);
        from = i + 1;
    }
}

/* ---- keys ---- */

static void later_is_plus(struct buf *key)
{
    static const char *const later[] = {" or any later", " or later",  " or newer",
                                        " or greater",   " or higher", " and later",
                                        " and newer"};

    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (str_ends(buf_view(key), str_of(later[i]))) {
            key->len -= strlen(later[i]);
            buf_char(key, '+');
        }
    if (str_ends(buf_view(key), S(" only")))
        key->len -= sizeof " only" - 1;
}

static const struct {
    const char *words, *letters;
} gnu[] = {
    {"gnu library or lesser general public", "lgpl"},
    {"gnu lesser general public", "lgpl"},
    {"gnu library general public", "lgpl"},
    {"lesser general public", "lgpl"},
    {"gnu affero general public", "agpl"},
    {"affero general public", "agpl"},
    {"gnu affero gpl", "agpl"},
    {"gnu free documentation", "gfdl"},
    {"free documentation", "gfdl"},
    {"gnu general public", "gpl"},
    {"general public", "gpl"},
    {"gnu agpl", "agpl"},
    {"gnu lgpl", "lgpl"},
    {"gnu gpl", "gpl"},
    {"gnu fdl", "gfdl"},
    {"fdl", "gfdl"},
};

static void letters_of_gnu(struct buf *key)
{
    for (size_t i = 0; i < sizeof gnu / sizeof *gnu; i++) {
        size_t n = strlen(gnu[i].words), letters = strlen(gnu[i].letters);

        if (!str_starts(buf_view(key), str_of(gnu[i].words)) ||
            (n < key->len && key->at[n] != ' ' && key->at[n] != '+'))
            continue;
        buf_reserve(key, letters);
        memmove(key->at + letters, key->at + n, key->len - n);
        memcpy(key->at, gnu[i].letters, letters);
        key->len += letters - n;
        return;
    }
}

struct str licence_key(const struct licence_token *at, size_t n, struct buf *out)
{
    out->len = 0;
    for (size_t i = 0; i < n; i++) {
        if (at[i].word.n && out->len)
            buf_char(out, ' ');
        buf_str(out, at[i].word);
    }
    later_is_plus(out);
    letters_of_gnu(out);
    return buf_view(out);
}
