/* The same bytes as each of the files that tell a distribution; nothing of it may
 * break a terminal. */
#include "fuzz.h"
#include "model/distro.h"

FUZZ(512)
{
    for (size_t i = 0; distro_paths[i]; i++) {
        struct distro_file file = {str_of(distro_paths[i]), in};
        struct distro d;

        if (!distro_detect(a, &file, 1, &d))
            continue;
        must(d.id.n);
        for (size_t j = 0; j < d.title.n; j++)
            must((unsigned char)d.title.p[j] >= ' ' && d.title.p[j] != 0x7f);
    }
}
