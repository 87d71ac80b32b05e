#include "cli/progress.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { FIRST = 1000, EVERY = 200 }; /* milliseconds */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

void progress_start(struct progress *p, bool wanted)
{
    const char *ci = getenv("CI"), *term = getenv("TERM");

    *p = (struct progress){.started = now()};
    p->on = wanted && isatty(STDERR_FILENO) && !(ci && *ci) &&
            !(term && term[0] == 'd' && term[1] == 'u');
}

static void tell(struct progress *p, uint64_t at, uint64_t done, uint64_t whole)
{
    uint64_t spent = at - p->started;
    uint64_t left = done ? spent * (whole > done ? whole - done : 0) / done / 1000 : 0;

    fprintf(stderr, "\r\x1b[Kreading layers  %3u %%  %" PRIu64 " of %" PRIu64 " MB",
            whole ? (unsigned)(done * 100 / whole) : 0, done / 1000000, whole / 1000000);
    if (left)
        fprintf(stderr, "  %" PRIu64 " s left", left);
    fflush(stderr);
    p->told = at;
    p->shown = true;
}

void progress_tell(void *ctx, uint64_t done, uint64_t whole)
{
    struct progress *p = ctx;
    uint64_t at;

    if (!p->on)
        return;
    at = now();
    pthread_mutex_lock(&lock);
    if (at - p->started >= FIRST && at - p->told >= EVERY)
        tell(p, at, done, whole);
    pthread_mutex_unlock(&lock);
}

void progress_end(struct progress *p)
{
    if (p->shown)
        fputs("\r\x1b[K", stderr);
}
