/* What stream_unpack takes off, and how it fails. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "dribble.h"
#include "io/stream.h"

#include <bzlib.h>
#include <lzma.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include <cmocka.h>

/* ---- packed with the reference libraries ---- */

/* With all that a member's header can hold. */
static void pack_gzip(struct buf *out, struct str s)
{
    gz_header header = {
        .extra = (Bytef *)"AP\3\0xyz",
        .extra_len = 7,
        .name = (Bytef *)"a name of some length, longer than a short run",
        .comment = (Bytef *)"comment",
        .hcrc = 1,
    };
    z_stream z = {.next_in = (Bytef *)s.p, .avail_in = (uInt)s.n};

    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + 15, 9, Z_DEFAULT_STRATEGY), Z_OK);
    deflateSetHeader(&z, &header);
    buf_reserve(out, deflateBound(&z, s.n) + 64);
    z.next_out = (Bytef *)out->at + out->len;
    z.avail_out = (uInt)(out->cap - out->len);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->len += z.total_out;
    deflateEnd(&z);
}

static void pack_zstd_window(struct buf *out, struct str s, int window)
{
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_inBuffer in = {s.p, s.n, 0};
    ZSTD_outBuffer to;

    ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
    if (window)
        ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, window);
    buf_reserve(out, ZSTD_compressBound(s.n) + 64);
    to = (ZSTD_outBuffer){out->at + out->len, out->cap - out->len, 0};
    /* Without a promised size, so that the window stays as it was asked for. */
    assert_false(ZSTD_isError(ZSTD_compressStream2(c, &to, &in, ZSTD_e_continue)));
    assert_int_equal(ZSTD_compressStream2(c, &to, &in, ZSTD_e_end), 0);
    out->len += to.pos;
    ZSTD_freeCCtx(c);
}

static void pack_zstd(struct buf *out, struct str s)
{
    pack_zstd_window(out, s, 0);
}

static void pack_xz(struct buf *out, struct str s)
{
    buf_reserve(out, lzma_stream_buffer_bound(s.n));
    assert_int_equal(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, NULL,
                                             (const uint8_t *)s.p, s.n, (uint8_t *)out->at,
                                             &out->len, out->cap),
                     LZMA_OK);
}

static void pack_bzip2(struct buf *out, struct str s)
{
    unsigned n;

    buf_reserve(out, s.n + s.n / 100 + 700);
    n = (unsigned)(out->cap - out->len);
    assert_int_equal(BZ2_bzBuffToBuffCompress(out->at + out->len, &n, (char *)s.p,
                                              (unsigned)s.n, 9, 0, 0),
                     BZ_OK);
    out->len += n;
}

static const struct method {
    enum packing packing;
    void (*pack)(struct buf *out, struct str s);
} methods[] = {
    {PACKING_GZIP, pack_gzip},
    {PACKING_ZSTD, pack_zstd},
    {PACKING_XZ, pack_xz},
    {PACKING_BZIP2, pack_bzip2},
};
enum { METHODS = sizeof methods / sizeof *methods };

/* Text that packs, but not to nothing. */
static struct str sample(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n + 1, 1);
    unsigned seed = 7;

    for (size_t i = 0; i < n; i++) {
        seed = seed * 1103515245 + 12345;
        p[i] = "etaoinshrdlu \n,."[seed >> 28];
    }
    return (struct str){p, n};
}

static int unpack_all(struct arena *a, struct stream *from, const struct budget *budget,
                      struct str *out, struct err *err)
{
    own_stream s = stream_unpack(from, budget);

    return stream_load(a, s, 64 << 20, out, err);
}

static void expect_error(struct str packed, const struct budget *budget, int code,
                         const char *text)
{
    own(arena) a = {0};
    struct str out;
    struct err err = {0};

    assert_int_equal(unpack_all(&a, stream_bytes(packed), budget, &out, &err), code);
    if (!strstr(err.text, text))
        fail_msg("\"%s\" does not say \"%s\"", err.text, text);
}

static void expect_content(struct stream *from, struct str content)
{
    own(arena) a = {0};
    struct str out;
    struct err err = {0};

    if (unpack_all(&a, from, &budget_layer, &out, &err) < 0)
        fail_msg("%s", err.text);
    assert_true(str_equal(out, content));
}

/* ---- tests ---- */

static void test_unpacks_each(void **state)
{
    own(arena) a = {0};
    static const size_t steps[] = {1, 2, 5, 7, 511, 70000};
    struct str text = sample(&a, 50000);

    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        own(buf) b = {0};

        methods[m].pack(&b, text);
        assert_int_equal(packing_sniff(buf_view(&b)), methods[m].packing);
        expect_content(stream_bytes(buf_view(&b)), text);
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            expect_content(dribble(buf_view(&b), steps[i]), text);
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        expect_content(dribble(text, steps[i]), text);
    expect_content(stream_bytes(S("")), S(""));
    expect_content(stream_bytes(S("\x1f\x8b")), S("\x1f\x8b"));
}

static void test_empty_content(void **state)
{
    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        own(buf) b = {0};

        methods[m].pack(&b, S(""));
        assert_int_equal(packing_sniff(buf_view(&b)), methods[m].packing);
        expect_content(dribble(buf_view(&b), 3), S(""));
    }
}

static void test_truncated_anywhere(void **state)
{
    own(arena) a = {0};
    struct str text = sample(&a, 700), out;

    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        own(buf) b = {0};

        methods[m].pack(&b, text);
        for (size_t n = 6; n < b.len; n++)
            for (size_t step = 5; step <= 4096; step *= 11) {
                struct str cut = {b.at, n};
                struct err err = {0};

                if (unpack_all(&a, dribble(cut, step), &budget_layer, &out, &err) !=
                    ERR_FORMAT)
                    fail_msg("%s cut to %zu of %zu bytes was read",
                             packing_name(methods[m].packing), n, b.len);
            }
    }
}

/* A changed byte is an error, or was in a field that does not matter. */
static void test_changed_anywhere(void **state)
{
    own(arena) a = {0};
    struct str text = sample(&a, 700), out;

    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        own(buf) b = {0};

        methods[m].pack(&b, text);
        for (size_t i = 6; i < b.len; i++) {
            struct err err = {0};

            b.at[i] ^= 0x10;
            if (unpack_all(&a, stream_bytes(buf_view(&b)), &budget_layer, &out, &err) == 0)
                assert_true(str_equal(out, text));
            b.at[i] ^= 0x10;
        }
    }
}

static void test_several_members(void **state)
{
    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        own(buf) b = {0};

        methods[m].pack(&b, S("one, "));
        methods[m].pack(&b, S(""));
        methods[m].pack(&b, S("two"));
        expect_content(stream_bytes(buf_view(&b)), S("one, two"));
        for (size_t step = 1; step < 60; step++)
            expect_content(dribble(buf_view(&b), step), S("one, two"));
    }
}

static void test_behind_the_end(void **state)
{
    static const char zeros[700000];

    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        own(buf) b = {0};
        bool padded =
            methods[m].packing == PACKING_GZIP || methods[m].packing == PACKING_BZIP2;

        methods[m].pack(&b, S("text"));
        b.len += 4; /* room is there */
        memcpy(b.at + b.len - 4, "junk", 4);
        expect_error(buf_view(&b), &budget_layer, ERR_FORMAT,
                     packing_name(methods[m].packing));
        b.len -= 4;
        buf_add(&b, zeros, sizeof zeros);
        if (padded || methods[m].packing == PACKING_XZ)
            expect_content(stream_bytes(buf_view(&b)), S("text"));
        buf_add(&b, "x", 1);
        expect_error(buf_view(&b), &budget_layer, ERR_FORMAT, "");
        b.len--;
        if (padded) { /* a member behind zeros is no member: gzip stops there, too */
            methods[m].pack(&b, S("more"));
            expect_error(buf_view(&b), &budget_layer, ERR_FORMAT, "behind");
        }
    }
}

static void test_gzip_trailer(void **state)
{
    (void)state;
    for (size_t i = 1; i <= 8; i++) {
        own(buf) b = {0};

        pack_gzip(&b, S("some text"));
        b.at[b.len - i] ^= 1;
        expect_error(buf_view(&b), &budget_layer, ERR_FORMAT, "gzip: ");
        pack_gzip(&b, S("a second member does not heal it"));
        expect_error(buf_view(&b), &budget_layer, ERR_FORMAT, "gzip: ");
    }
}

static void test_zstd_frames(void **state)
{
    static const char skippable[] = "\x53\x2a\x4d\x18\x05\x00\x00\x00hello";
    own(buf) b = {0};

    (void)state;
    buf_add(&b, skippable, sizeof skippable - 1);
    pack_zstd(&b, S("one, "));
    buf_add(&b, skippable, sizeof skippable - 1);
    pack_zstd(&b, S("two"));
    buf_add(&b, skippable, sizeof skippable - 1);
    assert_int_equal(packing_sniff(buf_view(&b)), PACKING_ZSTD);
    for (size_t step = 1; step < 60; step++)
        expect_content(dribble(buf_view(&b), step), S("one, two"));
    b.len--;
    expect_error(buf_view(&b), &budget_layer, ERR_FORMAT, "zstd: ends early");
}

static void test_zstd_window(void **state)
{
    own(arena) a = {0};
    struct str text = sample(&a, 300000);
    own(buf) fits = {0};
    own(buf) large = {0};

    (void)state;
    pack_zstd_window(&fits, text, 23);
    expect_content(dribble(buf_view(&fits), 3), text);
    pack_zstd(&large, S("a frame in front"));
    pack_zstd_window(&large, text, 27);
    expect_error(buf_view(&large), &budget_layer, ERR_LIMIT,
                 "zstd: needs a window of 131072 KiB, 8192 KiB are allowed");
    for (size_t step = 1; step < 9; step++) {
        own_stream s = stream_unpack(dribble(buf_view(&large), step), &budget_layer);
        struct err err = {0};
        struct str out;

        assert_int_equal(stream_load(&a, s, 1 << 20, &out, &err), ERR_LIMIT);
        assert_non_null(strstr(err.text, "131072 KiB"));
    }
    {
        own_stream s = stream_unpack(stream_bytes(buf_view(&large)), &budget_feed);
        struct err err = {0};
        struct str out;

        assert_int_equal(stream_load(&a, s, 1 << 20, &out, &err), 0);
    }
}

static void test_xz_memory(void **state)
{
    struct budget budget = budget_layer;
    own(buf) b = {0};

    (void)state;
    pack_xz(&b, S("text"));
    budget.xz_memory = 1 << 20; /* level 6 wants 8 MiB and some */
    expect_error(buf_view(&b), &budget, ERR_LIMIT, "KiB are allowed");
}

static void test_budget(void **state)
{
    struct budget budget = budget_layer;
    own(arena) a = {0};
    own(buf) b = {0};

    (void)state;
    pack_gzip(&b, sample(&a, 5000));
    budget.bytes = 5000;
    {
        struct str out;
        struct err err = {0};

        assert_int_equal(unpack_all(&a, stream_bytes(buf_view(&b)), &budget, &out, &err),
                         0);
    }
    budget.bytes = 4999;
    expect_error(buf_view(&b), &budget, ERR_LIMIT, "more than 4999 bytes");
    expect_error(sample(&a, 5000), &budget, ERR_LIMIT, "more than 4999 bytes");
}

/* 10 MB of gzip that are 10 GB of zeros. */
static void test_bomb(void **state)
{
    enum { MEMBERS = 80 };
    size_t size = 128 << 20, made = 0;
    own(buf) one = {0};
    own(buf) all = {0};
    own(arena) a = {0};
    struct err err = {0};
    struct str run;
    int r;

    (void)state;
    pack_gzip(&one, (struct str){arena_alloc(&a, size, 1), size});
    for (int i = 0; i < MEMBERS; i++)
        buf_str(&all, buf_view(&one));
    assert_true(all.len > 10000000);
    own_stream s = stream_unpack(stream_bytes(buf_view(&all)), &budget_layer);
    while ((r = stream_next(s, &run, &err)) > 0)
        made += run.n;
    assert_int_equal(r, ERR_LIMIT);
    assert_non_null(strstr(err.text, "gzip: unpacks to more than 1000 times its size"));
    assert_true(made <= 65 << 20);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unpacks_each),
        cmocka_unit_test(test_empty_content),
        cmocka_unit_test(test_truncated_anywhere),
        cmocka_unit_test(test_changed_anywhere),
        cmocka_unit_test(test_several_members),
        cmocka_unit_test(test_behind_the_end),
        cmocka_unit_test(test_gzip_trailer),
        cmocka_unit_test(test_zstd_frames),
        cmocka_unit_test(test_zstd_window),
        cmocka_unit_test(test_xz_memory),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_bomb),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
