#include "io/json_place.h"

#include "io/json.h"
#include "io/utf8.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 400 };

/* What must come next. */
enum want { VALUE, FIRST_ITEM, FIRST_KEY, KEY, AFTER };

struct scan {
    struct str rest;
    unsigned depth;
    bool map[JSON_DEPTH_MAX];
};

/* The steps below go behind what they read and yield NULL, or stay at the fault
 * and say what it is. */

static int peek(const struct scan *s)
{
    return s->rest.n ? (unsigned char)s->rest.p[0] : -1;
}

static void pass(struct scan *s, size_t n)
{
    s->rest = str_from(s->rest, n);
}

static bool take(struct scan *s, char c)
{
    if (peek(s) != c)
        return false;
    pass(s, 1);
    return true;
}

static void blanks(struct scan *s)
{
    while (take(s, ' ') || take(s, '\n') || take(s, '\t') || take(s, '\r'))
        ;
}

/* ---- strings ---- */

/* The four digits behind "\u", -1 when they are not. */
static int hex4(struct str s)
{
    int value = 0;

    if (s.n < 6 || s.p[0] != '\\' || s.p[1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        char c = s.p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static const char *escape(struct scan *s)
{
    int unit, low;

    if (s->rest.n >= 2 && s->rest.p[1] && strchr("\"\\/bfnrt", s->rest.p[1])) {
        pass(s, 2);
        return NULL;
    }
    unit = hex4(s->rest);
    if (unit < 0)
        return "no such escape";
    low = hex4(str_from(s->rest, 6));
    if (unit < 0xd800 || unit > 0xdfff) {
        pass(s, 6);
        return NULL;
    }
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return "half a surrogate pair";
    pass(s, 12);
    return NULL;
}

static const char *string(struct scan *s)
{
    const char *wrong = NULL;

    pass(s, 1);
    while (!wrong && s->rest.n && peek(s) != '"') {
        size_t n = utf8_length(s->rest);

        if (n == 0)
            return "not UTF-8";
        if (peek(s) < ' ')
            return "a control character in a string";
        if (peek(s) == '\\')
            wrong = escape(s);
        else
            pass(s, n);
    }
    return wrong ? wrong : take(s, '"') ? NULL : "a string without an end";
}

/* ---- numbers and words ---- */

static size_t digits(struct scan *s)
{
    size_t n = 0;

    while (n < s->rest.n && s->rest.p[n] >= '0' && s->rest.p[n] <= '9')
        n++;
    pass(s, n);
    return n;
}

/* simdjson keeps whole numbers in 64 bits and the others in a double. */
static bool fits(struct str number, bool whole)
{
    char text[NUMBER_MAX];

    if (number.n >= sizeof text)
        return !whole;
    memcpy(text, number.p, number.n);
    text[number.n] = 0;
    errno = 0;
    if (!whole)
        return isfinite(strtod(text, NULL));
    if (text[0] == '-')
        strtoll(text, NULL, 10);
    else
        strtoull(text, NULL, 10);
    return errno == 0;
}

static const char *number(struct scan *s)
{
    struct scan start = *s;
    bool whole = true;
    struct str text;

    take(s, '-');
    if (!take(s, '0') && !digits(s))
        return "a digit is missing";
    if (take(s, '.')) {
        whole = false;
        if (!digits(s))
            return "a digit is missing";
    }
    if (take(s, 'e') || take(s, 'E')) {
        whole = false;
        if (!take(s, '+'))
            take(s, '-');
        if (!digits(s))
            return "a digit is missing";
    }
    text = (struct str){start.rest.p, start.rest.n - s->rest.n};
    if (fits(text, whole))
        return NULL;
    *s = start;
    return "a number that is too large";
}

static const char *scalar(struct scan *s)
{
    static const char *const words[] = {"true", "false", "null"};
    int c = peek(s);

    if (c == '"')
        return string(s);
    if (c == '-' || (c >= '0' && c <= '9'))
        return number(s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(s->rest, str_of(words[i]))) {
            pass(s, strlen(words[i]));
            return NULL;
        }
    return c < 0 ? "the text ends early" : "a value is missing";
}

/* ---- structure ---- */

static const char *value(struct scan *s, enum want *want)
{
    bool map = peek(s) == '{';
    struct str start = s->rest;

    *want = AFTER;
    if (!map && peek(s) != '[')
        return scalar(s);
    pass(s, 1);
    if (s->depth == JSON_DEPTH_MAX) {
        blanks(s);
        if (take(s, map ? '}' : ']'))
            return NULL;
        s->rest = start;
        return "nested more than 128 deep";
    }
    s->map[s->depth++] = map;
    *want = map ? FIRST_KEY : FIRST_ITEM;
    return NULL;
}

static const char *key(struct scan *s, enum want *want)
{
    const char *wrong;

    *want = VALUE;
    if (peek(s) != '"')
        return s->rest.n ? "a key in quotes is missing" : "the text ends early";
    wrong = string(s);
    if (wrong)
        return wrong;
    blanks(s);
    return take(s, ':') ? NULL : "a colon is missing";
}

static const char *after(struct scan *s, enum want *want)
{
    bool map = s->map[s->depth - 1];

    if (take(s, ',')) {
        *want = map ? KEY : VALUE;
        return NULL;
    }
    if (take(s, map ? '}' : ']')) {
        s->depth--;
        return NULL;
    }
    return !s->rest.n ? "the text ends early"
           : map      ? "a comma or '}' is missing"
                      : "a comma or ']' is missing";
}

static const char *step(struct scan *s, enum want *want)
{
    blanks(s);
    if ((*want == FIRST_KEY && peek(s) == '}') || (*want == FIRST_ITEM && peek(s) == ']'))
        *want = AFTER;
    switch (*want) {
    case AFTER:
        return after(s, want);
    case KEY:
    case FIRST_KEY:
        return key(s, want);
    default:
        return value(s, want);
    }
}

static void count(struct str before, struct json_place *out)
{
    out->line = out->column = 1;
    for (size_t i = 0; i < before.n; i++)
        if (before.p[i] == '\n') {
            out->line++;
            out->column = 1;
        } else if ((before.p[i] & 0xc0) != 0x80) {
            out->column++;
        }
}

bool json_place_find(struct str text, struct json_place *out)
{
    struct scan s = {.rest = text};
    enum want want = VALUE;

    do
        out->what = step(&s, &want);
    while (!out->what && (s.depth || want != AFTER));
    if (!out->what) {
        blanks(&s);
        out->what = s.rest.n ? "something behind the end" : NULL;
    }
    count((struct str){text.p, text.n - s.rest.n}, out);
    return out->what != NULL;
}
