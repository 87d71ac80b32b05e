/* gzip (RFC 1952), by ISA-L where there is code for the machine and by zlib
 * elsewhere. Both check CRC-32 and length of each member. */
#include "io/unpack.h"

#include "base/err.h"

#include <stdlib.h>

#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>
typedef struct inflate_state inflater;
#else
#include <zlib.h>
typedef z_stream inflater;
#endif

struct gzip {
    struct unpacker base;
    inflater state;
};

#ifdef HAVE_ISAL

static void begin(inflater *s)
{
    isal_inflate_init(s);
    s->crc_flag = ISAL_GZIP;
}

static void begin_again(inflater *s)
{
    isal_inflate_reset(s);
    s->crc_flag = ISAL_GZIP; /* the reset takes it away */
}

/* "OK" says nothing about the end: truncated input is OK too. */
static int run(inflater *s, bool *ended, struct err *err)
{
    int r = isal_inflate(s);

    *ended = s->block_state == ISAL_BLOCK_FINISH;
    switch (r) {
    case ISAL_DECOMP_OK:
    case ISAL_END_INPUT:
        return 0;
    case ISAL_INVALID_WRAPPER:
    case ISAL_UNSUPPORTED_METHOD:
        return err_set(err, ERR_FORMAT, "bad member header");
    case ISAL_INCORRECT_CHECKSUM:
        return err_set(err, ERR_FORMAT, "checksum or length is wrong");
    default:
        return err_set(err, ERR_FORMAT, "corrupt data");
    }
}

static void end(inflater *s)
{
    (void)s;
}

#else

static void begin(inflater *s)
{
    if (inflateInit2(s, 16 + MAX_WBITS) != Z_OK)
        abort(); /* out of memory */
}

static void begin_again(inflater *s)
{
    inflateReset(s);
}

static int run(inflater *s, bool *ended, struct err *err)
{
    int r = inflate(s, Z_NO_FLUSH);

    *ended = r == Z_STREAM_END;
    if (r == Z_OK || r == Z_STREAM_END || r == Z_BUF_ERROR)
        return 0;
    return err_set(err, ERR_FORMAT, "%s", s->msg ? s->msg : "corrupt data");
}

static void end(inflater *s)
{
    inflateEnd(s);
}

#endif

static int step(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err)
{
    struct gzip *g = (struct gzip *)u;
    int r;

    (void)last;
    if (u->whole) {
        r = unpack_behind(u, in, '\x1f', err);
        if (r <= 0)
            return r;
        begin_again(&g->state);
    }
    g->state.next_in = (unsigned char *)in->p;
    g->state.avail_in = (unsigned)in->n;
    g->state.next_out = (unsigned char *)out;
    g->state.avail_out = (unsigned)room;
    r = run(&g->state, &u->whole, err);
    *in = str_from(*in, in->n - g->state.avail_in);
    *made = room - g->state.avail_out;
    return r;
}

static void finish(struct unpacker *u)
{
    end(&((struct gzip *)u)->state);
    free(u);
}

struct unpacker *unpack_gzip(const struct budget *budget)
{
    struct gzip *g = stream_alloc(sizeof *g);

    (void)budget;
    g->base = (struct unpacker){.step = step, .close = finish};
    begin(&g->state);
    return &g->base;
}
