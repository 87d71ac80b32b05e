/* gzip (RFC 1952), by ISA-L where there is code for the machine and by zlib
 * elsewhere. Both check CRC-32 and length of each member. */
#include "io/unpack.h"

#include "base/err.h"
#include "base/mem.h"

#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>
typedef struct {
    struct inflate_state state;
    struct isal_gzip_header header;
    bool in_header;
} inflater;
#else
#include <zlib.h>
typedef struct {
    z_stream state;
} inflater;
#endif

struct gzip {
    struct unpacker base;
    inflater inflater;
};

#ifdef HAVE_ISAL

static void begin(inflater *i)
{
    isal_inflate_init(&i->state);
    i->state.crc_flag = ISAL_GZIP;
    isal_gzip_header_init(&i->header);
    i->in_header = true;
}

static void begin_again(inflater *i)
{
    isal_inflate_reset(&i->state);
    i->state.crc_flag = ISAL_GZIP; /* the reset takes it away */
    isal_gzip_header_init(&i->header);
    i->in_header = true;
}

/* isal_inflate would read the header, too, but forgets its flags when the name
 * in it goes on in the next run. */
static int inflate_some(inflater *i)
{
    if (i->in_header) {
        int r = isal_read_gzip_header(&i->state, &i->header);

        if (r != ISAL_DECOMP_OK)
            return r;
        i->in_header = false;
    }
    return isal_inflate(&i->state);
}

/* "OK" says nothing about the end: truncated input is OK too. */
static int run(inflater *i, bool *ended, struct err *err)
{
    int r = inflate_some(i);

    *ended = i->state.block_state == ISAL_BLOCK_FINISH;
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

static void end(inflater *i)
{
    (void)i;
}

#else

static void begin(inflater *i)
{
    if (inflateInit2(&i->state, 16 + MAX_WBITS) != Z_OK)
        mem_out(0);
}

static void begin_again(inflater *i)
{
    inflateReset(&i->state);
}

static int run(inflater *i, bool *ended, struct err *err)
{
    int r = inflate(&i->state, Z_NO_FLUSH);

    *ended = r == Z_STREAM_END;
    if (r == Z_OK || r == Z_STREAM_END || r == Z_BUF_ERROR)
        return 0;
    return err_set(err, ERR_FORMAT, "%s", i->state.msg ? i->state.msg : "corrupt data");
}

static void end(inflater *i)
{
    inflateEnd(&i->state);
}

#endif

static int step(struct unpacker *u, struct str *in, bool last, char *out, size_t room,
                size_t *made, struct err *err)
{
    inflater *i = &((struct gzip *)u)->inflater;
    int r;

    (void)last;
    if (u->whole) {
        r = unpack_behind(u, in, '\x1f', err);
        if (r <= 0)
            return r;
        begin_again(i);
    }
    i->state.next_in = (unsigned char *)in->p;
    i->state.avail_in = (unsigned)in->n;
    i->state.next_out = (unsigned char *)out;
    i->state.avail_out = (unsigned)room;
    r = run(i, &u->whole, err);
    *in = str_from(*in, in->n - i->state.avail_in);
    *made = room - i->state.avail_out;
    return r;
}

static void finish(struct unpacker *u)
{
    end(&((struct gzip *)u)->inflater);
    mem_free(u);
}

struct unpacker *unpack_gzip(const struct budget *budget)
{
    struct gzip *g = mem_alloc(sizeof *g);

    (void)budget;
    g->base = (struct unpacker){.step = step, .close = finish};
    begin(&g->inflater);
    return &g->base;
}
