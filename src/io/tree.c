#include "io/tree.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "io/marks.h"
#include "io/toml.h"
#include "io/yaml.h"

#include <string.h>

/* ---- JSON with comments ---- */

/* The end of a string that begins at i; the text's where it does not end. */
static size_t string_end(struct str t, size_t i)
{
    for (i++; i < t.n && t.p[i] != '"'; i++)
        i += t.p[i] == '\\';
    return i + 1 < t.n ? i + 1 : t.n;
}

/* The end of a comment that begins at i; i where none does. */
static size_t comment_end(struct str t, size_t i)
{
    struct str rest = str_from(t, i);
    ptrdiff_t end;

    if (str_starts(rest, S("//")))
        end = str_find(rest, S("\n"));
    else if (str_starts(rest, S("/*")))
        end = str_find(rest, S("*/")) < 0 ? -1 : str_find(rest, S("*/")) + 2;
    else
        return i;
    return end < 0 ? t.n : i + (size_t)end;
}

/* Blanks instead of what JSON does not have; lines and columns stay what they are. */
static void plain_json(struct str t, struct buf *out)
{
    size_t comma = SIZE_MAX; /* the last one, when nothing but blanks came since */

    buf_str(out, t);
    for (size_t i = 0, end; i < t.n; i = end) {
        end = comment_end(t, i);
        for (size_t j = i; j < end; j++)
            if (t.p[j] != '\n')
                out->at[j] = ' ';
        if (end > i)
            continue;
        end = t.p[i] == '"' ? string_end(t, i) : i + 1;
        if ((t.p[i] == ']' || t.p[i] == '}') && comma != SIZE_MAX)
            out->at[comma] = ' ';
        if (t.p[i] == ',')
            comma = i;
        else if (!strchr(" \t\r\n", t.p[i]))
            comma = SIZE_MAX;
    }
}

/* ---- all forms ---- */

/* The first of the documents, a line each, or null. */
static struct str first_line(const struct buf *b)
{
    struct str rest = buf_view(b), line;

    return str_line(&rest, &line) ? line : S("null");
}

static int parse_written(struct json_doc *doc, enum tree_form form, struct str text,
                         struct json *root, struct err *err)
{
    own(arena) a = {0};
    own(buf) json = {0};
    struct marks marks = {.a = &a};
    int r = form == TREE_YAML ? yaml_to_json_marked(text, &json, &marks, err)
                              : toml_to_json(text, &json, &marks, err);

    if (r < 0)
        return r;
    return json_parse_marked(doc, form == TREE_YAML ? first_line(&json) : buf_view(&json),
                             &marks, root, err);
}

int tree_parse(struct json_doc *doc, enum tree_form form, struct str text,
               struct json *root, struct err *err)
{
    own(buf) plain = {0};

    switch (form) {
    case TREE_JSON:
        return json_parse_lines(doc, text, root, err);
    case TREE_JSONC:
        plain_json(text, &plain);
        return json_parse_lines(doc, buf_view(&plain), root, err);
    case TREE_YAML:
    case TREE_TOML:
        break;
    }
    return parse_written(doc, form, text, root, err);
}
