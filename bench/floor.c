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
#include <sys/mman.h>
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

enum {
    RUN = 256 << 10,
    WINDOW = 4 << 20,
    PAGE = 4096,
    BLOCK = 512,
    LAYERS_MAX = 128,
    THREADS_MAX = 64,
    ZSTD_WINDOW_MAX = 8 << 20,
};

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

/* Mapped window by window: the kernel's copy is a twentieth of the time. */
struct source {
    int fd;
    uint64_t at, left;  /* behind the window */
    unsigned char *run; /* what was not used yet */
    size_t n;
    unsigned char *map;
    size_t mapped;
};

/* The next window; it begins with what was left of the one before. */
static bool next(struct source *s)
{
    size_t before;

    if (s->map)
        munmap(s->map, s->mapped);
    s->at -= s->n;
    s->left += s->n;
    s->map = NULL;
    s->n = 0;
    if (s->left == 0)
        return false;
    before = s->at % PAGE;
    s->n = s->left < WINDOW - before ? (size_t)s->left : WINDOW - before;
    s->mapped = before + s->n;
    s->map = mmap(NULL, s->mapped, PROT_READ, MAP_SHARED, s->fd, (off_t)(s->at - before));
    if (s->map == MAP_FAILED)
        die("cannot map");
    s->run = s->map + before;
    s->at += s->n;
    s->left -= s->n;
    return true;
}

/* ---- the jobs ---- */

struct thread {
    unsigned char out[RUN];
    struct inflate_state inflate;
};

struct ring {
    unsigned char *bytes;
    size_t room, at;
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
        s->n = 0;
    }
    if (z->block_state != ISAL_BLOCK_FINISH)
        die("short gzip");
}

/* Block by block into a ring that is the window: the streaming functions of
 * libzstd would copy every byte once more. */
static void read_frame(struct layer *l, struct source *s, struct ring *ring, ZSTD_DCtx *z)
{
    ZSTD_frameHeader frame;
    size_t need, made, room;

    if (ZSTD_getFrameHeader(&frame, s->run, s->n) != 0 ||
        frame.windowSize > ZSTD_WINDOW_MAX)
        die("bad zstd frame");
    room = ZSTD_decodingBufferSize_min(frame.windowSize, frame.frameContentSize);
    if (room > ring->room) {
        free(ring->bytes);
        ring->bytes = malloc(room);
        ring->room = room;
    }
    if (!ring->bytes)
        die("out of memory");
    ring->at = 0;
    ZSTD_decompressBegin(z);
    while ((need = ZSTD_nextSrcSizeToDecompress(z)) > 0) {
        if (need > s->n && (!next(s) || need > s->n))
            die("short zstd");
        if (room < frame.frameContentSize && room - ring->at < frame.blockSizeMax)
            ring->at = 0;
        made = ZSTD_decompressContinue(z, ring->bytes + ring->at, room - ring->at, s->run,
                                       need);
        if (ZSTD_isError(made))
            die("bad zstd");
        walk(&l->walk, ring->bytes + ring->at, made);
        ring->at += made;
        s->run += need;
        s->n -= need;
    }
}

static void read_zstd(struct layer *l, struct source *s)
{
    ZSTD_DCtx *z = ZSTD_createDCtx();
    struct ring ring = {0};

    while (s->n >= ZSTD_FRAMEHEADERSIZE_MAX || next(s))
        read_frame(l, s, &ring, z);
    free(ring.bytes);
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
        s->n = 0;
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
    struct source s = {.fd = w->fd, .at = job->layer->at, .left = job->layer->len};

    switch (job->kind) {
    case HASH:
    case PLAIN:
        hash(job->layer, &s, job->kind == PLAIN);
        break;
    case GZIP:
        read_gzip(job->layer, &s, t);
        break;
    case ZSTD:
        read_zstd(job->layer, &s);
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
