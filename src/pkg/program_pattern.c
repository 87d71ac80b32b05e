#include "pkg/program_pattern.h"

#include "base/needles.h"

#include <ctype.h>
#include <string.h>

enum { STRING_MAX = 256, VERSION_MAX = 48 };

/* ---- making one ---- */

/* "{n}", "{n:3.}" */
static bool take_part(struct str word, struct part *out)
{
    static const struct {
        char letter;
        enum part_kind kind;
    } kinds[] = {{'0', PART_ZEROS}, {'n', PART_NUMBERS}, {'v', PART_VERSION},
                 {'x', PART_XML},   {'i', PART_DIGITS},  {'s', PART_ANY}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (word.n && word.p[0] == kinds[i].letter) {
            *out = (struct part){kinds[i].kind, str_from(word, 2)};
            return word.n == 1 || word.p[1] == ':';
        }
    return false;
}

/* The longest text; one with something before it only when that begins with a string, since
 * what varies in length cannot be stepped back over otherwise. */
static size_t anchor_of(const struct pattern *p)
{
    size_t best = p->len;

    for (size_t i = 0; i < p->len; i++) {
        const struct part *part = &p->parts[i];

        if (part->kind != PART_TEXT || part->text.n < NEEDLE_LEAST ||
            (i > 0 && p->parts[0].kind != PART_ZEROS))
            continue;
        if (best == p->len || part->text.n > p->parts[best].text.n)
            best = i;
    }
    return best;
}

bool pattern_make(struct pattern *out, struct str text)
{
    *out = (struct pattern){0};
    while (text.n) {
        struct str before, word;
        bool brace = str_cut(text, '{', &before, &text);

        if (out->len + 2 > PATTERN_PARTS)
            return false;
        if (before.n)
            out->parts[out->len++] = (struct part){PART_TEXT, before};
        if (!brace)
            break;
        if (!str_cut(text, '}', &word, &text) || !take_part(word, &out->parts[out->len++]))
            return false;
    }
    out->anchor = anchor_of(out);
    return out->len > 0;
}

/* ---- matching ---- */

static bool is_of(enum part_kind kind, char c)
{
    if (isdigit((unsigned char)c))
        return true;
    if (kind == PART_NUMBERS)
        return c == '.';
    return kind == PART_VERSION && (isalpha((unsigned char)c) || (c && strchr(".-+~_", c)));
}

static size_t run_of(enum part_kind kind, struct str in, size_t most)
{
    size_t n = 0;

    while (n < in.n && n < most && is_of(kind, in.p[n]))
        n++;
    return n;
}

/* "3.9.2" with one of "3.8.|3.9.". */
static bool begins(struct str s, struct str with)
{
    struct str one;

    do {
        str_cut(with, '|', &one, &with);
        if (str_starts(s, one))
            return true;
    } while (with.n);
    return false;
}

/* Without the full stop of a sentence. */
static bool take_version(const struct part *part, struct str *in, struct str *version)
{
    struct str s = {in->p, run_of(part->kind, *in, VERSION_MAX + 1)};

    while (s.n && !isalnum((unsigned char)s.p[s.n - 1]))
        s.n--;
    if (s.n == 0 || s.n > VERSION_MAX || !isdigit((unsigned char)s.p[0]) ||
        !memchr(s.p, '.', s.n) || !begins(s, part->text))
        return false;
    *version = s;
    *in = str_from(*in, s.n);
    return true;
}

/* "20914" and "21005": 2.9.14, 2.10.5. */
static bool take_xml(const struct part *part, struct str *in, struct str *version)
{
    struct str s = {in->p, run_of(PART_DIGITS, *in, 6)};

    if (s.n != 5 || !begins(s, part->text) || s.p[1] > '1')
        return false;
    *version = s;
    *in = str_from(*in, s.n);
    return true;
}

static bool take_zeros(struct str *in, bool first)
{
    size_t n = 0;

    while (n < in->n && n < STRING_MAX && !in->p[n])
        n++;
    if (n == 0 && in->n && !first)
        return false;
    *in = str_from(*in, n);
    return true;
}

/* Up to the text or the zeros that come next. */
static bool take_any(struct str *in, const struct part *next)
{
    struct str s = {in->p, in->n < STRING_MAX ? in->n : STRING_MAX};
    ptrdiff_t at;

    s.n = strnlen(str_chars(s), s.n);
    if (!next || next->kind == PART_ZEROS) {
        *in = str_from(*in, s.n);
        return true;
    }
    if (next->kind != PART_TEXT) {
        size_t n = 0;

        while (n < s.n && !isdigit((unsigned char)s.p[n]))
            n++;
        *in = str_from(*in, n);
        return n < s.n;
    }
    at = str_find(s, next->text);
    if (at >= 0)
        *in = str_from(*in, (size_t)at);
    return at >= 0;
}

static bool take(const struct pattern *p, size_t i, struct str *in, bool first,
                 struct str *version)
{
    const struct part *part = &p->parts[i];
    size_t n;

    switch (part->kind) {
    case PART_TEXT:
        if (!str_starts(*in, part->text))
            return false;
        *in = str_from(*in, part->text.n);
        return true;
    case PART_ZEROS:
        return take_zeros(in, first);
    case PART_DIGITS:
        n = run_of(PART_DIGITS, *in, VERSION_MAX);
        *in = str_from(*in, n);
        return n > 0;
    case PART_XML:
        return take_xml(part, in, version);
    case PART_ANY:
        return take_any(in, i + 1 < p->len ? part + 1 : NULL);
    case PART_NUMBERS:
    case PART_VERSION:
        break;
    }
    return take_version(part, in, version);
}

bool pattern_at(const struct pattern *p, struct str in, size_t at, struct str *version)
{
    struct str rest = str_from(in, at);

    *version = (struct str){0};
    for (size_t i = 0; i < p->len; i++)
        if (!take(p, i, &rest, at == 0 && i == 0, version))
            return false;
    return version->n > 0;
}

/* Back over `strings` strings and the zeros between them, to the zero before. */
static bool step_back(struct str in, size_t *at, size_t strings)
{
    size_t i = *at;

    for (size_t back = 0; strings--; back = 0) {
        while (i > 0 && !in.p[i - 1] && back++ < STRING_MAX)
            i--;
        for (back = 0; i > 0 && in.p[i - 1]; back++, i--)
            if (back == STRING_MAX)
                return false;
    }
    *at = i > 0 ? i - 1 : 0;
    return true;
}

bool pattern_around(const struct pattern *p, struct str in, size_t at, struct str *version)
{
    size_t strings = 0;

    for (size_t i = 0; i + 1 < p->anchor; i++)
        strings += p->parts[i].kind == PART_ZEROS;
    if (p->anchor > 0 && !step_back(in, &at, strings))
        return false;
    return pattern_at(p, in, at, version);
}
