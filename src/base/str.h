#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;

/* A view of bytes that somebody else owns, most often an arena. It carries
 * its length and is not NUL-terminated. Pass it by value. */
struct str {
    const char *p;
    size_t n;
};

struct str_list {
    struct str *at;
    size_t len, cap;
};

#define S(literal) ((struct str){"" literal, sizeof literal - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, str_chars(s)

/* The bytes of one that has none, too. */
static inline const char *str_chars(struct str s)
{
    return s.p ? s.p : "";
}

struct str str_of(const char *cstr);
bool str_equal(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Byte order; a prefix sorts first. <0, 0, >0, fit for qsort over strings. */
int str_compare(struct str a, struct str b);

/* The part from `from` on, empty when s is shorter. */
struct str str_from(struct str s, size_t from);

/* Without the blanks, tabs and line ends around it. */
struct str str_trim(struct str s);

/* Cuts the next line off `rest` into `line`, without its newline.
 * False at the end of the text. */
bool str_line(struct str *rest, struct str *line);

/* Splits s at the first sep; false, and all of s in head, when there is none. */
bool str_cut(struct str s, char sep, struct str *head, struct str *tail);

/* The same at the last sep; without one, all of s is in tail. */
bool str_cut_last(struct str s, char sep, struct str *head, struct str *tail);

/* Where needle begins in s, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);

/* A decimal number and nothing else, without sign; false when it is not one
 * or does not fit. */
bool str_u64(struct str s, uint64_t *out);

/* A 64-bit hash of the bytes: FNV-1a with a final mix. The same on every
 * machine, so it may be stored; not safe against chosen collisions. */
uint64_t str_hash(struct str s);

/* A copy in the arena, NUL-terminated behind its end. */
struct str str_copy(struct arena *a, struct str s);

/* With the letters of ASCII in lower case; others have no case here. */
struct str str_lower(struct arena *a, struct str s);

/* printf into the arena. */
struct str str_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Reads a whole file into the arena. ERR_LIMIT past `limit` bytes. */
int str_load(struct arena *a, const char *path, size_t limit, struct str *out,
             struct err *err);

#endif
