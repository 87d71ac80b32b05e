/* Runs a command and tells what it cost.
 *
 *     watch OUT EVERY COMMAND...
 *
 * To OUT: wall nanoseconds, CPU microseconds of the command and all it waited
 * for, the peak of the memory of all its processes together in KiB (resident
 * sets summed up every so many milliseconds; pages that processes share count in
 * each), the kernel's own figure for the largest process, and the exit code.
 * Looking costs time: EVERY 0 does not. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TREE_MAX = 256, TEXT = 4096 };

extern char **environ;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "watch: %s: %s\n", what, strerror(errno));
    exit(127);
}

/* The file's text, empty when its process is gone. */
static void load(const char *path, char text[TEXT])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, TEXT - 1);

    text[n < 0 ? 0 : n] = '\0';
    if (fd >= 0)
        close(fd);
}

static uint64_t resident(int pid)
{
    char path[64], text[TEXT];
    unsigned long size, pages = 0;

    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    load(path, text);
    sscanf(text, "%lu %lu", &size, &pages);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
}

struct tree {
    int pid[TREE_MAX];
    size_t n;
};

/* Children are listed by the thread that made them. */
static void add_children(struct tree *t, int pid)
{
    char path[300], text[TEXT], *at, *end;
    struct dirent *thread;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", pid);
    threads = opendir(path);
    while (threads && (thread = readdir(threads))) {
        if (thread->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/children", pid, thread->d_name);
        load(path, text);
        for (at = text; t->n < TREE_MAX; at = end) {
            long child = strtol(at, &end, 10);

            if (end == at)
                break;
            t->pid[t->n++] = (int)child;
        }
    }
    if (threads)
        closedir(threads);
}

static uint64_t sample(int pid)
{
    struct tree t = {{pid}, 1};
    uint64_t sum = 0;

    for (size_t i = 0; i < t.n; i++) {
        sum += resident(t.pid[i]);
        add_children(&t, t.pid[i]);
    }
    return sum;
}

static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static long micro(struct timeval t)
{
    return t.tv_sec * 1000000L + t.tv_usec;
}

int main(int argc, char **argv)
{
    uint64_t peak = 0, once;
    struct rusage used;
    int status, pid, watched, every;
    int64_t start, wall;
    FILE *out;

    if (argc < 4 || !(out = fopen(argv[1], "we")))
        die("usage: watch OUT EVERY COMMAND...");
    every = atoi(argv[2]) > 0 ? atoi(argv[2]) : -1;
    start = now();
    errno = posix_spawnp(&pid, argv[3], NULL, NULL, argv + 3, environ);
    if (errno)
        die(argv[3]);
    watched = (int)syscall(SYS_pidfd_open, pid, 0);
    if (watched < 0)
        die("pidfd_open");
    while (poll(&(struct pollfd){watched, POLLIN, 0}, 1, every) == 0) {
        once = sample(pid);
        if (once > peak)
            peak = once;
    }
    wall = now() - start;
    if (wait4(pid, &status, 0, &used) < 0)
        die("wait");
    fprintf(out, "%lld %ld %llu %ld %d\n", (long long)wall,
            micro(used.ru_utime) + micro(used.ru_stime), (unsigned long long)peak,
            used.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(out) ? 127 : 0;
}
