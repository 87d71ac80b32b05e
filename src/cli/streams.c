#include "cli/streams.h"

#include "base/err.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* O_PATH: reading and writing say EBADF, as on the closed one. */
static void fill(int fd)
{
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/", O_PATH) != fd)
        _exit(2);
}

/* The C library gives up on EINTR, and then has lost what it was writing. */
static ssize_t put(void *cookie, const char *bytes, size_t n)
{
    struct err err = {0};

    (void)cookie;
    return file_write_fd(STDOUT_FILENO, (struct str){bytes, n}, "", &err) < 0 ? 0
                                                                              : (ssize_t)n;
}

void streams_open(void)
{
    FILE *out;

    for (int fd = 0; fd <= 2; fd++)
        fill(fd);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* ignored, nobody would learn how a child ended */
    out = fopencookie(NULL, "w", (cookie_io_functions_t){.write = put});
    if (out)
        stdout = out;
}

int streams_close(void)
{
    int r = fflush(stdout);

    return r != 0 || ferror(stdout) ? -1 : 0;
}
