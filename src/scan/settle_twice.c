/* One package that several files tell of: perllocal.pod, install.json and MYMETA.json of
 * one Perl distribution, Chart.yaml and Chart.lock of one chart. They have realm, key, name
 * and version in common, and each may know what the others do not. */
#include "base/map.h"
#include "base/own.h"
#include "base/pack.h"
#include "scan/settle.h"

static struct str key_of(struct buf *b, const struct package *p)
{
    const struct str parts[] = {p->type,    p->group, p->name,
                                p->version, p->arch,  package_key(p)};

    b->len = 0;
    pack_u64(b, p->declared);
    pack_str(b, p->realm);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pack_str(b, parts[i]);
    return buf_view(b);
}

static void fill(struct str *empty, struct str with)
{
    if (!empty->n)
        *empty = with;
}

static void join(struct package *p, const struct package *again)
{
    fill(&p->licence, again->licence);
    fill(&p->needs, again->needs);
    fill(&p->provides, again->provides);
    fill(&p->files, again->files);
    p->direct |= again->direct;
}

void settle_twice(struct arena *a, struct package_list *packages)
{
    own(buf) key = {0};
    struct map seen = {0};
    size_t kept = 0;

    for (size_t i = 0; i < packages->len; i++) {
        struct package p = packages->at[i];

        if (p.realm.n && !package_of_distro(&p)) {
            void **at = map_at_copy(a, &seen, key_of(&key, &p));

            if (*at) {
                join(*at, &p);
                continue;
            }
            *at = &packages->at[kept];
        }
        packages->at[kept++] = p;
    }
    packages->len = kept;
}
