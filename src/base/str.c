#include "base/str.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct str str_of(const char *cstr)
{
    return (struct str){cstr, strlen(cstr)};
}

bool str_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_equal((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_equal(str_from(s, s.n - suffix.n), suffix);
}

int str_compare(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int r = n ? memcmp(a.p, b.p, n) : 0;

    return r ? r : (a.n > b.n) - (a.n < b.n);
}

struct str str_from(struct str s, size_t from)
{
    return from < s.n ? (struct str){s.p + from, s.n - from} : (struct str){0};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    while (s.n && is_blank(s.p[0]))
        s = str_from(s, 1);
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_cut(struct str s, char sep, struct str *head, struct str *tail)
{
    const char *at = s.n ? memchr(s.p, sep, s.n) : NULL;

    if (!at) {
        *head = s;
        *tail = (struct str){0};
        return false;
    }
    *head = (struct str){s.p, (size_t)(at - s.p)};
    *tail = (struct str){at + 1, s.n - head->n - 1};
    return true;
}

bool str_cut_last(struct str s, char sep, struct str *head, struct str *tail)
{
    const char *at = s.n ? memrchr(s.p, sep, s.n) : NULL;

    if (!at) {
        *head = (struct str){0};
        *tail = s;
        return false;
    }
    *head = (struct str){s.p, (size_t)(at - s.p)};
    *tail = (struct str){at + 1, s.n - head->n - 1};
    return true;
}

ptrdiff_t str_find(struct str s, struct str needle)
{
    const char *at = needle.n && s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;

    return at ? at - s.p : -1;
}

bool str_u64(struct str s, uint64_t *out)
{
    uint64_t v = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        if (__builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    }
    *out = v;
    return s.n > 0;
}

uint64_t str_hash(struct str s)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

struct str str_copy(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    if (s.n)
        memcpy(copy, s.p, s.n);
    return (struct str){copy, s.n};
}

struct str str_lower(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1, 1);

    for (size_t i = 0; i < s.n; i++)
        copy[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (struct str){copy, s.n};
}

struct str str_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *text;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n <= 0)
        return (struct str){0};
    text = arena_alloc(a, (size_t)n + 1, 1);
    va_start(ap, fmt);
    vsnprintf(text, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (struct str){text, (size_t)n};
}

bool str_line(struct str *rest, struct str *line)
{
    if (rest->n == 0)
        return false;
    str_cut(*rest, '\n', line, rest);
    return true;
}

int str_load(struct arena *a, const char *path, size_t limit, struct str *out,
             struct err *err)
{
    own_fd fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t room = 4096, len = 0;
    struct stat st;
    char *at = NULL;
    ssize_t got;

    if (fd < 0 || fstat(fd, &st) < 0)
        return err_sys(err, "%s", path);
    if (st.st_size >= 4096 && (uint64_t)st.st_size < limit)
        room = (size_t)st.st_size + 1; /* and one more, to see the end */
    at = arena_alloc(a, room, 1);
    while ((got = read(fd, at + len, room - len)) != 0) {
        if (got < 0 && errno != EINTR)
            return err_sys(err, "%s", path);
        len += got > 0 ? (size_t)got : 0;
        if (len > limit)
            return err_set(err, ERR_LIMIT, "%s: more than %zu bytes", path, limit);
        if (len == room)
            at = arena_grow(a, at, len, &room, 1);
    }
    *out = (struct str){at, len};
    return 0;
}
