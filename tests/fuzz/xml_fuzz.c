/* A tree that can be walked, with lines that are there. */
#include "fuzz.h"
#include "io/xml.h"

static void walk(const struct xml *x, uint64_t line)
{
    for (; x; x = x->next) {
        must(x->name.n && x->line >= line);
        line = x->line;
        walk(x->sub, line);
    }
}

FUZZ(2048)
{
    struct err err = {0};
    struct xml *root;
    int r = xml_parse(a, in, &root, &err);

    must_tell(r, err);
    if (r == 0)
        walk(root, 1);
}
