#include "io/yaml_check.h"

#include "base/err.h"
#include "io/utf8.h"

#include <string.h>

/* libfyaml 0.7.12 takes 1 to 2 ns times the square of a run. */
enum { SHORT = 256, SQUARES_MAX = 400 * 1000 * 1000 };

enum run { OTHER, BLANKS, TAG, DIRECTIVE };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Does what began with a '!', a '%' in column 1 or a blank go on with c? */
static bool goes_on(enum run run, char c)
{
    switch (run) {
    case BLANKS:
        return is_blank(c);
    case TAG:
        return !is_blank(c);
    case DIRECTIVE:
        return c != '\n';
    default:
        return false;
    }
}

static enum run begins(char before, char c)
{
    return is_blank(c)                  ? BLANKS
           : c == '!'                   ? TAG
           : c == '%' && before == '\n' ? DIRECTIVE
                                        : OTHER;
}

static size_t square(size_t n)
{
    return n <= SHORT ? 0 : n < SQUARES_MAX ? n * n : SIZE_MAX / 2;
}

static int check_squares(struct str text, struct err *err)
{
    enum run run = OTHER;
    size_t from = 0, spent = 0;

    for (size_t i = 0; i <= text.n; i++) {
        char before = i ? text.p[i - 1] : '\n';

        if (i < text.n && goes_on(run, text.p[i]))
            continue;
        if (run != OTHER)
            spent += square(i - from);
        if (spent > SQUARES_MAX)
            return err_set(err, ERR_LIMIT, "a tag, directive or gap of %zu characters",
                           i - from);
        run = i < text.n ? begins(before, text.p[i]) : OTHER;
        from = i;
    }
    return 0;
}

/* Section 5.1, c-printable; DEL may stand in quotes. */
static bool is_control(char c)
{
    return (unsigned char)c < ' ' && !is_blank(c);
}

static bool ends_line(struct str s)
{
    return s.p[0] == '\n' || (s.p[0] == '\r' && !str_starts(s, S("\r\n")));
}

/* What is wrong with the character that text begins with. */
static const char *wrong(struct str text, size_t n, bool begins_line)
{
    return n == 0                                               ? "not UTF-8"
           : text.p[0] == '\0'                                  ? "a NUL byte"
           : is_control(text.p[0])                              ? "a control character"
           : begins_line && str_starts(text, S("\xef\xbb\xbf")) ? "a second byte order mark"
                                                                : NULL;
}

static int check_bytes(struct str text, struct err *err)
{
    bool begins_line = false;
    size_t line = 1;

    while (text.n) {
        size_t n = utf8_length(text);
        const char *what = wrong(text, n, begins_line);

        if (what)
            return err_set(err, ERR_FORMAT, "line %zu: %s", line, what);
        begins_line = ends_line(text);
        line += begins_line;
        text = str_from(text, n);
    }
    return 0;
}

static bool is_key_mark(struct str s)
{
    return s.p[0] == '?' && (s.n == 1 || is_blank(s.p[1]) || strchr(",[]{}", s.p[1]));
}

/* ":", blanks with a tab among them, and something that begins a block. */
static bool is_tab_trap(struct str s)
{
    bool tab = false;
    size_t i = 1;

    if (s.p[0] != ':')
        return false;
    for (; i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'); i++)
        tab |= s.p[i] == '\t';
    return tab && (i == s.n || strchr("?:|>-", s.p[i]));
}

static int check_tabs(struct str text, struct err *err)
{
    bool key = false;
    size_t line = 1;

    for (; text.n; text = str_from(text, 1)) {
        line += ends_line(text);
        key |= is_key_mark(text);
        if (key && is_tab_trap(text))
            return err_set(err, ERR_FORMAT, "line %zu: a tab between ':' and an indicator",
                           line);
    }
    return 0;
}

int yaml_check(struct str text, struct err *err)
{
    if (check_bytes(text, err) < 0 || check_tabs(text, err) < 0)
        return ERR_FORMAT;
    return check_squares(text, err);
}
