#include "pkg/loose.h"

void loose_add(struct loose *l, struct str what)
{
    if (!l->n++)
        l->first = what;
}

void loose_note(struct read *in, const struct loose *l)
{
    if (l->n)
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "%zu without an exact version, not judged: \"%.*s\"%s", l->n,
                 (int)(l->first.n < 80 ? l->first.n : 80), str_chars(l->first),
                 l->n > 1 ? ", ..." : "");
}
