/* A folder in memory, for as long as the process lives, for what wants files beside
 * one another. */
#ifndef TESTS_FUZZ_MEMORY_FOLDER_H
#define TESTS_FUZZ_MEMORY_FOLDER_H

#include "fuzz.h"
#include "io/file.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char memory_folder_path[64];

static int memory_folder_remove(const char *path, const struct stat *st, int kind,
                                struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static void memory_folder_clear(void)
{
    nftw(memory_folder_path, memory_folder_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* Once: makes it, and the folders `inside` it, one within the other. */
static inline void memory_folder(const char *inside)
{
    own(arena) a = {0};
    struct err err = {0};

    if (*memory_folder_path)
        return;
    snprintf(memory_folder_path, sizeof memory_folder_path, "/dev/shm/lotse-fuzz-XXXXXX");
    must(mkdtemp(memory_folder_path));
    atexit(memory_folder_clear);
    must(file_make_dir(str_printf(&a, "%s/%s", memory_folder_path, inside).p, &err) == 0);
}

static inline void memory_folder_put(const char *name, struct str bytes)
{
    char path[256];
    own_fd fd = -1;

    snprintf(path, sizeof path, "%s/%s", memory_folder_path, name);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
}

#endif
