#ifndef TAR_LIST_H
#define TAR_LIST_H

/* What is in an archive as text, a line an entry. */
#include "base/buf.h"
#include "base/err.h"
#include "io/digest.h"
#include "io/stream.h"
#include "io/tar.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { BLOCK = 512, DIGESTED = 64 << 20 }; /* content of larger files is not compared */

static inline void line(struct buf *out, char type, const char *path, size_t n,
                        const char *link, size_t link_n, uint64_t size, unsigned mode)
{
    buf_printf(out, "%c %.*s", type, (int)n, path);
    if (link_n)
        buf_printf(out, " -> %.*s", (int)link_n, link);
    buf_printf(out, " %" PRIu64 " %o", size, mode);
}

static inline int our_content(struct tar *tar, const struct tar_entry *e, struct buf *out,
                              struct err *err)
{
    char text[DIGEST_TEXT];
    struct digest d;
    struct str run;
    uint64_t n = 0;
    int r;

    digest_start(&d, "sha256");
    while ((r = tar_data(tar, &run, err)) > 0) {
        digest_add(&d, run);
        n += run.n;
    }
    digest_finish(&d, text);
    if (r == 0 && n != e->size)
        fail_msg("%" PRIu64 " bytes of content, not %" PRIu64, n, e->size);
    buf_printf(out, " %.20s", text + 7);
    return r;
}

/* The last line is the error, if there is one. */
static inline int our_list(struct stream *from, const struct budget *budget,
                           struct buf *out)
{
    own_stream plain = stream_unpack(from, budget);
    own_tar tar = tar_open(plain, budget);
    struct tar_entry e;
    struct err err = {0};
    int r;

    while ((r = tar_next(tar, &e, &err)) > 0) {
        line(out, "fdlh?"[e.type], e.path.p, e.path.n, e.link.p, e.link.n, e.size,
             (unsigned)e.mode);
        if (e.type == TAR_FILE && e.size <= DIGESTED)
            r = our_content(tar, &e, out, &err);
        buf_char(out, '\n');
        if (r < 0)
            break;
    }
    if (r < 0)
        buf_printf(out, "%s\n", err.text);
    return r;
}

#endif
