#include "base/pack.h"

void pack_u64(struct buf *b, uint64_t v)
{
    while (v >= 0x80) {
        buf_char(b, (char)(v | 0x80));
        v >>= 7;
    }
    buf_char(b, (char)v);
}

void pack_str(struct buf *b, struct str s)
{
    pack_u64(b, s.n);
    buf_str(b, s);
}

struct unpack unpack_of(struct str bytes)
{
    return (struct unpack){.at = bytes.p, .end = bytes.p + bytes.n};
}

static uint64_t fail(struct unpack *u)
{
    u->bad = true;
    u->at = u->end;
    return 0;
}

uint64_t unpack_u64(struct unpack *u)
{
    uint64_t v = 0;

    for (unsigned shift = 0; shift < 64 && u->at < u->end; shift += 7) {
        unsigned char byte = (unsigned char)*u->at++;

        if (shift == 63 && byte > 1)
            break;
        v |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return v;
    }
    return fail(u);
}

struct str unpack_str(struct unpack *u)
{
    uint64_t n = unpack_u64(u);
    struct str s;

    if (n > (uint64_t)(u->end - u->at)) {
        fail(u);
        return (struct str){0};
    }
    s = (struct str){u->at, n};
    u->at += n;
    return s;
}

size_t unpack_count(struct unpack *u, size_t item_min)
{
    uint64_t n = unpack_u64(u);

    if (n > (uint64_t)(u->end - u->at) / (item_min ? item_min : 1))
        return fail(u);
    return n;
}

bool unpack_end(const struct unpack *u)
{
    return u->bad || u->at == u->end;
}
