#include "io/stream.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "io/digest.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RUN = 256 * 1024, PADDING = 64 };

int stream_next(struct stream *s, struct str *out, struct err *err)
{
    return s->next(s, out, err);
}

int stream_skip(struct stream *s, uint64_t n, struct err *err)
{
    while (n > 0) {
        uint64_t done = n;
        struct str run;
        int r;

        if (!s->skip)
            return err_set(err, ERR_UNSUPPORTED, "cannot be passed over");
        r = s->skip(s, &done, err);
        if (r < 0)
            return r;
        n -= done;
        if (n == 0)
            break;
        r = stream_next(s, &run, err);
        if (r == 0)
            return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", n);
        if (r < 0)
            return r;
        if (run.n > n)
            return err_set(err, ERR_UNSUPPORTED, "cannot be passed over in part");
        n -= run.n;
    }
    return 0;
}

void stream_close(struct stream *s)
{
    if (s)
        s->close(s);
}

static void *new_stream(size_t size)
{
    void *s = calloc(1, size);

    if (!s)
        abort();
    return s;
}

/* ---- a section of a file ---- */

struct file {
    struct stream base;
    int fd;
    uint64_t at, left; /* left: as far as the file goes */
    uint64_t missing;  /* bytes of the section that lie behind its end */
    char run[RUN];
};

static int file_next(struct stream *base, struct str *out, struct err *err)
{
    struct file *f = (struct file *)base;
    size_t want = f->left < RUN ? (size_t)f->left : RUN;
    ssize_t got;

    if (want == 0 && f->missing)
        return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", f->missing);
    if (want == 0)
        return 0;
    do
        got = pread(f->fd, f->run, want, (off_t)f->at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_sys(err, "cannot read");
    if (got == 0)
        return err_set(err, ERR_IO, "became shorter while it was read");
    f->at += (uint64_t)got;
    f->left -= (uint64_t)got;
    *out = (struct str){f->run, (size_t)got};
    return 1;
}

static int file_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct file *f = (struct file *)base;

    (void)err;
    if (*n > f->left)
        *n = f->left;
    f->at += *n;
    f->left -= *n;
    return 0;
}

static void free_stream(struct stream *s)
{
    free(s);
}

struct stream *stream_file(int fd, uint64_t at, uint64_t len)
{
    struct file *f = new_stream(sizeof *f);
    struct stat st;
    uint64_t size = fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;

    f->base = (struct stream){file_next, file_skip, free_stream};
    f->fd = fd;
    f->at = at;
    f->left = at < size ? size - at : 0;
    if (len < f->left)
        f->left = len;
    else if (len != UINT64_MAX)
        f->missing = len - f->left;
    return &f->base;
}

/* ---- bytes in memory ---- */

struct bytes {
    struct stream base;
    struct str rest;
};

static int bytes_next(struct stream *base, struct str *out, struct err *err)
{
    struct bytes *b = (struct bytes *)base;

    (void)err;
    if (b->rest.n == 0)
        return 0;
    *out = b->rest;
    b->rest = (struct str){0};
    return 1;
}

static int bytes_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct bytes *b = (struct bytes *)base;

    (void)err;
    if (*n > b->rest.n)
        *n = b->rest.n;
    b->rest = str_from(b->rest, (size_t)*n);
    return 0;
}

struct stream *stream_bytes(struct str bytes)
{
    struct bytes *b = new_stream(sizeof *b);

    b->base = (struct stream){bytes_next, bytes_skip, free_stream};
    b->rest = bytes;
    return &b->base;
}

/* ---- a digest taken on the way ---- */

struct tap {
    struct stream base;
    struct stream *from;
    struct digest *digest;
};

static int tap_next(struct stream *base, struct str *out, struct err *err)
{
    struct tap *t = (struct tap *)base;
    int r = stream_next(t->from, out, err);

    if (r > 0)
        digest_add(t->digest, *out);
    return r;
}

static void tap_close(struct stream *base)
{
    stream_close(((struct tap *)base)->from);
    free(base);
}

struct stream *stream_digest(struct stream *from, struct digest *d)
{
    struct tap *t = new_stream(sizeof *t);

    t->base = (struct stream){tap_next, NULL, tap_close};
    t->from = from;
    t->digest = d;
    return &t->base;
}

/* ---- all of it ---- */

int stream_load(struct arena *a, struct stream *s, size_t limit, struct str *out,
                struct err *err)
{
    own(buf) b = {0};
    struct str run;
    int r;

    while ((r = stream_next(s, &run, err)) > 0) {
        if (run.n > limit - b.len)
            return err_set(err, ERR_LIMIT, "more than %zu bytes", limit);
        buf_str(&b, run);
    }
    if (r < 0)
        return r;
    buf_add(&b, (char[PADDING]){0}, PADDING);
    *out = buf_keep(a, &b);
    out->n -= PADDING;
    return 0;
}
