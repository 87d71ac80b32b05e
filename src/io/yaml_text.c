#include "io/yaml_text.h"

#include "base/mem.h"

#include <libfyaml.h>

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t';
}

/* Between the quotes, if there are any. */
static struct str between(struct str all, struct fy_token *token)
{
    size_t from = fy_token_start_mark(token)->input_pos;
    size_t to = fy_token_end_mark(token)->input_pos;

    return to > all.n || from > to ? (struct str){0}
                                   : (struct str){all.p + from, to - from};
}

static bool is_block(enum fy_scalar_style style)
{
    return style == FYSS_LITERAL || style == FYSS_FOLDED;
}

/* Nothing in it is folded or escaped. */
static bool stands_as_it_is(enum fy_scalar_style style, struct str s)
{
    if (is_block(style))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (is_break(s.p[i]) || s.p[i] == '\\' || s.p[i] == '\'')
            return false;
    return true;
}

/* Goes over line breaks and the blanks about them; how many breaks there were. */
static size_t take_breaks(struct str *s)
{
    size_t breaks = 0, i = 0;

    for (; i < s->n && (is_break(s->p[i]) || is_white(s->p[i])); i++)
        breaks +=
            s->p[i] == '\n' || (s->p[i] == '\r' && !(i + 1 < s->n && s->p[i + 1] == '\n'));
    *s = str_from(*s, i);
    return breaks;
}

/* Section 7.3.2: two quotes are one, lines are folded. The library makes three of four. */
static void put_single(struct str s, struct buf *out)
{
    while (s.n) {
        if (is_break(s.p[0])) {
            size_t breaks = take_breaks(&s);

            while (out->len && is_white(out->at[out->len - 1]))
                out->len--;
            if (breaks == 1)
                buf_char(out, ' ');
            for (; breaks > 1; breaks--)
                buf_char(out, '\n');
        } else {
            buf_char(out, s.p[0]);
            s = str_from(s, str_starts(s, S("''")) ? 2 : 1);
        }
    }
}

/* Section 8.1.1.2: the end of the text is no line break, but the library adds one. */
static void chomp_end(struct str all, struct str s, struct buf *out)
{
    bool at_end = s.p + s.n == all.p + all.n;

    while (s.n && is_white(s.p[s.n - 1]))
        s.n--;
    if (at_end && !(s.n && is_break(s.p[s.n - 1])) && out->len &&
        out->at[out->len - 1] == '\n')
        out->len--;
}

static void put_pieces(struct fy_token *token, struct buf *out)
{
    struct fy_token_iter *iter = fy_token_iter_create(token);
    const struct fy_iter_chunk *piece = NULL;
    int r = 0;

    if (!iter)
        mem_out(0);
    while ((piece = fy_token_iter_chunk_next(iter, piece, &r)))
        buf_add(out, piece->str, piece->len);
    fy_token_iter_destroy(iter);
}

struct str yaml_text(struct str all, struct fy_token *token, struct buf *room)
{
    enum fy_scalar_style style;
    struct str raw;

    if (!token)
        return (struct str){"", 0};
    style = fy_token_scalar_style(token);
    raw = between(all, token);
    if (stands_as_it_is(style, raw))
        return raw;
    room->len = 0;
    if (style == FYSS_SINGLE_QUOTED)
        put_single(raw, room);
    else
        put_pieces(token, room);
    if (is_block(style))
        chomp_end(all, raw, room);
    return buf_view(room);
}

int yaml_block_indent(struct str all, struct fy_token *token)
{
    struct str s = between(all, token);
    int indent = 0;

    if (!is_block(fy_token_scalar_style(token)))
        return -1;
    for (size_t i = 0; i < s.n; i++)
        if (is_break(s.p[i]))
            indent = 0;
        else if (s.p[i] == ' ')
            indent++;
        else
            return indent;
    return -1;
}
