/* Why a package stands in a requirements.txt, as pip-compile and uv note it:
 *     click==8.1.7          # via flask, -r requirements.in
 * or
 *     click==8.1.7
 *         # via
 *         #   flask
 *         #   shop (pyproject.toml)
 * https://pip-tools.readthedocs.io */
#include "model/graph.h"
#include "pkg/requirements.h"

struct requirements_why {
    size_t package;
    struct str who; /* its key; empty: the project */
};

static void add(struct requirements *r, struct str who)
{
    struct arena *a = r->in->a;
    struct requirement one;

    who = str_trim(who);
    if (!who.n || str_starts(who, S("-c ")))
        return;                        /* a constraint brings nothing */
    if (!requirement_parse(who, &one)) /* "-r requirements.in", "shop (pyproject.toml)" */
        one.name = (struct str){0};
    *arena_push(a, &r->why) =
        (struct requirements_why){r->in->packages.len - 1, pypi_key(a, one.name)};
}

void requirements_comment(struct requirements *r, struct str comment)
{
    struct str one;

    if (!r->open)
        return;
    if (str_equal(comment, S("via")) || str_starts(comment, S("via "))) {
        r->via = true;
        comment = str_trim(str_from(comment, 3));
    }
    while (r->via && comment.n) {
        str_cut(comment, ',', &one, &comment);
        add(r, one);
    }
}

/* A name that is no package of the file is the project's. */
void requirements_graph(struct requirements *r)
{
    struct package_list *all = &r->in->packages;
    struct arena *a = r->in->a;
    struct buf *needs =
        arena_alloc(a, (all->len + 1) * sizeof *needs, _Alignof(struct buf));
    struct map keys = {0};

    for (size_t i = 0; i < all->len; i++)
        *map_at(a, &keys, all->at[i].key) = (void *)(uintptr_t)(i + 1);
    for (size_t i = 0; i < r->why.len; i++) {
        struct package *p = &all->at[r->why.at[i].package];
        size_t who = (size_t)(uintptr_t)map_get(&keys, r->why.at[i].who);

        if (who)
            needs_add(&needs[who - 1], p->key);
        else
            p->direct = true;
    }
    for (size_t i = 0; i < all->len; i++) {
        all->at[i].needs = buf_keep(a, &needs[i]);
        buf_done(&needs[i]);
    }
}
