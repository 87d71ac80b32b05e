/* Makes one call of a program fail, or kills it there. Preloaded:
 *
 *     FAULT_TALLY=FILE FAULT=KIND:N:HOW LD_PRELOAD=build/tools/fault.so lotse ...
 *
 * The N-th call of KIND, counted over all threads and child processes from the
 * start of main, ends as HOW says: a number is the errno it fails with, 1000 and more
 * the signal that comes instead, "short" does one byte only, "kill" and "killed" end the
 * process before and after it, "cut" empties FAULT_FILE before it. "N+" is that call and
 * each one behind it. FILE, of 4096 bytes, then holds the number of calls of each kind, as
 * 64-bit numbers in the order of enum kind, and behind them how many of them were struck.
 * Calls that the C library makes inside of itself are not seen; what makes them (opendir,
 * realpath, getpwuid, pthread_create) is. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>

/* Without the headers that declare what is put in place here: there, some of it is
 * variadic, some a macro, and some goes by other names. */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
char *getenv(const char *name);
unsigned long long strtoull(const char *text, char **end, int base);
long syscall(long n, ...);

enum { KILL_SIGNAL = 9, SIGNALS = 1000 };

enum kind {
    READ,
    WRITE,
    OPEN,
    SYNC,
    RENAME,
    MAP,
    ALLOC,
    FORK,
    PIPE,
    CLOSE,
    STAT,
    MAKE,
    WAIT,
    LIST,
    KINDS
};
static const char *const names[] = {"read", "write", "open", "sync", "rename",
                                    "map",  "alloc", "fork", "pipe", "close",
                                    "stat", "make",  "wait", "list"};

enum how { PASS, FAIL, SHORT, KILL, KILLED, CUT };

struct tally {
    atomic_uint_fast64_t calls[KINDS], struck;
};

static struct tally none, *tally = &none;
static bool armed, onwards;
static enum kind which = KINDS;
static uint64_t nth;
static enum how how;
static int number;
static const char *cut;

static void die(void)
{
    syscall(SYS_kill, syscall(SYS_getpid), KILL_SIGNAL);
}

static enum how strike(enum kind kind)
{
    uint64_t n;

    if (!armed)
        return PASS;
    n = atomic_fetch_add(&tally->calls[kind], 1) + 1;
    if (kind != which || (onwards ? n < nth : n != nth))
        return PASS;
    atomic_fetch_add(&tally->struck, 1);
    if (how == KILL)
        die();
    if (how == FAIL && number > SIGNALS)
        syscall(SYS_kill, syscall(SYS_getpid), number - SIGNALS);
    if (how == CUT)
        syscall(SYS_truncate, cut, 0);
    if (how == FAIL)
        errno = number;
    return how;
}

/* ---- the calls ---- */

typedef long ssize_t;
typedef void *any;

/* Most are found before main; some are called earlier than that. */
static void find(any *at, const char *name)
{
    if (!*at)
        *at = dlsym(RTLD_NEXT, name);
}
#define FOUND(name) (find((any *)&real_##name, #name), real_##name)

#define WRAP(kind, type, name, params, args, failed)                                       \
    static type(*real_##name) params;                                                      \
    type name params                                                                       \
    {                                                                                      \
        enum how h = strike(kind);                                                         \
        type r;                                                                            \
                                                                                           \
        if (h == FAIL)                                                                     \
            return failed;                                                                 \
        r = FOUND(name) args;                                                              \
        if (h == KILLED)                                                                   \
            die();                                                                         \
        return r;                                                                          \
    }
#define PARAMS(...) (__VA_ARGS__)

/* Those that do so many bytes: `n` is how many. */
#define WRAP_BYTES(kind, name, params, args)                                               \
    static ssize_t(*real_##name) params;                                                   \
    ssize_t name params                                                                    \
    {                                                                                      \
        enum how h = strike(kind);                                                         \
        ssize_t r;                                                                         \
                                                                                           \
        if (h == FAIL)                                                                     \
            return -1;                                                                     \
        if (h == SHORT && n > 1)                                                           \
            n = 1;                                                                         \
        r = FOUND(name) args;                                                              \
        if (h == KILLED)                                                                   \
            die();                                                                         \
        return r;                                                                          \
    }

/* Closing closes, whatever it says. */
#define WRAP_CLOSE(name, what)                                                             \
    static int (*real_##name)(what);                                                       \
    int name(what it)                                                                      \
    {                                                                                      \
        enum how h = strike(CLOSE);                                                        \
        int r = FOUND(name)(it);                                                           \
                                                                                           \
        if (h == KILLED)                                                                   \
            die();                                                                         \
        if (h == FAIL)                                                                     \
            errno = number;                                                                \
        return h == FAIL ? -1 : r;                                                         \
    }

/* name, parameters, arguments; see the macros above */
#define BYTES(X)                                                                           \
    X(READ, read, PARAMS(int fd, any p, size_t n), (fd, p, n))                             \
    X(READ, __read_chk, PARAMS(int fd, any p, size_t n, size_t room), (fd, p, n, room))    \
    X(READ, pread, PARAMS(int fd, any p, size_t n, long at), (fd, p, n, at))               \
    X(READ, pread64, PARAMS(int fd, any p, size_t n, long at), (fd, p, n, at))             \
    X(READ, __pread_chk, PARAMS(int fd, any p, size_t n, long at, size_t room),            \
      (fd, p, n, at, room))                                                                \
    X(READ, __pread64_chk, PARAMS(int fd, any p, size_t n, long at, size_t room),          \
      (fd, p, n, at, room))                                                                \
    X(READ, readv, PARAMS(int fd, any p, int n), (fd, p, n))                               \
    X(READ, preadv, PARAMS(int fd, any p, int n, long at), (fd, p, n, at))                 \
    X(WRITE, write, PARAMS(int fd, const void *p, size_t n), (fd, p, n))                   \
    X(WRITE, pwrite, PARAMS(int fd, const void *p, size_t n, long at), (fd, p, n, at))     \
    X(WRITE, pwrite64, PARAMS(int fd, const void *p, size_t n, long at), (fd, p, n, at))   \
    X(WRITE, writev, PARAMS(int fd, const void *p, int n), (fd, p, n))

/* kind, type, name, parameters, arguments, what it returns when it fails */
#define CALLS(X)                                                                           \
    X(OPEN, int, open, PARAMS(const char *p, int f, unsigned m), (p, f, m), -1)            \
    X(OPEN, int, open64, PARAMS(const char *p, int f, unsigned m), (p, f, m), -1)          \
    X(OPEN, int, openat, PARAMS(int d, const char *p, int f, unsigned m), (d, p, f, m),    \
      -1)                                                                                  \
    X(OPEN, int, openat64, PARAMS(int d, const char *p, int f, unsigned m), (d, p, f, m),  \
      -1)                                                                                  \
    X(OPEN, int, __open_2, PARAMS(const char *p, int f), (p, f), -1)                       \
    X(OPEN, int, __open64_2, PARAMS(const char *p, int f), (p, f), -1)                     \
    X(OPEN, int, __openat_2, PARAMS(int d, const char *p, int f), (d, p, f), -1)           \
    X(OPEN, int, __openat64_2, PARAMS(int d, const char *p, int f), (d, p, f), -1)         \
    X(OPEN, any, fopen, PARAMS(const char *p, const char *m), (p, m), NULL)                \
    X(OPEN, any, fopen64, PARAMS(const char *p, const char *m), (p, m), NULL)              \
    X(OPEN, any, opendir, PARAMS(const char *p), (p), NULL)                                \
    X(OPEN, any, fdopendir, PARAMS(int fd), (fd), NULL)                                    \
    X(OPEN, int, dup2, PARAMS(int a, int b), (a, b), -1)                                   \
    X(OPEN, int, scandir, PARAMS(const char *p, any out, any filter, any order),           \
      (p, out, filter, order), -1)                                                         \
    X(OPEN, int, scandirat, PARAMS(int d, const char *p, any out, any filter, any order),  \
      (d, p, out, filter, order), -1)                                                      \
    X(OPEN, any, getpwuid, PARAMS(unsigned uid), (uid), NULL)                              \
    X(LIST, any, readdir, PARAMS(any d), (d), NULL)                                        \
    X(LIST, any, readdir64, PARAMS(any d), (d), NULL)                                      \
    X(SYNC, int, fsync, PARAMS(int fd), (fd), -1)                                          \
    X(SYNC, int, fdatasync, PARAMS(int fd), (fd), -1)                                      \
    X(RENAME, int, rename, PARAMS(const char *a, const char *b), (a, b), -1)               \
    X(RENAME, int, renameat, PARAMS(int c, const char *a, int d, const char *b),           \
      (c, a, d, b), -1)                                                                    \
    X(RENAME, int, renameat2, PARAMS(int c, const char *a, int d, const char *b, int f),   \
      (c, a, d, b, f), -1)                                                                 \
    X(RENAME, int, linkat, PARAMS(int c, const char *a, int d, const char *b, int f),      \
      (c, a, d, b, f), -1)                                                                 \
    X(RENAME, int, unlink, PARAMS(const char *p), (p), -1)                                 \
    X(RENAME, int, unlinkat, PARAMS(int d, const char *p, int f), (d, p, f), -1)           \
    X(MAP, any, mmap, PARAMS(any p, size_t n, int pr, int f, int fd, long at),             \
      (p, n, pr, f, fd, at), (any)-1)                                                      \
    X(MAP, any, mmap64, PARAMS(any p, size_t n, int pr, int f, int fd, long at),           \
      (p, n, pr, f, fd, at), (any)-1)                                                      \
    X(FORK, int, fork, PARAMS(void), (), -1)                                               \
    X(FORK, int, pthread_create, PARAMS(any t, any attr, any run, any arg),                \
      (t, attr, run, arg), number)                                                         \
    X(PIPE, int, pipe, PARAMS(any p), (p), -1)                                             \
    X(PIPE, int, pipe2, PARAMS(any p, int f), (p, f), -1)                                  \
    X(PIPE, int, memfd_create, PARAMS(const char *p, unsigned f), (p, f), -1)              \
    X(STAT, int, stat, PARAMS(const char *p, any st), (p, st), -1)                         \
    X(STAT, int, stat64, PARAMS(const char *p, any st), (p, st), -1)                       \
    X(STAT, int, lstat, PARAMS(const char *p, any st), (p, st), -1)                        \
    X(STAT, int, fstat, PARAMS(int fd, any st), (fd, st), -1)                              \
    X(STAT, int, fstat64, PARAMS(int fd, any st), (fd, st), -1)                            \
    X(STAT, int, fstatat, PARAMS(int d, const char *p, any st, int f), (d, p, st, f), -1)  \
    X(STAT, int, fstatat64, PARAMS(int d, const char *p, any st, int f), (d, p, st, f),    \
      -1)                                                                                  \
    X(STAT, int, faccessat, PARAMS(int d, const char *p, int m, int f), (d, p, m, f), -1)  \
    X(STAT, int, access, PARAMS(const char *p, int m), (p, m), -1)                         \
    X(STAT, ssize_t, readlinkat, PARAMS(int d, const char *p, any to, size_t n),           \
      (d, p, to, n), -1)                                                                   \
    X(STAT, ssize_t, __readlinkat_chk,                                                     \
      PARAMS(int d, const char *p, any to, size_t n, size_t room), (d, p, to, n, room),    \
      -1)                                                                                  \
    X(STAT, any, realpath, PARAMS(const char *p, any to), (p, to), NULL)                   \
    X(MAKE, int, mkdir, PARAMS(const char *p, unsigned m), (p, m), -1)                     \
    X(MAKE, int, mkdirat, PARAMS(int d, const char *p, unsigned m), (d, p, m), -1)         \
    X(MAKE, int, utimensat, PARAMS(int d, const char *p, any t, int f), (d, p, t, f), -1)  \
    X(MAKE, int, futimens, PARAMS(int fd, any t), (fd, t), -1)                             \
    X(MAKE, int, flock, PARAMS(int fd, int op), (fd, op), -1)                              \
    X(MAKE, int, fchmod, PARAMS(int fd, unsigned m), (fd, m), -1)                          \
    X(MAKE, int, ftruncate, PARAMS(int fd, long n), (fd, n), -1)                           \
    X(WAIT, int, waitpid, PARAMS(int p, any status, int f), (p, status, f), -1)            \
    X(WAIT, int, poll, PARAMS(any p, unsigned long n, int ms), (p, n, ms), -1)             \
    X(WAIT, int, __poll_chk, PARAMS(any p, unsigned long n, int ms, size_t room),          \
      (p, n, ms, room), -1)

#define CLOSES(X)                                                                          \
    X(close, int)                                                                          \
    X(fclose, any)                                                                         \
    X(closedir, any)

BYTES(WRAP_BYTES)
CALLS(WRAP)
CLOSES(WRAP_CLOSE)

/* ---- memory: lotse puts its own allocator over these of glibc (base/mem_libs.c) ---- */

#define MEMORY(X)                                                                          \
    X(__libc_malloc, PARAMS(size_t n), (n))                                                \
    X(__libc_calloc, PARAMS(size_t n, size_t size), (n, size))                             \
    X(__libc_realloc, PARAMS(any p, size_t n), (p, n))                                     \
    X(__libc_memalign, PARAMS(size_t align, size_t n), (align, n))

#define WRAP_MEMORY(name, params, args)                                                    \
    static any(*real_##name) params;                                                       \
    any name params                                                                        \
    {                                                                                      \
        if (strike(ALLOC) == FAIL)                                                         \
            return NULL;                                                                   \
        return FOUND(name) args;                                                           \
    }
MEMORY(WRAP_MEMORY)

/* ---- before main ---- */

static void find_all(void)
{
#define FIND_BYTES(kind, name, params, args) real_##name = dlsym(RTLD_NEXT, #name);
#define FIND(kind, type, name, params, args, failed) real_##name = dlsym(RTLD_NEXT, #name);
#define FIND_CLOSE(name, what) real_##name = dlsym(RTLD_NEXT, #name);
    BYTES(FIND_BYTES)
    CALLS(FIND)
    CLOSES(FIND_CLOSE)
}

/* "read:12+:5" */
static void read_plan(const char *text)
{
    static const char *const words[] = {
        [SHORT] = "short", [KILL] = "kill", [KILLED] = "killed", [CUT] = "cut"};
    size_t n = strcspn(text, ":");
    char *end;

    for (int i = 0; i < KINDS; i++)
        if (strlen(names[i]) == n && strncmp(names[i], text, n) == 0)
            which = (enum kind)i;
    nth = strtoull(text + n + (text[n] == ':'), &end, 10);
    onwards = *end == '+';
    end += onwards;
    end += *end == ':';
    how = FAIL;
    number = (int)strtoull(end, NULL, 10);
    for (enum how i = SHORT; i <= CUT; i++)
        if (strcmp(end, words[i]) == 0)
            how = i;
}

__attribute__((constructor)) static void start(void)
{
    const char *file = getenv("FAULT_TALLY"), *plan = getenv("FAULT");
    int fd;
    void *at;

    find_all();
    fd = file ? FOUND(open)(file, 2, 0) : -1;
    at = fd >= 0 ? FOUND(mmap)(NULL, 4096, 3, 1, fd, 0) : (any)-1;
    if (at != (any)-1)
        tally = at;
    if (fd >= 0)
        real_close(fd);
    cut = getenv("FAULT_FILE");
    if (plan)
        read_plan(plan);
}

static int (*real_main)(int, char **, char **);

static int main_armed(int argc, char **argv, char **env)
{
    armed = true;
    return real_main(argc, argv, env);
}

/* Before main it is the loader and constructors of libraries that call. */
int __libc_start_main(int (*m)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*loader_fini)(void),
                      void *stack)
{
    int (*real)(int (*)(int, char **, char **), int, char **, void (*)(void),
                void (*)(void), void (*)(void), void *) =
        dlsym(RTLD_NEXT, "__libc_start_main");

    real_main = m;
    return real(main_armed, argc, argv, init, fini, loader_fini, stack);
}
