/* The child: its start, its watch and its end. */
#include "sandbox/sandbox.h"

#include "base/err.h"
#include "base/mem.h"
#include "sandbox/confine.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100, READ = 256 * 1024 };

/* With coverage being counted, the counts are written when the process ends. */
extern void __gcov_dump(void) __attribute__((weak));

/* ---- where it is ---- */

struct sandbox_place *sandbox_place_new(void)
{
    void *at = mmap(NULL, sizeof(struct sandbox_place), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

void sandbox_place_free(struct sandbox_place *place)
{
    if (place)
        munmap(place, sizeof *place);
}

static void put(char *to, size_t room, struct str s)
{
    size_t n = s.n < room - 1 ? s.n : room - 1;

    if (n)
        memcpy(to, s.p, n);
    to[n] = 0;
}

void sandbox_enter(struct sandbox_place *at, struct str reader, struct str path)
{
    put(at->path, sizeof at->path, path);
    put(at->reader, sizeof at->reader, reader);
    sandbox_beat(at);
}

void sandbox_leave(struct sandbox_place *at)
{
    at->reader[0] = 0;
    sandbox_beat(at);
}

/* ---- the child's side ---- */

void sandbox_write(int answer, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(answer, bytes.p, bytes.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            _exit(1);
        bytes = str_from(bytes, (size_t)n);
    }
}

static void close_from(unsigned first, unsigned last)
{
    if (first <= last && syscall(SYS_close_range, first, last, 0) < 0)
        for (unsigned fd = first; fd <= last && fd < 4096; fd++)
            close((int)fd);
}

/* Leaves the answer at 1 and `keep`, wherever it is; and stderr where somebody is
 * debugging. */
static void close_others(int answer, int keep)
{
#if defined(__SANITIZE_ADDRESS__)
    unsigned next = 3;
#else
    unsigned next = 2;
#endif

    if (answer != ANSWER_FD) {
        dup2(answer, ANSWER_FD);
        close(answer);
    }
    close(0);
    if (keep >= (int)next) {
        close_from(next, (unsigned)keep - 1);
        next = (unsigned)keep + 1;
    }
    close_from(next, ~0U);
}

static _Noreturn void be_child(const struct sandbox_rules *rules, int answer, pid_t parent,
                               void (*work)(void *ctx, int answer), void *ctx)
{
    static const int defaults[] = {SIGINT, SIGTERM, SIGPIPE, SIGBUS, SIGSEGV, SIGABRT};

    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        signal(defaults[i], SIG_DFL);
    close_others(answer, rules->fd);
    if (rules->memory)
        mem_budget(rules->memory);
    if (!__gcov_dump)
        confine(rules->fd, rules->folder);
    if (getppid() != parent)
        _exit(1);
    work(ctx, ANSWER_FD);
    if (__gcov_dump)
        __gcov_dump();
    _exit(0);
}

/* ---- the parent's side ---- */

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

struct watch {
    const struct sandbox_rules *rules;
    uint64_t beat, since;
};

/* True when nothing has moved for too long. */
static bool hangs(struct watch *w)
{
    uint64_t beat = atomic_load(&w->rules->place->beat), now = now_ms();

    if (w->rules->tick)
        w->rules->tick(w->rules->ctx, w->rules->place);
    if (beat != w->beat) {
        w->beat = beat;
        w->since = now;
    }
    return now - w->since > (uint64_t)w->rules->seconds * 1000;
}

/* Until the child has no more to say; false when it was given up, for `why`. */
static bool gather(const struct sandbox_rules *rules, int from, struct buf *answer,
                   char why[80])
{
    struct watch watch = {.rules = rules, .beat = UINT64_MAX, .since = now_ms()};
    struct pollfd p = {.fd = from, .events = POLLIN};

    for (;;) {
        int ready = poll(&p, 1, TICK_MS);
        ssize_t n;

        if (ready <= 0) {
            if (hangs(&watch)) {
                snprintf(why, 80, "nothing moved for %u s", rules->seconds);
                return false;
            }
            continue;
        }
        buf_reserve(answer, READ);
        n = read(from, answer->at + answer->len, READ);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR) {
            snprintf(why, 80, "its answer cannot be read: %s", strerror(errno));
            return false;
        }
        answer->len += n > 0 ? (size_t)n : 0;
        if (answer->len > rules->answer) {
            snprintf(why, 80, "more facts than %llu MiB",
                     (unsigned long long)rules->answer >> 20);
            return false;
        }
    }
}

static enum sandbox_end judge(int status, char why[80])
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return SANDBOX_DONE;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
        snprintf(why, 80, "out of memory");
    else if (WIFEXITED(status))
        snprintf(why, 80, "exit status %d", WEXITSTATUS(status));
    else if (WTERMSIG(status) == SIGSYS)
        snprintf(why, 80, "did what the sandbox forbids");
    else
        snprintf(why, 80, "signal %d", WTERMSIG(status));
    return SANDBOX_CRASHED;
}

int sandbox_start(const struct sandbox_rules *rules, void (*work)(void *ctx, int answer),
                  void *ctx, struct sandbox_child *out, struct err *err)
{
    pid_t parent = getpid();
    int fds[2];

    *out = (struct sandbox_child){.rules = *rules, .pid = -1, .from = -1};
    confine_prepare();
    if (pipe(fds) < 0)
        return err_sys(err, "no pipe to the process that reads it");
    out->pid = fork();
    if (out->pid < 0) {
        err_sys(err, "no process to read it in");
        close(fds[0]);
        close(fds[1]);
        return err->code;
    }
    if (out->pid == 0) {
        close(fds[0]);
        be_child(rules, fds[1], parent, work, ctx);
    }
    close(fds[1]);
    out->from = fds[0];
    return 0;
}

static int wait_for(struct sandbox_child *child, bool kills)
{
    int status = 1 << 8; /* as of a bad end, should there be nobody to wait for */

    close(child->from);
    if (kills)
        kill(child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

enum sandbox_end sandbox_finish(struct sandbox_child *child, struct buf *answer,
                                char why[80])
{
    bool heard = gather(&child->rules, child->from, answer, why);
    int status = wait_for(child, !heard);

    return heard ? judge(status, why) : SANDBOX_CRASHED;
}

void sandbox_stop(struct sandbox_child *child)
{
    wait_for(child, true);
}

int sandbox_run(const struct sandbox_rules *rules, void (*work)(void *ctx, int answer),
                void *ctx, struct buf *answer, enum sandbox_end *end, char why[80],
                struct err *err)
{
    struct sandbox_child child;

    if (sandbox_start(rules, work, ctx, &child, err) < 0)
        return err->code;
    *end = sandbox_finish(&child, answer, why);
    return 0;
}
