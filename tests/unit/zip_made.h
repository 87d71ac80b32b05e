/* Zips made by hand, to be taken apart: what each header says can be chosen. */
#ifndef TESTS_ZIP_MADE_H
#define TESTS_ZIP_MADE_H

#include "base/buf.h"

#include <zlib.h>

struct made {
    const char *name, *local; /* name in its own header; NULL: the same */
    struct str content;
    bool deflated, encrypted;
    uint32_t at; /* where the directory says it is; 0: where it is */
    uint32_t crc_error;
};

static inline void put_word(struct buf *b, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++, v >>= 8)
        buf_char(b, (char)(v & 0xff));
}

static inline struct str packed_of(const struct made *m, char room[8192])
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)m->content.p,
                  .avail_in = (unsigned)m->content.n,
                  .next_out = (unsigned char *)room,
                  .avail_out = 8192};

    if (!m->deflated)
        return m->content;
    deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return (struct str){room, 8192 - z.avail_out};
}

/* Version, flags, method, time, CRC, sizes: the same in both headers. */
static inline void put_common(struct buf *b, const struct made *m, size_t packed)
{
    put_word(b, 20, 2);
    put_word(b, m->encrypted, 2);
    put_word(b, m->deflated ? 8 : 0, 2);
    put_word(b, 0, 4);
    put_word(b,
             crc32(0, (const unsigned char *)m->content.p, (unsigned)m->content.n) +
                 m->crc_error,
             4);
    put_word(b, packed, 4);
    put_word(b, m->content.n, 4);
}

static inline void make_zip(struct buf *out, const struct made *m, size_t n,
                            struct str comment)
{
    char room[8192];
    size_t start = out->len, at[64];
    size_t directory;

    for (size_t i = 0; i < n; i++) {
        struct str packed = packed_of(&m[i], room);
        struct str name = str_of(m[i].local ? m[i].local : m[i].name);

        at[i] = out->len - start;
        buf_str(out, S("PK\3\4"));
        put_common(out, &m[i], packed.n);
        put_word(out, name.n, 2);
        put_word(out, 0, 2);
        buf_str(out, name);
        buf_str(out, packed);
    }
    directory = out->len - start;
    for (size_t i = 0; i < n; i++) {
        buf_str(out, S("PK\1\2"));
        put_word(out, 20, 2);
        put_common(out, &m[i], packed_of(&m[i], room).n);
        put_word(out, str_of(m[i].name).n, 2);
        put_word(out, 0, 12);
        put_word(out, m[i].at ? m[i].at : at[i], 4);
        buf_str(out, str_of(m[i].name));
    }
    buf_str(out, S("PK\5\6"));
    put_word(out, 0, 4);
    put_word(out, n, 2);
    put_word(out, n, 2);
    put_word(out, out->len - start - directory - 4 - 4 - 4, 4);
    put_word(out, directory, 4);
    put_word(out, comment.n, 2);
    buf_str(out, comment);
}

#endif
