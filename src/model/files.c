#include "model/files.h"

#include "base/own.h"

#include <string.h>

enum { CONFIG = 1, AS_BYTES = 2, ALGORITHM = 2 /* bits below it */ };

/* By number, which stays. */
static const struct str algorithms[] = {
    {0}, S("md5"), S("sha1"), S("sha224"), S("sha256"), S("sha384"), S("sha512"),
};
enum { ALGORITHMS = sizeof algorithms / sizeof *algorithms };

static unsigned number_of(struct str algorithm)
{
    for (unsigned i = 1; i < ALGORITHMS; i++)
        if (str_equal(algorithm, algorithms[i]))
            return i;
    return 0;
}

/* ---- digests ---- */

/* Of a digit one more than its value, so that what is no digit is 0. */
static const unsigned char hex_value[256] = {['0'] = 1, 2,  3,          4,  5,  6,  7,  8,
                                             9,         10, ['a'] = 11, 12, 13, 14, 15, 16};

/* False when it is not what to_hex would write. */
static bool to_bytes(struct str hex, char *out)
{
    bool all = true;

    for (size_t i = 0; i + 1 < hex.n; i += 2) {
        unsigned high = hex_value[(unsigned char)hex.p[i]];
        unsigned low = hex_value[(unsigned char)hex.p[i + 1]];

        all = all && high && low;
        *out++ = (char)((high - 1) << 4 | (low - 1));
    }
    return all;
}

static void to_hex(struct str bytes, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < bytes.n; i++) {
        *out++ = digits[(unsigned char)bytes.p[i] >> 4];
        *out++ = digits[bytes.p[i] & 15];
    }
}

/* ---- packing ---- */

static size_t shared(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    uint64_t x, y;

    for (; i + sizeof x <= n; i += sizeof x) {
        memcpy(&x, a.p + i, sizeof x);
        memcpy(&y, b.p + i, sizeof y);
        if (x != y)
            break;
    }
    while (i < n && a.p[i] == b.p[i])
        i++;
    return i;
}

static void add_hash(struct buf *b, uint64_t hash)
{
    for (int i = 0; i < FILES_HASH; i++, hash >>= 8)
        buf_char(b, (char)(hash & 0xff));
}

void files_add(struct files *f, const struct package_file *file)
{
    char bytes[sizeof((struct files_read *)0)->digest / 2];
    unsigned algorithm = number_of(file->algorithm);
    size_t same = shared(buf_view(&f->last), file->path);
    bool packs = file->digest.n % 2 == 0 && file->digest.n / 2 <= sizeof bytes &&
                 to_bytes(file->digest, bytes);

    pack_u64(&f->packed,
             (file->config ? CONFIG : 0) | (packs ? AS_BYTES : 0) | algorithm << ALGORITHM);
    pack_u64(&f->packed, same);
    pack_str(&f->packed, str_from(file->path, same));
    if (algorithm)
        pack_str(&f->packed,
                 packs ? (struct str){bytes, file->digest.n / 2} : file->digest);
    f->last.len = same;
    buf_str(&f->last, str_from(file->path, same));
    if (!f->unhashed)
        add_hash(&f->hashes, files_hash(file->path));
}

struct str files_keep(struct arena *a, struct files *f)
{
    own(buf) all = {0};

    if (f->packed.len) {
        pack_u64(&all, f->hashes.len / FILES_HASH);
        buf_str(&all, buf_view(&f->hashes));
        buf_str(&all, buf_view(&f->packed));
    }
    f->packed.len = f->hashes.len = f->last.len = 0;
    return buf_keep(a, &all);
}

void files_done(struct files *f)
{
    buf_done(&f->packed);
    buf_done(&f->last);
    buf_done(&f->hashes);
}

/* ---- reading ---- */

/* Passes over the hashes, and says where they are. */
static struct str take_hashes(struct unpack *in)
{
    size_t n = unpack_end(in) ? 0 : unpack_count(in, FILES_HASH) * FILES_HASH;
    struct str hashes = {in->at, in->bad ? 0 : n};

    in->at += hashes.n;
    return hashes;
}

struct str files_hashes(struct str packed)
{
    struct unpack in = unpack_of(packed);

    return take_hashes(&in);
}

struct files_read files_of(struct str packed)
{
    struct files_read r = {.in = unpack_of(packed)};

    take_hashes(&r.in);
    return r;
}

static struct str read_digest(struct files_read *r, bool as_bytes)
{
    struct str digest = unpack_str(&r->in);

    if (!as_bytes)
        return digest;
    if (digest.n > sizeof r->digest / 2) {
        r->in.bad = true;
        return (struct str){0};
    }
    to_hex(digest, r->digest);
    return (struct str){r->digest, digest.n * 2};
}

bool files_next(struct files_read *r, struct package_file *file)
{
    uint64_t flags, algorithm, same;

    if (unpack_end(&r->in))
        return false;
    flags = unpack_u64(&r->in);
    algorithm = flags >> ALGORITHM;
    same = unpack_u64(&r->in);
    if (algorithm >= ALGORITHMS || same > r->path.len)
        r->in.bad = true;
    else
        r->path.len = same;
    buf_str(&r->path, unpack_str(&r->in));
    *file = (struct package_file){.path = buf_view(&r->path), .config = flags & CONFIG};
    if (algorithm && !r->in.bad) {
        file->algorithm = algorithms[algorithm];
        file->digest = read_digest(r, flags & AS_BYTES);
    }
    return !r->in.bad;
}

void files_read_done(struct files_read *r)
{
    buf_done(&r->path);
}
