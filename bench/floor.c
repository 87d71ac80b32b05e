/* The floor: what the machine needs for the work that cannot be left out.
 *
 *     floor FILE plain|gzip|zstd AT:LENGTH...
 *
 * Each AT:LENGTH is a layer's blob in FILE. It is unpacked, its tar headers are
 * walked, and the digest that lotse computes is computed: that of the blob, which
 * for a plain layer is the tar itself. Nothing else; nothing is kept. One line a
 * layer: digest, entries, plain bytes.
 *
 * Unpacking and hashing of one blob are two jobs; each core takes the longest job
 * that is left. A plain layer is one job. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <isa-l/igzip_lib.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

enum { RUN = 256 << 10, BLOCK = 512, LAYERS_MAX = 128, THREADS_MAX = 64, WINDOW_LOG = 23 };

static _Noreturn void die(const char *why)
{
    fprintf(stderr, "floor: %s\n", why);
    exit(2);
}

/* ---- the walk ---- */

struct walk {
    uint64_t skip; /* bytes until the next header */
    size_t have;   /* bytes of a header that came in two runs */
    uint64_t entries, bytes;
    bool ended;
    unsigned char header[BLOCK];
};

static uint64_t size_of(const unsigned char *field)
{
    uint64_t n = 0;

    if (field[0] & 0x80) {
        for (int i = 4; i < 12; i++)
            n = n << 8 | field[i];
        return n;
    }
    for (int i = 0; i < 12 && field[i]; i++)
        if (field[i] >= '0' && field[i] <= '7')
            n = n << 3 | (unsigned)(field[i] - '0');
    return n;
}

static void header(struct walk *w, const unsigned char *h)
{
    if (!h[0]) {
        w->ended = true;
        return;
    }
    w->entries++;
    w->skip = (size_of(h + 124) + BLOCK - 1) / BLOCK * BLOCK;
}

static void walk(struct walk *w, const unsigned char *p, size_t n)
{
    w->bytes += n;
    while (n > 0 && !w->ended) {
        size_t some = n;

        if (w->skip) {
            some = w->skip < n ? (size_t)w->skip : n;
            w->skip -= some;
        } else if (w->have == 0 && n >= BLOCK) {
            some = BLOCK;
            header(w, p);
        } else {
            some = n < BLOCK - w->have ? n : BLOCK - w->have;
            memcpy(w->header + w->have, p, some);
            w->have = (w->have + some) % BLOCK;
            if (w->have == 0)
                header(w, w->header);
        }
        p += some;
        n -= some;
    }
}

/* ---- a blob, run after run ---- */

struct layer {
    uint64_t at, len;
    struct walk walk;
    unsigned char digest[32];
};

struct source {
    int fd;
    uint64_t at, left;
    unsigned char *run;
    size_t n; /* bytes in it */
};

static bool next(struct source *s)
{
    size_t want = s->left < RUN ? (size_t)s->left : RUN;
    ssize_t got;

    if (want == 0)
        return false;
    got = pread(s->fd, s->run, want, (off_t)s->at);
    if (got <= 0)
        die("cannot read");
    s->at += (uint64_t)got;
    s->left -= (uint64_t)got;
    s->n = (size_t)got;
    return true;
}

/* ---- the jobs ---- */

struct thread {
    unsigned char in[RUN];
    unsigned char out[RUN];
    struct inflate_state inflate;
};

static void read_gzip(struct layer *l, struct source *s, struct thread *t)
{
    struct inflate_state *z = &t->inflate;

    isal_inflate_init(z);
    z->crc_flag = ISAL_GZIP;
    while (next(s)) {
        z->next_in = s->run;
        z->avail_in = (uint32_t)s->n;
        do {
            z->next_out = t->out;
            z->avail_out = RUN;
            if (isal_inflate(z) != ISAL_DECOMP_OK)
                die("bad gzip");
            walk(&l->walk, t->out, RUN - z->avail_out);
            if (z->block_state == ISAL_BLOCK_FINISH && z->avail_in) {
                unsigned char *in = z->next_in;
                uint32_t left = z->avail_in;

                isal_inflate_reset(z);
                z->crc_flag = ISAL_GZIP;
                z->next_in = in;
                z->avail_in = left;
            }
        } while (z->avail_in || z->avail_out == 0);
    }
    if (z->block_state != ISAL_BLOCK_FINISH)
        die("short gzip");
}

static void read_zstd(struct layer *l, struct source *s, struct thread *t)
{
    ZSTD_DCtx *z = ZSTD_createDCtx();
    size_t r = 1;

    ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, WINDOW_LOG);
    while (next(s)) {
        ZSTD_inBuffer in = {s->run, s->n, 0};
        ZSTD_outBuffer out;

        do {
            out = (ZSTD_outBuffer){t->out, RUN, 0};
            r = ZSTD_decompressStream(z, &out, &in);
            if (ZSTD_isError(r))
                die("bad zstd");
            walk(&l->walk, t->out, out.pos);
        } while (in.pos < in.size || out.pos == out.size);
    }
    if (r != 0)
        die("short zstd");
    ZSTD_freeDCtx(z);
}

static void hash(struct layer *l, struct source *s, bool and_walk)
{
    EVP_MD_CTX *sha = EVP_MD_CTX_new();

    EVP_DigestInit_ex(sha, EVP_sha256(), NULL);
    while (next(s)) {
        EVP_DigestUpdate(sha, s->run, s->n);
        if (and_walk)
            walk(&l->walk, s->run, s->n);
    }
    EVP_DigestFinal_ex(sha, l->digest, NULL);
    EVP_MD_CTX_free(sha);
}

enum kind { HASH, PLAIN, GZIP, ZSTD };

struct job {
    enum kind kind;
    struct layer *layer;
    uint64_t cost; /* about picoseconds */
};

struct work {
    int fd;
    struct job job[2 * LAYERS_MAX];
    size_t jobs;
    atomic_size_t taken;
};

static void work_one(struct work *w, const struct job *job, struct thread *t)
{
    struct source s = {w->fd, job->layer->at, job->layer->len, t->in, 0};

    switch (job->kind) {
    case HASH:
    case PLAIN:
        hash(job->layer, &s, job->kind == PLAIN);
        break;
    case GZIP:
        read_gzip(job->layer, &s, t);
        break;
    case ZSTD:
        read_zstd(job->layer, &s, t);
        break;
    }
}

static void *work(void *arg)
{
    struct work *w = arg;
    struct thread *t = malloc(sizeof *t);
    size_t i;

    if (!t)
        die("out of memory");
    while ((i = atomic_fetch_add(&w->taken, 1)) < w->jobs)
        work_one(w, &w->job[i], t);
    free(t);
    return NULL;
}

/* ---- all of it ---- */

/* Picoseconds a stored byte, measured on the machine the bounds were set on;
 * only their order counts. */
static const uint64_t cost[] = {[HASH] = 540, [PLAIN] = 540, [GZIP] = 3000, [ZSTD] = 2500};

static void add(struct work *w, enum kind kind, struct layer *l)
{
    w->job[w->jobs++] = (struct job){kind, l, l->len * cost[kind]};
}

static int longer(const void *a, const void *b)
{
    const struct job *x = a, *y = b;

    return (x->cost < y->cost) - (x->cost > y->cost);
}

static void run_all(struct work *w)
{
    pthread_t helper[THREADS_MAX];
    size_t helpers = 0, cores;
    cpu_set_t set;

    sched_getaffinity(0, sizeof set, &set);
    cores = (size_t)CPU_COUNT(&set);
    while (helpers + 1 < cores && helpers < THREADS_MAX && helpers + 1 < w->jobs) {
        if (pthread_create(&helper[helpers], NULL, work, w) != 0)
            die("no thread");
        helpers++;
    }
    work(w);
    for (size_t i = 0; i < helpers; i++)
        pthread_join(helper[i], NULL);
}

static void tell(const struct layer *l)
{
    printf("sha256:");
    for (size_t i = 0; i < sizeof l->digest; i++)
        printf("%02x", l->digest[i]);
    printf(" %" PRIu64 " %" PRIu64 "\n", l->walk.entries, l->walk.bytes);
}

int main(int argc, char **argv)
{
    static struct layer layers[LAYERS_MAX];
    static struct work w;
    enum kind kind;

    if (argc < 4 || argc - 3 > LAYERS_MAX)
        die("usage: floor FILE plain|gzip|zstd AT:LENGTH...");
    kind = argv[2][0] == 'p' ? PLAIN : argv[2][0] == 'g' ? GZIP : ZSTD;
    w.fd = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (w.fd < 0)
        die(strerror(errno));
    for (int i = 3; i < argc; i++) {
        struct layer *l = &layers[i - 3];

        if (sscanf(argv[i], "%" SCNu64 ":%" SCNu64, &l->at, &l->len) != 2)
            die("where is the layer?");
        add(&w, kind, l);
        if (kind != PLAIN)
            add(&w, HASH, l);
    }
    qsort(w.job, w.jobs, sizeof *w.job, longer);
    run_all(&w);
    for (int i = 3; i < argc; i++)
        tell(&layers[i - 3]);
    return 0;
}
