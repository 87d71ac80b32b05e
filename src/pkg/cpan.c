/* metacpan.org/pod/CPAN::DistnameInfo; that module is the reference. */
#include "pkg/cpan.h"

/* "0.31", "v2.3.1"; not "perl", "vars" */
static bool is_version(struct str s)
{
    if (str_starts(s, S("v")))
        s = str_from(s, 1);
    return s.n && s.p[0] >= '0' && s.p[0] <= '9';
}

/* Behind the last dash with a digit behind it. */
bool cpan_dist(struct str dist, struct str *name, struct str *version)
{
    for (size_t i = dist.n; i-- > 1;) {
        if (dist.p[i] != '-' || !is_version(str_from(dist, i + 1)))
            continue;
        *name = (struct str){dist.p, i};
        if (i > 3 && str_ends(*name, S(".pm"))) /* "CGI.pm-3.65" */
            name->n -= 3;
        *version = str_from(dist, i + 1);
        return true;
    }
    *name = dist;
    *version = (struct str){0};
    return false;
}
