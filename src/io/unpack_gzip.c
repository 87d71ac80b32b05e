/* gzip (RFC 1952), members one after another. ISA-L, twice as fast as zlib, on
 * the machines it has code for. It says "fine" to input that breaks off, so the
 * end is believed only in its finished state. */
#include "io/unpack.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>

struct gzip {
    struct inflate_state inflate;
    bool in_member;
};

static void begin(struct gzip *g)
{
    isal_inflate_reset(&g->inflate);
    g->inflate.crc_flag = ISAL_GZIP;
    g->in_member = true;
}

static void *gzip_start(const struct budget *budget)
{
    struct gzip *g = calloc(1, sizeof *g);

    (void)budget;
    if (!g)
        return NULL;
    isal_inflate_init(&g->inflate);
    begin(g);
    return g;
}

/* One call of the library: 1 going on, 0 the member has ended, negative. */
static int inflate_some(struct gzip *g, struct unpacker *u, size_t *n, struct err *err)
{
    uint32_t take = u->in.n < 1u << 30 ? (uint32_t)u->in.n : 1u << 30;
    int r;

    g->inflate.next_in = (uint8_t *)u->in.p;
    g->inflate.avail_in = take;
    g->inflate.next_out = (uint8_t *)u->out;
    g->inflate.avail_out = UNPACK_RUN;
    r = isal_inflate(&g->inflate);
    *n = UNPACK_RUN - g->inflate.avail_out;
    u->in = str_from(u->in, take - g->inflate.avail_in);
    if (r == ISAL_INCORRECT_CHECKSUM)
        return err_set(err, ERR_FORMAT, "checksum is wrong");
    if (r != ISAL_DECOMP_OK && r != ISAL_END_INPUT)
        return err_set(err, ERR_FORMAT, "corrupt after %" PRIu64 " bytes", u->unpacked);
    return g->inflate.block_state != ISAL_BLOCK_FINISH;
}

static void gzip_stop(void *state)
{
    free(state);
}

#else
#include <zlib.h>

struct gzip {
    z_stream inflate;
    bool in_member;
};

static void begin(struct gzip *g)
{
    inflateReset(&g->inflate);
    g->in_member = true;
}

static void *gzip_start(const struct budget *budget)
{
    struct gzip *g = calloc(1, sizeof *g);

    (void)budget;
    if (!g || inflateInit2(&g->inflate, 15 + 16) != Z_OK) {
        free(g);
        return NULL;
    }
    g->in_member = true;
    return g;
}

static int inflate_some(struct gzip *g, struct unpacker *u, size_t *n, struct err *err)
{
    unsigned take = u->in.n < 1u << 30 ? (unsigned)u->in.n : 1u << 30;
    int r;

    g->inflate.next_in = (unsigned char *)u->in.p;
    g->inflate.avail_in = take;
    g->inflate.next_out = (unsigned char *)u->out;
    g->inflate.avail_out = UNPACK_RUN;
    r = inflate(&g->inflate, Z_NO_FLUSH);
    *n = UNPACK_RUN - g->inflate.avail_out;
    u->in = str_from(u->in, take - g->inflate.avail_in);
    if (r == Z_DATA_ERROR && g->inflate.msg && strstr(g->inflate.msg, "check"))
        return err_set(err, ERR_FORMAT, "checksum is wrong");
    if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
        return err_set(err, ERR_FORMAT, "corrupt after %" PRIu64 " bytes", u->unpacked);
    return r != Z_STREAM_END;
}

static void gzip_stop(void *state)
{
    inflateEnd(&((struct gzip *)state)->inflate);
    free(state);
}
#endif

static int gzip_step(struct unpacker *u, bool last, size_t *n, struct err *err)
{
    struct gzip *g = u->state;
    size_t before = u->in.n;
    int r;

    if (!g->in_member) {
        if (u->in.n == 0)
            return last ? 0 : 1;
        if (unpack_zeros(u))
            return 1;
        if ((unsigned char)u->in.p[0] != 0x1f)
            return err_set(err, ERR_FORMAT, "something else follows its end");
        begin(g);
    }
    r = inflate_some(g, u, n, err);
    if (r < 0)
        return r;
    if (r == 0)
        g->in_member = false;
    else if (last && *n == 0 && before == 0)
        return err_set(err, ERR_FORMAT, "ends early");
    return 1;
}

const struct decoder decoder_gzip = {gzip_start, gzip_step, gzip_stop};
