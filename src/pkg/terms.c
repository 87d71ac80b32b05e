#include "pkg/terms.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"

#include <inttypes.h>
#include <string.h>

enum { DEPTH_MAX = 64 };

struct reading {
    struct arena *a;
    struct str rest;
    uint64_t line;
    struct err *err;
};

static int wrong(const struct reading *r, const char *what)
{
    return err_set(r->err, ERR_FORMAT, "line %" PRIu64 ": %s", r->line, what);
}

static void skip(struct reading *r, size_t n)
{
    r->rest = str_from(r->rest, n);
}

/* Blanks, and comments: "%" of Erlang (but "%{"), "#" of Elixir. */
static void pass_blanks(struct reading *r)
{
    struct str line;

    while (r->rest.n) {
        char c = r->rest.p[0];

        if (c == '\n')
            r->line++;
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            skip(r, 1);
        } else if (c == '#' || (c == '%' && !str_starts(r->rest, S("%{")))) {
            str_line(&r->rest, &line);
            r->line++;
        } else {
            return;
        }
    }
}

static bool takes(struct reading *r, struct str what)
{
    if (!str_starts(r->rest, what))
        return false;
    skip(r, what.n);
    return true;
}

/* What stands between quotes, which may be escaped. */
static int read_text(struct reading *r, char quote, struct str *out)
{
    own(buf) b = {0};

    for (skip(r, 1); r->rest.n && r->rest.p[0] != quote; skip(r, 1)) {
        if (r->rest.p[0] == '\n')
            r->line++;
        if (r->rest.p[0] == '\\' && r->rest.n > 1)
            skip(r, 1);
        buf_add(&b, r->rest.p, 1);
    }
    if (!r->rest.n)
        return wrong(r, "a text has no end");
    skip(r, 1);
    *out = buf_keep(r->a, &b);
    return 0;
}

static bool is_word(char c)
{
    return c && (strchr("_@.?!+-", c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                 (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80);
}

static int read_word(struct reading *r, struct term *out)
{
    struct str word = {r->rest.p, 0};

    while (word.n < r->rest.n && is_word(r->rest.p[word.n]))
        word.n++;
    if (!word.n)
        return wrong(r, "something that is no term");
    skip(r, word.n);
    out->kind = word.p[0] >= '0' && word.p[0] <= '9' ? TERM_NUMBER : TERM_ATOM;
    out->text = word;
    return 0;
}

static int read_term(struct reading *r, unsigned depth, struct term *out);

/* Up to the closing bracket. "a: 1" and "a => 1" are two items. */
static int read_items(struct reading *r, struct str close, unsigned depth, struct term *out)
{
    for (pass_blanks(r); !takes(r, close); pass_blanks(r)) {
        struct term *item = arena_push(r->a, out);
        int done = read_term(r, depth + 1, item);

        if (done < 0)
            return done;
        pass_blanks(r);
        if (takes(r, S("=>")) || takes(r, S(":")) || takes(r, S(",")))
            continue;
        pass_blanks(r);
        if (!str_starts(r->rest, close))
            return wrong(r, r->rest.n ? "neither a comma nor the end" : "ends too early");
    }
    return 0;
}

/* <<"cowlib">>, and <<"r3é"/utf8>> as older ones write it. */
static int read_binary(struct reading *r, unsigned depth, struct term *out)
{
    int done = read_term(r, depth + 1, out);

    if (done < 0)
        return done;
    takes(r, S("/utf8"));
    return takes(r, S(">>")) ? 0 : wrong(r, "a binary has no end");
}

static int read_term(struct reading *r, unsigned depth, struct term *out)
{
    pass_blanks(r);
    *out = (struct term){.line = r->line};
    if (depth > DEPTH_MAX)
        return wrong(r, "too deep");
    if (!r->rest.n)
        return wrong(r, "ends too early");
    if (takes(r, S("<<")))
        return read_binary(r, depth, out);
    if (takes(r, S("{"))) {
        out->kind = TERM_TUPLE;
        return read_items(r, S("}"), depth, out);
    }
    if (takes(r, S("["))) {
        out->kind = TERM_LIST;
        return read_items(r, S("]"), depth, out);
    }
    if (takes(r, S("%{"))) {
        out->kind = TERM_MAP;
        return read_items(r, S("}"), depth, out);
    }
    if (r->rest.p[0] == '"') {
        out->kind = TERM_TEXT;
        return read_text(r, '"', &out->text);
    }
    takes(r, S(":"));
    out->kind = TERM_ATOM;
    if (r->rest.n && (r->rest.p[0] == '\'' || r->rest.p[0] == '"'))
        return read_text(r, r->rest.p[0], &out->text);
    return read_word(r, out);
}

int term_parse(struct arena *a, struct str text, struct term *out, struct err *err)
{
    struct reading r = {.a = a, .rest = text, .line = 1, .err = err};

    return read_term(&r, 0, out);
}

struct term term_at(const struct term *t, size_t i)
{
    return i < t->len ? t->at[i] : (struct term){0};
}
