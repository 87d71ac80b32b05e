/* The licence of a package that another file tells than the one that tells the package:
 * usr/share/doc/NAME/copyright of Debian's, info/NAME.control of opkg's. */
#include "base/map.h"
#include "scan/settle.h"

static void learn(struct arena *a, struct map *known, const struct view *view)
{
    for (size_t i = 0; i < view->owned.len; i++) {
        struct owned *o = &view->owned.at[i];

        if (o->licence.n)
            *map_at(a, known, o->name.n ? o->name : o->at) = o;
    }
    for (size_t i = 0; i < view->in_links.len; i++) {
        const struct folder_link *link = &view->in_links.at[i];
        struct owned *o = map_get(known, link->real);

        if (o)
            *map_at(a, known, link->path) = o;
    }
}

void settle_licences(struct arena *a, struct package_list *packages,
                     const struct view *view)
{
    struct map known = {0};

    learn(a, &known, view);
    for (size_t i = 0; known.len && i < packages->len; i++) {
        struct package *p = &packages->at[i];
        const struct owned *o = NULL;

        if (p->licence.n)
            continue;
        if (str_equal(p->type, S("deb")))
            o = map_get(&known, str_printf(a, "usr/share/doc/" STR_FMT "/copyright",
                                           STR_ARG(p->name)));
        else if (str_equal(p->type, S("opkg")))
            o = map_get(&known, p->name);
        if (o)
            p->licence = o->licence;
    }
}
