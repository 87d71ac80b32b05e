/* The value syntax of os-release(5): a subset of the shell's, without expansion.
 *     PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
 *     NAME='CentOS Linux'
 *     ID=alpine */
#include "model/os_release.h"

#include "base/arena.h"

enum { VALUE_MAX = 200 };

/* How many bytes of a well-formed character are here, 0 when none is. Long
 * forms and surrogates pass: they do no harm where text is only shown. */
static size_t utf8_length(struct str s)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : (c & 0xf0) == 0xe0 ? 3 : 4;

    if ((c >= 0x80 && c < 0xc2) || c > 0xf4 || n > s.n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s.p[i] & 0xc0) != 0x80)
            return 0;
    return n;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

struct str os_release_clean(struct arena *a, struct str text)
{
    char *copy = arena_alloc(a, VALUE_MAX + 1, 1);
    size_t n = 0;

    while (text.n) {
        size_t length = utf8_length(text);

        if (n + (length ? length : 1) > VALUE_MAX)
            break;
        if (!length)
            copy[n++] = '?';
        for (size_t i = 0; i < length; i++)
            if (!is_control(text.p[i]))
                copy[n++] = text.p[i];
        text = str_from(text, length ? length : 1);
    }
    return str_trim((struct str){copy, n});
}

/* A backslash keeps the next character from meaning anything, except within
 * single quotes; quotes may stop and start again: a"b"'c' is abc. */
static struct str unquote(struct arena *a, struct str value)
{
    char *copy = arena_alloc(a, value.n + 1, 1), quote = 0;
    size_t n = 0;

    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];

        if (c == '\\' && quote != '\'' && i + 1 < value.n)
            copy[n++] = value.p[++i];
        else if (c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
        else
            copy[n++] = c;
    }
    return (struct str){copy, n};
}

struct str os_release_get(struct arena *a, struct str text, const char *key)
{
    struct str line, name, value, found = {0};

    while (str_line(&text, &line))
        if (str_cut(str_trim(line), '=', &name, &value) && str_equal(name, str_of(key)))
            found = value;
    if (found.n > 4 * VALUE_MAX) /* enough for any escapes of what is kept */
        found.n = 4 * VALUE_MAX;
    return os_release_clean(a, unquote(a, found));
}
