/* Version schemes: each is a total order on any bytes. The first byte says which
 * scheme; three versions follow, a line each; the last one is asked for as a range, too. */
#include "fuzz.h"
#include "version/version.h"

static int sign(int r)
{
    return (r > 0) - (r < 0);
}

/* What is no version is in no range. */
static void ranges(const struct version_scheme *s, const struct str v[3])
{
    for (int i = 0; i < 3; i++) {
        int in = version_in_range(s, v[2], v[i]);

        must(in >= -1 && in <= 1);
        must(s->valid(v[i]) || in == -1);
    }
}

FUZZ(192)
{
    const struct version_scheme *s;
    unsigned which = fuzz_byte(&in);
    size_t n = 0;
    struct str v[3];
    int ab, bc, ac;

    while (version_schemes[n])
        n++;
    s = version_schemes[which % n];
    str_cut(in, '\n', &v[0], &in);
    str_cut(in, '\n', &v[1], &v[2]);
    for (int i = 0; i < 3; i++) {
        must(s->compare(v[i], v[i]) == 0);
        must(!s->valid(v[i]) || (v[i].n && !memchr(v[i].p, 0, v[i].n)));
        must(version_in_range(s, v[i], v[2]) <= 1);
    }
    ab = sign(s->compare(v[0], v[1]));
    bc = sign(s->compare(v[1], v[2]));
    ac = sign(s->compare(v[0], v[2]));
    must(ab == -sign(s->compare(v[1], v[0])));
    must(bc == -sign(s->compare(v[2], v[1])));
    must(ac == -sign(s->compare(v[2], v[0])));
    if (ab <= 0 && bc <= 0)
        must(ac == (ab < bc ? ab : bc));
    if (ab >= 0 && bc >= 0)
        must(ac == (ab > bc ? ab : bc));
    ranges(s, v);
}
