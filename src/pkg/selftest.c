/* A reader that does what readers must not: it proves that the distance from
 * hostile input holds. Not among pkg_readers; `lotse debug sandbox` adds it. The
 * name of a file in lotse-selftest/ says what to do. */
#include "model/reader.h"

#include "base/err.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct want wants[] = {
    {WANT_UNDER, "lotse-selftest", ""},
    {0},
};

static void break_off(void)
{
    abort();
}

static void crash(void)
{
    volatile int *volatile nowhere = NULL;

    *nowhere = 1;
}

static void hang(void)
{
    for (volatile int forever = 1; forever;)
        ;
}

static void eat(void)
{
    enum { PIECE = 1 << 20 };

    for (;;)
        memset(arena_alloc(&(struct arena){0}, PIECE, 1), 1, PIECE);
}

static void write_file(void)
{
    close(open("/tmp/lotse-selftest", O_WRONLY | O_CREAT, 0600));
}

static void run_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
}

static void make_process(void)
{
    if (fork() == 0)
        _exit(0);
}

static void use_network(void)
{
    close(socket(AF_INET, SOCK_STREAM, 0));
}

static void make_code(void)
{
    mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
         0);
}

static const struct deed {
    const char *name;
    void (*run)(void);
} deeds[] = {
    {"abort", break_off},   {"crash", crash},         {"hang", hang},
    {"eat", eat},           {"write", write_file},    {"exec", run_program},
    {"fork", make_process}, {"connect", use_network}, {"code", make_code},
};

/* "read": a file outside of what was handed over; told as a package. */
static struct str peek_outside(void)
{
    int fd = open("/etc/passwd", O_RDONLY);

    if (fd < 0)
        return S("refused");
    close(fd);
    return S("allowed");
}

static int selftest_read(struct read *in, struct err *err)
{
    struct str dir, name;

    (void)err;
    str_cut_last(in->path, '/', &dir, &name);
    if (str_equal(name, S("read"))) {
        read_add(in, "generic", S("selftest-read"), peek_outside());
        return 0;
    }
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (str_equal(name, str_of(deeds[i].name)))
            deeds[i].run();
    read_add(in, "generic", name, S("survived"));
    return 0;
}

const struct reader pkg_selftest = {
    .name = "selftest",
    .title = "misbehaves, to be tested with",
    .version = 1,
    .wants = wants,
    .read = selftest_read,
};
