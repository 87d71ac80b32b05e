#include "base/par.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS_MAX = 64 };

struct job {
    atomic_size_t next;
    size_t n;
    void (*work)(void *ctx, size_t i);
    void *ctx;
};

static void *run(void *arg)
{
    struct job *job = arg;
    size_t i;

    while ((i = atomic_fetch_add(&job->next, 1)) < job->n)
        job->work(job->ctx, i);
    return NULL;
}

/* The sanitizer's own locks may be held by another thread when a process forks, and the
 * child would wait for them forever. */
#if defined(__SANITIZE_ADDRESS__)
enum { MAY_FORK_AMONG_THREADS = 0 };
#else
enum { MAY_FORK_AMONG_THREADS = 1 };
#endif

size_t par_cores(void)
{
    cpu_set_t set;

    if (!MAY_FORK_AMONG_THREADS || sched_getaffinity(0, sizeof set, &set) < 0)
        return 1;
    return (size_t)CPU_COUNT(&set);
}

void par_each(size_t n, void (*work)(void *ctx, size_t i), void *ctx)
{
    struct job job = {.n = n, .work = work, .ctx = ctx};
    size_t threads = par_cores();
    pthread_t helper[THREADS_MAX];
    size_t started = 0;

    if (threads > n)
        threads = n;
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    while (started + 1 < threads && pthread_create(&helper[started], NULL, run, &job) == 0)
        started++;
    run(&job);
    for (size_t i = 0; i < started; i++)
        pthread_join(helper[i], NULL);
}
