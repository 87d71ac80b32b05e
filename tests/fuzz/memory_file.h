/* A file that is nowhere but in memory, for what wants a path. */
#ifndef TESTS_FUZZ_MEMORY_FILE_H
#define TESTS_FUZZ_MEMORY_FILE_H

#include "fuzz.h"

#include <sys/mman.h>

struct memory_file {
    int fd;
    char path[40];
};

static inline struct memory_file memory_file_of(struct str bytes)
{
    struct memory_file f = {.fd = memfd_create("input", MFD_CLOEXEC)};

    must(f.fd >= 0 && write(f.fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    snprintf(f.path, sizeof f.path, "/proc/self/fd/%d", f.fd);
    return f;
}

static inline void memory_file_done(struct memory_file *f)
{
    close(f->fd);
}

#endif
