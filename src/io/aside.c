#include "io/aside.h"

#include "base/err.h"
#include "base/own.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#define ENDING ".lotse-tmp"

/* ---- names for the signal handler ---- */

/* Who moves a slot on has its name for himself: so the handler never reads one that
 * is being written. */
enum state { FREE, OWNED, THERE, TAKEN };
enum { SLOTS = 16 };

static struct {
    atomic_int state;
    char name[PATH_MAX];
} slots[SLOTS];

static bool move(int slot, int from, int to)
{
    return atomic_compare_exchange_strong(&slots[slot].state, &from, to);
}

static int remember(const char *name)
{
    size_t size = strlen(name) + 1;

    for (int i = 0; i < SLOTS && size <= PATH_MAX; i++)
        if (move(i, FREE, OWNED)) {
            memcpy(slots[i].name, name, size);
            atomic_store(&slots[i].state, THERE);
            return i;
        }
    return -1;
}

static void forget(int slot)
{
    if (slot >= 0)
        move(slot, THERE, FREE);
}

static pid_t watcher;

static void on_signal(int number)
{
    int saved = errno;

    for (int i = 0; i < SLOTS && getpid() == watcher; i++)
        if (move(i, THERE, TAKEN))
            unlink(slots[i].name);
    errno = saved;
    raise(number); /* with SA_RESETHAND: ends the process */
}

void aside_watch_signals(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction before,
        action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

    watcher = getpid();
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(ends[i], &action, NULL);
}

/* ---- one file ---- */

static int flock_again(int fd, int how)
{
    int r;

    do
        r = flock(fd, how);
    while (r < 0 && errno == EINTR);
    return r;
}

/* False when a sweep came between creating and locking, and took it away. Where there
 * are no locks nobody sweeps. */
static bool lock(int fd)
{
    struct stat st;

    return flock_again(fd, LOCK_EX) < 0 || fstat(fd, &st) < 0 || st.st_nlink > 0;
}

/* A process id would not do: on a shared volume, two containers have the same. */
static uint64_t any_number(void)
{
    uint64_t n;

    if (getrandom(&n, sizeof n, GRND_NONBLOCK) != sizeof n) {
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        n = (uint64_t)t.tv_nsec << 32 ^ (uint64_t)t.tv_sec << 22 ^ (uint64_t)gettid();
    }
    return n;
}

static int create(struct aside *f)
{
    f->name = str_printf(&f->a, "%s.%" PRIu64 ENDING, f->path, any_number()).p;
    f->slot = remember(f->name);
    f->fd = open(f->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (f->fd < 0)
        f->name = NULL; /* it may be somebody's */
    return f->fd;
}

int aside_open(struct aside *f, const char *path, struct err *err)
{
    *f = (struct aside){.fd = -1, .slot = -1};
    f->path = arena_strdup(&f->a, path);
    while (create(f) >= 0) {
        if (lock(f->fd))
            return 0;
        close(f->fd);
        forget(f->slot);
    }
    return err_sys(err, "%s", path);
}

int aside_publish(struct aside *f, struct err *err)
{
    if (fsync(f->fd) < 0)
        return err_sys(err, "%s: cannot write", f->path);
    if (rename(f->name, f->path) < 0)
        return err_sys(err, "%s", f->path);
    f->name = NULL;
    return 0;
}

void aside_done(struct aside *f)
{
    if (f->name)
        unlink(f->name);
    if (f->fd >= 0)
        close(f->fd);
    forget(f->slot);
    arena_done(&f->a);
}

/* ---- what the dead left ---- */

/* BASE.NUMBER.lotse-tmp */
static bool is_aside(struct str name, struct str base)
{
    struct str front, number;
    uint64_t n;

    if (!str_ends(name, S(ENDING)))
        return false;
    name.n -= strlen(ENDING);
    return str_cut_last(name, '.', &front, &number) && str_u64(number, &n) &&
           (!base.n || str_equal(front, base));
}

static void sweep_one(int dir, const char *name)
{
    own_fd fd = openat(dir, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        flock_again(fd, LOCK_EX | LOCK_NB) == 0)
        unlinkat(dir, name, 0);
}

void aside_sweep(const char *dir, struct str base)
{
    DIR *names = opendir(dir);
    struct dirent *d;

    while (names && (d = readdir(names)))
        if (is_aside(str_of(d->d_name), base))
            sweep_one(dirfd(names), d->d_name);
    if (names)
        closedir(names);
}
