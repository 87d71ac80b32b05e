/* The locks of the child: seccomp(2) says which calls it may make, landlock(7) which
 * files it may reach, setrlimit(2) how much it may use. */
#include "sandbox/confine.h"

#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOBODY = 65534, FILTER_MAX = 4096 };

/* ---- calls ---- */

/* Computing, reading what is open, ending. */
static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(pread64),      SCMP_SYS(readv),
    SCMP_SYS(preadv),        SCMP_SYS(lseek),        SCMP_SYS(close),
    SCMP_SYS(fstat),         SCMP_SYS(newfstatat),   SCMP_SYS(munmap),
    SCMP_SYS(mremap),        SCMP_SYS(madvise),      SCMP_SYS(brk),
    SCMP_SYS(futex),         SCMP_SYS(exit),         SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sigaltstack),   SCMP_SYS(getpid),       SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield),   SCMP_SYS(sysinfo),      SCMP_SYS(restart_syscall),
    SCMP_SYS(getrlimit),     SCMP_SYS(getppid),
};

/* Asked now and then by the C library, which can live with a no. */
static const int refused[] = {
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(statx),
    SCMP_SYS(prlimit64),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(uname),
    SCMP_SYS(getcwd),
};

/* What reading a folder takes, besides opening. */
static const int of_folder[] = {
    SCMP_SYS(getdents64),
    SCMP_SYS(readlinkat),
    SCMP_SYS(fcntl),
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static int rules_for(scmp_filter_ctx f, uint32_t action, const int *calls, size_t n)
{
    int r = 0;

    for (size_t i = 0; i < n; i++)
        r |= seccomp_rule_add(f, action, calls[i], 0);
    return r;
}

/* Memory may be had, but none that can be executed. */
static int rules_for_memory(scmp_filter_ctx f)
{
    const struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

    return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_exec) |
           seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec);
}

/* Opened for reading is a no, or, of a folder, a yes; for writing is the end. */
static int rules_for_open(scmp_filter_ctx f, bool folder)
{
    const uint64_t writes = O_ACCMODE | O_CREAT | O_TRUNC;
    uint32_t action = folder ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EACCES);

    return seccomp_rule_add(f, action, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, writes, O_RDONLY)) |
           seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, writes, O_RDONLY));
}

static int rules_for_answer(scmp_filter_ctx f)
{
    return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                            SCMP_A0(SCMP_CMP_EQ, ANSWER_FD)) |
           seccomp_rule_add(f, SCMP_ACT_ERRNO(EBADF), SCMP_SYS(write), 1,
                            SCMP_A0(SCMP_CMP_NE, ANSWER_FD)) |
           seccomp_rule_add(f, SCMP_ACT_ERRNO(EBADF), SCMP_SYS(writev), 0);
}

/* abort() sends a signal, but only to itself. */
static int rules_for_abort(scmp_filter_ctx f)
{
    const struct scmp_arg_cmp abrt = SCMP_A2(SCMP_CMP_EQ, 6);

    return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, abrt);
}

struct program {
    struct sock_filter at[FILTER_MAX];
    unsigned short len;
};

static struct program filters[2]; /* of files, of folders */

/* libseccomp hands its program out through a file. */
static void take_program(scmp_filter_ctx f, struct program *out)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return;
    if (seccomp_export_bpf(f, fd) == 0) {
        n = pread(fd, out->at, sizeof out->at, 0);
        if (n > 0 && (size_t)n < sizeof out->at)
            out->len = (unsigned short)((size_t)n / sizeof *out->at);
    }
    close(fd);
}

static void make_filter(bool folder, struct program *out)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int r;

    if (!f)
        return;
    seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: many calls are made */
    r = rules_for(f, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
    if (folder)
        r |= rules_for(f, SCMP_ACT_ALLOW, of_folder, COUNT(of_folder));
    for (size_t i = 0; i < COUNT(refused); i++)
        if (!folder || refused[i] != SCMP_SYS(fcntl))
            r |= seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    r |= rules_for_memory(f) | rules_for_open(f, folder) | rules_for_answer(f) |
         rules_for_abort(f);
    if (r == 0)
        take_program(f, out);
    seccomp_release(f);
}

static bool kernel_filters(void)
{
    uint32_t action = SECCOMP_RET_KILL_PROCESS;

    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* ---- files ---- */

/* Fields as the kernel has them now; an older one is told a shorter struct. */
struct ruleset {
    uint64_t fs, net, scoped;
};

static int landlock_version(void)
{
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return version < 0 ? 0 : (int)version;
}

static const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/* Everything the kernel's version of Landlock can forbid is forbidden. */
static void lock_files(int fd, bool folder)
{
    static const uint64_t fs[] = {0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff};
    int version = landlock_version(), rules;
    struct ruleset r = {
        .fs = fs[version < 5 ? version : 5],
        .net = version >= 4 ? 3 : 0,    /* bind, connect */
        .scoped = version >= 6 ? 3 : 0, /* abstract sockets, signals */
    };
    struct landlock_path_beneath_attr below = {.allowed_access = reading, .parent_fd = fd};

    if (!version)
        return;
    rules = (int)syscall(SYS_landlock_create_ruleset, &r,
                         version >= 6   ? 24
                         : version >= 4 ? 16
                                        : 8,
                         0);
    if (rules < 0)
        return;
    if (!folder ||
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0)
        syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

/* ---- all of it ---- */

static void prepare(void)
{
    make_filter(false, &filters[0]);
    make_filter(true, &filters[1]);
}

void confine_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, prepare);
}

struct str sandbox_lacks(void)
{
    confine_prepare();
#if defined(__SANITIZE_ADDRESS__)
    return S("built with a sanitizer");
#endif
    if (!kernel_filters() || !filters[0].len)
        return S("no seccomp filters");
    return landlock_version() ? (struct str){0} : S("no Landlock");
}

/* What is open already stays so; a folder needs its owner's rights. */
static void drop_root(void)
{
    if (geteuid() != 0 || setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0)
        return;
    if (setresuid(NOBODY, NOBODY, NOBODY) < 0)
        return; /* a user namespace without nobody: the other locks still hold */
}

static void limit(__rlimit_resource_t what, rlim_t to)
{
    setrlimit(what, &(struct rlimit){to, to});
}

void confine(int fd, bool folder)
{
    struct program *filter = &filters[folder];
    struct sock_fprog program = {filter->len, filter->at};

    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (!folder)
        drop_root();
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a change of user forgets it */
    limit(RLIMIT_NPROC, 0);
    prctl(PR_SET_DUMPABLE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return;
    lock_files(fd, folder);
#if !defined(__SANITIZE_ADDRESS__)
    if (filter->len)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
#else
    (void)program;
#endif
}
