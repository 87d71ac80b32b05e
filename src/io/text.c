#include "io/text.h"

#include "base/own.h"

#include <stdio.h>
#include <string.h>

/* The code point at s, its bytes in *n; -1 and one byte when it is not UTF-8. */
static long decode(struct str s, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t len = p[0] < 0x80   ? 1
                 : p[0] < 0xc2 ? 0
                 : p[0] < 0xe0 ? 2
                 : p[0] < 0xf0 ? 3
                 : p[0] < 0xf5 ? 4
                               : 0;
    long c;

    *n = 1;
    if (len == 1)
        return p[0];
    if (!len || len > s.n)
        return -1;
    c = p[0] & (0xff >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (p[i] & 0x3f);
    }
    if ((len == 3 && c < 0x800) || (len == 4 && (c < 0x10000 || c > 0x10ffff)) ||
        (c >= 0xd800 && c <= 0xdfff))
        return -1;
    *n = len;
    return c;
}

/* Shows nothing, or makes what follows show elsewhere. */
static bool is_hidden(long c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb) ||
           c >= 0xe0000;
}

/* Most East Asian characters and emoji take two columns. */
static unsigned columns(long c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
                   (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
                   (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
                   (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd)
               ? 2
               : 1;
}

/* One character as it is to be shown. */
static unsigned show(struct str s, char shown[16], size_t *used)
{
    long c = decode(s, used);

    if (c < 0)
        return (unsigned)snprintf(shown, 16, "\\x%02x", (unsigned char)s.p[0]);
    if (is_hidden(c))
        return (unsigned)snprintf(shown, 16, c < 0x100 ? "\\x%02lx" : "\\u{%lx}", c);
    memcpy(shown, s.p, *used);
    shown[*used] = '\0';
    return columns(c);
}

unsigned text_put(struct buf *out, struct str s, unsigned most)
{
    unsigned at = 0, cut_at = 0;
    size_t cut = out->len;

    while (s.n) {
        char shown[16];
        size_t used;
        unsigned wide = show(s, shown, &used);

        if (most && at + wide > most) {
            out->len = cut;
            buf_str(out, S("…"));
            return cut_at + 1;
        }
        buf_str(out, str_of(shown));
        at += wide;
        if (!most || at + 1 <= most) {
            cut = out->len;
            cut_at = at;
        }
        s = str_from(s, used);
    }
    return at;
}

unsigned text_width(struct str s)
{
    own(buf) b = {0};

    return text_put(&b, s, 0);
}

void text_pad(struct buf *out, unsigned used, unsigned width)
{
    for (; used < width; used++)
        buf_char(out, ' ');
}
