#include "pkg/paragraph.h"

#include <strings.h>

/* A line of nothing but blanks ends a paragraph like an empty one. */
static bool is_continued(struct str rest)
{
    struct str line;

    if (!rest.n || (rest.p[0] != ' ' && rest.p[0] != '\t'))
        return false;
    str_cut(rest, '\n', &line, &rest);
    return str_trim(line).n > 0;
}

static struct str take_line(struct paragraphs *p)
{
    struct str line = {0};

    str_line(&p->rest, &line);
    p->line++;
    if (str_ends(line, S("\r")))
        line.n--;
    return line;
}

static bool is_blank(struct str line)
{
    return str_trim(line).n == 0;
}

int paragraph_next(struct paragraphs *p, struct field *field)
{
    struct str line;

    *field = (struct field){0};
    if (p->rest.n == 0)
        return 0;
    line = take_line(p);
    field->line = p->line;
    if (is_blank(line))
        return 2;
    field->name = line;
    if (is_continued(line) || !str_cut(line, ':', &field->name, &field->value))
        return -1;
    field->value = str_trim(field->value);
    field->more.p = p->rest.p;
    while (is_continued(p->rest)) {
        struct str more = take_line(p);

        field->more.n = (size_t)(more.p + more.n - field->more.p);
    }
    return 1;
}

struct str field_whole(const struct field *f)
{
    if (!f->more.n)
        return f->value;
    if (!f->value.n) /* an empty one has no place */
        return f->more;
    return (struct str){f->value.p, (size_t)(f->more.p + f->more.n - f->value.p)};
}

bool field_is(const struct field *f, struct str name)
{
    return f->name.n == name.n && strncasecmp(f->name.p, name.p, name.n) == 0;
}
