/* rpm databases of any bytes. The first byte says which kind: 0 Berkeley DB, 1
 * NDB, 2 SQLite, 3 SQLite with a log (behind 4 bytes, the length of the database),
 * 4 one header. Seeds: tests/tools/rpmdb.py --seeds build/corpus/rpm */
#include "base/err.h"
#include "base/own.h"
#include "model/files.h"
#include "pkg/pkg.h"
#include "pkg/rpm.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const paths[] = {"Packages", "Packages.db", "rpmdb.sqlite",
                                    "rpmdb.sqlite"};

/* What it found must be whole: files unpack, every package has name and version. */
static void look(const struct read *in)
{
    for (size_t i = 0; i < in->packages.len; i++) {
        const struct package *p = &in->packages.at[i];
        own(files_read) r = files_of(p->files);
        struct package_file f;

        if (!p->name.n || !p->version.n)
            abort();
        while (files_next(&r, &f))
            if (memchr(f.path.p, 0, f.path.n))
                abort();
        if (r.in.bad)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    own(arena) a = {0};
    struct read in = {.a = &a};
    struct err err = {0};
    int r;

    if (size == 0 || data[0] > 4)
        return 0;
    in.bytes = (struct str){(const char *)data + 1, size - 1};
    if (data[0] == 3 && in.bytes.n >= 4) {
        const unsigned char *n = data + 1;
        size_t len = (size_t)(n[0] | n[1] << 8 | n[2] << 16);

        in.beside = str_from(in.bytes, 4 + len);
        in.bytes = str_from(in.bytes, 4);
        in.bytes.n -= in.beside.n;
    }
    if (data[0] == 4) {
        struct rpm_db db = {.in = &in, .headers_left = size, .files_left = 16 * size};

        r = rpm_header(&db, 1, in.bytes, &err);
    } else {
        in.path = str_of(paths[data[0]]);
        r = pkg_rpm.read(&in, &err);
    }
    if ((r < 0) != (err.code < 0))
        abort();
    look(&in);
    return 0;
}
