#include "io/file.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "io/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int file_write_fd(int fd, struct str bytes, const char *path, struct err *err)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);

        if (n < 0 && errno != EINTR)
            return err_sys(err, "%s: cannot write", path);
        if (n > 0)
            bytes = str_from(bytes, (size_t)n);
    }
    return 0;
}

/* Errors of a full disk may come as late as here. */
static int finish(int *fd, const char *path, struct err *err)
{
    int closing = *fd;

    *fd = -1;
    if (close(closing) < 0)
        return err_sys(err, "%s: cannot write", path);
    return 0;
}

/* A terminal, a pipe, /dev/null: there is nothing to be renamed over. */
static int write_through(const char *path, struct str bytes, struct err *err)
{
    own_fd fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return err_sys(err, "%s", path);
    if (file_write_fd(fd, bytes, path, err) < 0)
        return err->code;
    return finish(&fd, path, err);
}

static int write_aside(const char *path, struct str bytes, struct err *err)
{
    struct aside aside;
    int r = aside_open(&aside, path, err);

    if (r == 0)
        r = file_write_fd(aside.fd, bytes, path, err);
    if (r == 0)
        r = aside_publish(&aside, err);
    aside_done(&aside);
    return r;
}

int file_write(const char *path, struct str bytes, struct err *err)
{
    char *target;
    struct stat st;
    int r;

    if (str_equal(str_of(path), S("-")))
        return file_write_fd(STDOUT_FILENO, bytes, "standard output", err);
    if (stat(path, &st) == 0) {
        if (!S_ISREG(st.st_mode))
            return write_through(path, bytes, err);
    } else if (errno != ENOENT) {
        return err_sys(err, "%s", path);
    }
    /* What a symbolic link leads to is replaced, not the link. */
    target = realpath(path, NULL);
    if (!target && errno != ENOENT)
        return err_sys(err, "%s", path);
    r = write_aside(target ? target : path, bytes, err);
    free(target);
    return r;
}

void file_sweep(const char *path)
{
    own(arena) a = {0};
    char *target = realpath(path, NULL);
    struct str dir, base;

    if (str_cut_last(str_of(target ? target : path), '/', &dir, &base))
        aside_sweep(dir.n ? str_copy(&a, dir).p : "/", base);
    else
        aside_sweep(".", base);
    free(target);
}

static int make_one(const char *path, struct err *err)
{
    struct stat st;

    if (mkdir(path, 0755) == 0 ||
        (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
        return 0;
    /* A read-only file system or a folder above that is closed to us says other
     * things than EEXIST about one that exists. */
    if (errno != EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return 0;
    return err_sys(err, "%s: cannot create the directory", path);
}

int file_make_dir(const char *path, struct err *err)
{
    own(arena) a = {0};
    char *part = arena_strdup(&a, path);

    for (char *p = part; *p; p++) {
        if (*p != '/' || p == part)
            continue;
        *p = 0;
        if (make_one(part, err) < 0)
            return err->code;
        *p = '/';
    }
    return make_one(part, err);
}
