#include "io/marks.h"

void marks_add(struct marks *m, size_t at, uint64_t line)
{
    struct mark *last = m && m->len ? &m->at[m->len - 1] : NULL;

    if (last && last->at == at)
        last->line = line;
    else if (m)
        *arena_push(m->a, m) = (struct mark){at, line};
}

void marks_cut(struct marks *m, size_t at)
{
    while (m && m->len && m->at[m->len - 1].at >= at)
        m->len--;
}
