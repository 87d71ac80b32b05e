#include "image/manifest.h"

enum { NAMES = 2000, NAME = 200 }; /* bytes */

void offered_add(struct offered *o, struct str name)
{
    void **seen;

    if (!name.n || o->text.len >= NAMES)
        return;
    seen = map_at(o->a, &o->seen, name);
    if (*seen)
        return;
    *seen = o;
    if (o->text.len)
        buf_str(&o->text, S(", "));
    if (name.n <= NAME && o->text.len + name.n < NAMES) {
        buf_str(&o->text, name);
        return;
    }
    buf_str(&o->text, (struct str){name.p, name.n < NAME ? name.n : NAME});
    buf_str(&o->text, S("..."));
}

struct str offered_text(struct offered *o)
{
    return buf_give(o->a, &o->text);
}
