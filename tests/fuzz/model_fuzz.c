/* Package URLs, CVSS vectors and the files of distributions: the first byte says
 * which. Seeds: lines of tests/data/purl.data and cvss.data behind a 0 or 1, files
 * of tests/data/distro behind a 2. */
#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "model/cvss.h"
#include "model/distro.h"
#include "model/purl.h"

#include <stdlib.h>

/* What we write we read, and write alike. */
static void purl(struct str text)
{
    own(arena) a = {0};
    struct err err = {0};
    struct purl p;
    struct str once;

    if (purl_parse(&a, text, &p, &err) < 0)
        return;
    once = purl_write(&a, &p);
    if (purl_parse(&a, once, &p, &err) < 0 || !str_equal(once, purl_write(&a, &p)))
        abort();
}

static void cvss(struct str text)
{
    struct err err = {0};
    struct cvss c;

    if (cvss_score(text, &c, &err) == 0 && (c.score < 0 || c.score > 100))
        abort();
}

/* The same bytes as each of the files; nothing of it may break a terminal. */
static void distro(struct str text)
{
    own(arena) a = {0};

    for (size_t i = 0; distro_paths[i]; i++) {
        struct distro_file file = {str_of(distro_paths[i]), text};
        struct distro d;

        if (!distro_detect(&a, &file, 1, &d))
            continue;
        for (size_t j = 0; j < d.title.n; j++)
            if ((unsigned char)d.title.p[j] < ' ')
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const targets[])(struct str) = {purl, cvss, distro};

    if (size)
        targets[data[0] % 3]((struct str){(const char *)data + 1, size - 1});
    return 0;
}
