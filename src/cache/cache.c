#include "cache/cache.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/par.h"
#include "io/aside.h"
#include "io/file.h"

#define XXH_INLINE_ALL /* no library to be loaded for one function */
#include <xxhash.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

enum { HEADER = 64, DAY = 24 * 60 * 60 };

/* The first bytes of each file. Text, so that a person sees what it is. */
struct header {
    char magic[16];
    uint64_t size;
    char sum[40]; /* XXH3 of 128 bits in hex, blanks behind: against accidents */
};
_Static_assert(sizeof(struct header) == HEADER, "a header has no gaps");

static const char magic[16] = "lotse cache 2\n";

struct pending {
    struct str path, bytes;
    struct pending *next;
};

struct cache {
    struct arena a; /* used under `lock` */
    struct str dir;
    uint64_t bound;
    pthread_mutex_t lock;
    pthread_cond_t more;
    pthread_t writer;
    bool writing, ending;
    struct pending *first, **last;
    uint64_t written;
};

/* ---- one file ---- */

static void sum_up(struct str content, char out[sizeof((struct header *)0)->sum])
{
    XXH128_hash_t sum = XXH3_128bits(content.p, content.n);
    char text[sizeof((struct header *)0)->sum + 1];

    snprintf(text, sizeof text, "%016" PRIx64 "%016" PRIx64 "%8s", (uint64_t)sum.high64,
             (uint64_t)sum.low64, "");
    memcpy(out, text, sizeof text - 1);
}

/* Ours or the administrator's, and nobody else may write it. */
static bool trusted(const struct stat *st)
{
    return (st->st_uid == geteuid() || st->st_uid == 0) &&
           !(st->st_mode & (S_IWGRP | S_IWOTH));
}

static void unmap(void *at, size_t size)
{
    munmap(at, size);
}

/* Copying would take most of the time of a scan of which all layers are known. Files of
 * the cache are replaced and removed, and never written to (see cli/main.c for one that
 * is cut off all the same). */
static bool map_file(struct arena *a, int fd, size_t size, struct str *out)
{
    char *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);

    if (at == MAP_FAILED)
        return false;
    arena_adopt(a, at, size, unmap);
    *out = (struct str){at, size};
    return true;
}

static bool believed(struct str file)
{
    struct header h;
    char sum[sizeof h.sum];

    memcpy(&h, file.p, HEADER);
    if (memcmp(h.magic, magic, sizeof magic) != 0 || h.size != file.n - HEADER)
        return false;
    sum_up(str_from(file, HEADER), sum);
    return memcmp(sum, h.sum, sizeof sum) == 0;
}

/* Used today: that is all that the age of a file needs to tell. */
static void touch(int fd, const struct stat *st)
{
    if (time(NULL) - st->st_mtime > DAY)
        futimens(fd, (struct timespec[]){{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}});
}

static struct str path_of(struct arena *a, const struct cache *c, struct str key)
{
    return str_printf(a, STR_FMT "/%.2s/" STR_FMT, STR_ARG(c->dir), key.p,
                      STR_ARG(str_from(key, 2)));
}

bool cache_get(struct cache *c, struct arena *a, struct str key, struct str *content)
{
    struct str file;
    own_fd fd = open(path_of(a, c, key).p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st;

    if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || !trusted(&st) ||
        st.st_size < HEADER || st.st_size > INT32_MAX)
        return false;
    if (!map_file(a, fd, (size_t)st.st_size, &file) || !believed(file))
        return false;
    touch(fd, &st);
    *content = str_from(file, HEADER);
    return true;
}

/* ---- writing in the background ---- */

static int write_file(const struct pending *p, struct err *err)
{
    struct header h = {.size = p->bytes.n};
    struct aside file;
    int r = aside_open(&file, p->path.p, err);

    memcpy(h.magic, magic, sizeof magic);
    sum_up(p->bytes, h.sum);
    if (r == 0)
        r = file_write_fd(file.fd, (struct str){(char *)&h, sizeof h}, p->path.p, err);
    if (r == 0)
        r = file_write_fd(file.fd, p->bytes, p->path.p, err);
    if (r == 0)
        r = aside_publish(&file, err);
    aside_done(&file);
    return r;
}

static void write_one(struct cache *c, const struct pending *p)
{
    struct str dir, name;
    own(arena) a = {0};
    struct err err = {0};

    str_cut_last(p->path, '/', &dir, &name);
    if (file_make_dir(str_copy(&a, dir).p, &err) == 0 && write_file(p, &err) == 0)
        c->written += p->bytes.n;
}

static void *write_pending(void *ctx)
{
    struct cache *c = ctx;

    pthread_mutex_lock(&c->lock);
    while (c->first || !c->ending) {
        struct pending *p = c->first;

        if (!p) {
            pthread_cond_wait(&c->more, &c->lock);
            continue;
        }
        c->first = p->next;
        if (!c->first)
            c->last = &c->first;
        pthread_mutex_unlock(&c->lock);
        write_one(c, p);
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

void cache_put(struct cache *c, struct str key, struct str bytes)
{
    struct pending *p;

    pthread_mutex_lock(&c->lock);
    p = arena_new(&c->a, struct pending);
    *p = (struct pending){.path = path_of(&c->a, c, key), .bytes = bytes};
    if (!c->writing && par_cores() > 1)
        c->writing = pthread_create(&c->writer, NULL, write_pending, c) == 0;
    *c->last = p;
    c->last = &p->next;
    pthread_cond_signal(&c->more);
    pthread_mutex_unlock(&c->lock);
}

/* ---- opening and closing ---- */

/* For the user alone: packages of images are nobody else's business. */
static int make_dirs(struct str dir, struct str facts, struct err *err)
{
    own(arena) a = {0};

    if (file_make_dir(str_copy(&a, dir).p, err) < 0)
        return err->code;
    if (mkdir(facts.p, 0700) < 0 && errno != EEXIST)
        return err_sys(err, STR_FMT, STR_ARG(facts));
    return 0;
}

int cache_open(struct str dir, uint64_t bound, struct cache **out, struct err *err)
{
    struct cache *c;
    struct stat st;
    struct str facts;
    own(arena) a = {0};

    facts = str_printf(&a, STR_FMT "/facts", STR_ARG(dir));
    if (stat(facts.p, &st) < 0 && make_dirs(dir, facts, err) < 0)
        return err->code;
    if (stat(facts.p, &st) < 0 || access(facts.p, R_OK | X_OK) < 0)
        return err_sys(err, STR_FMT, STR_ARG(facts));
    if (!S_ISDIR(st.st_mode) || !trusted(&st))
        return err_set(err, ERR_DENIED, STR_FMT ": others may write there", STR_ARG(facts));
    c = mem_alloc(sizeof *c);
    *c = (struct cache){
        .bound = bound,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .more = PTHREAD_COND_INITIALIZER,
    };
    c->dir = str_copy(&c->a, facts);
    c->last = &c->first;
    *out = c;
    return 0;
}

void cache_close(struct cache *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&c->lock);
    c->ending = true;
    pthread_cond_signal(&c->more);
    pthread_mutex_unlock(&c->lock);
    if (c->writing)
        pthread_join(c->writer, NULL);
    else
        write_pending(c);
    if (c->written)
        cache_tidy(c->dir, c->bound, c->written);
    arena_done(&c->a);
    mem_free(c);
}
