#include "io/stream.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "io/digest.h"
#include "io/unpack.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PADDING = 64 };

int stream_next(struct stream *s, struct str *out, struct err *err)
{
    if (s->rest.n == 0)
        return s->next(s, out, err);
    *out = s->rest;
    s->rest = (struct str){0};
    return 1;
}

int stream_skip(struct stream *s, uint64_t n, struct err *err)
{
    while (n > 0) {
        uint64_t done = n;
        int r;

        if (s->rest.n) {
            done = n < s->rest.n ? n : s->rest.n;
            s->rest = str_from(s->rest, (size_t)done);
            n -= done;
            continue;
        }
        if (s->skip) {
            r = s->skip(s, &done, err);
            if (r < 0)
                return r;
            n -= done;
            if (done > 0)
                continue;
        }
        r = s->next(s, &s->rest, err);
        if (r < 0)
            return r;
        if (r == 0)
            return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", n);
    }
    return 0;
}

void stream_close(struct stream *s)
{
    if (s)
        s->close(s);
}

static void free_stream(struct stream *s)
{
    mem_free(s);
}

/* ---- a section of a file ---- */

struct file {
    struct stream base;
    int fd;
    bool open_end;     /* ends where reading ends */
    uint64_t at, left; /* left: of the section */
    uint64_t size;     /* of the file */
    char run[STREAM_RUN];
};

static int file_next(struct stream *base, struct str *out, struct err *err)
{
    struct file *f = (struct file *)base;
    size_t want = f->left < STREAM_RUN ? (size_t)f->left : STREAM_RUN;
    ssize_t got;

    if (want == 0)
        return 0;
    do
        got = pread(f->fd, f->run, want, (off_t)f->at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_sys(err, "cannot read");
    if (got == 0 && f->open_end)
        return 0;
    if (got == 0)
        return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", f->left);
    f->at += (uint64_t)got;
    f->left -= (uint64_t)got;
    *out = (struct str){f->run, (size_t)got};
    return 1;
}

/* Never past the end of the file, where an early end would go unnoticed. */
static int file_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct file *f = (struct file *)base;
    uint64_t there = f->size > f->at ? f->size - f->at : 0;

    (void)err;
    if (*n > f->left)
        *n = f->left;
    if (*n > there)
        *n = there;
    f->at += *n;
    f->left -= *n;
    return 0;
}

struct stream *stream_file(int fd, uint64_t at, uint64_t len)
{
    struct file *f = mem_alloc(sizeof *f);
    struct stat st;

    f->base = (struct stream){.next = file_next, .close = free_stream};
    f->fd = fd;
    f->at = at;
    f->left = len;
    f->open_end = len == UINT64_MAX;
    /* Devices, and the files of /proc, say nothing of their size. */
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        f->size = (uint64_t)st.st_size;
        f->base.skip = file_skip;
        if (f->open_end)
            f->left = f->size > at ? f->size - at : 0;
        f->open_end = false;
    }
    return &f->base;
}

/* ---- the same, mapped ---- */

/* PAGE: a multiple of the size of a page on any machine. */
enum { WINDOW = 4 << 20, PAGE = 64 << 10 };

struct mapped {
    struct stream base;
    int fd;
    uint64_t at, left; /* of the section */
    uint64_t early;    /* bytes of the section that the file does not have */
    void *window;
    size_t window_n;
};

static void unmap(struct mapped *m)
{
    if (m->window)
        munmap(m->window, m->window_n);
    m->window = NULL;
}

static int mapped_next(struct stream *base, struct str *out, struct err *err)
{
    struct mapped *m = (struct mapped *)base;
    size_t before = (size_t)(m->at % PAGE);
    size_t n = m->left < WINDOW ? (size_t)m->left : WINDOW;

    unmap(m);
    if (n == 0 && m->early)
        return err_set(err, ERR_FORMAT, "ends %" PRIu64 " bytes early", m->early);
    if (n == 0)
        return 0;
    m->window_n = before + n;
    m->window =
        mmap(NULL, m->window_n, PROT_READ, MAP_SHARED, m->fd, (off_t)(m->at - before));
    if (m->window == MAP_FAILED) {
        m->window = NULL;
        return err_sys(err, "cannot map");
    }
    *out = (struct str){(char *)m->window + before, n};
    m->at += n;
    m->left -= n;
    return 1;
}

static int mapped_skip(struct stream *base, uint64_t *n, struct err *err)
{
    struct mapped *m = (struct mapped *)base;

    (void)err;
    if (*n > m->left)
        *n = m->left;
    m->at += *n;
    m->left -= *n;
    return 0;
}

static void mapped_close(struct stream *base)
{
    unmap((struct mapped *)base);
    mem_free(base);
}

struct stream *stream_mapped(int fd, uint64_t at, uint64_t len)
{
    struct mapped *m;
    struct stat st;
    uint64_t there;

    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
        return stream_file(fd, at, len);
    there = (uint64_t)st.st_size > at ? (uint64_t)st.st_size - at : 0;
    if (len == UINT64_MAX)
        len = there;
    m = mem_alloc(sizeof *m);
    *m = (struct mapped){
        .base = {.next = mapped_next, .skip = mapped_skip, .close = mapped_close},
        .fd = fd,
        .at = at,
        .left = len < there ? len : there,
        .early = len < there ? 0 : len - there,
    };
    return &m->base;
}

/* ---- bytes in memory ---- */

struct bytes {
    struct stream base;
    struct str bytes;
};

static int bytes_next(struct stream *base, struct str *out, struct err *err)
{
    struct bytes *b = (struct bytes *)base;

    (void)err;
    *out = b->bytes;
    b->bytes = (struct str){0};
    return out->n > 0;
}

struct stream *stream_bytes(struct str bytes)
{
    struct bytes *b = mem_alloc(sizeof *b);

    b->base = (struct stream){.next = bytes_next, .close = free_stream};
    b->bytes = bytes;
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
    mem_free(base);
}

struct stream *stream_digest(struct stream *from, struct digest *d)
{
    struct tap *t = mem_alloc(sizeof *t);

    t->base = (struct stream){.next = tap_next, .close = tap_close};
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
