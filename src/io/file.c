#include "io/file.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static int write_all(int fd, struct str bytes, const char *path, struct err *err)
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
    if (write_all(fd, bytes, path, err) < 0)
        return err->code;
    return finish(&fd, path, err);
}

static int write_aside(const char *aside, const char *path, mode_t mode, struct str bytes,
                       struct err *err)
{
    own_fd fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

    if (fd < 0)
        return err_sys(err, "%s", path);
    if (write_all(fd, bytes, path, err) < 0)
        return err->code;
    if (fsync(fd) < 0)
        return err_sys(err, "%s: cannot write", path);
    return finish(&fd, path, err);
}

static int replace(const char *path, mode_t mode, struct str bytes, struct err *err)
{
    own(arena) a = {0};
    const char *aside;

    /* Of the thread, since two may write the same file; the first has the PID. */
    aside = str_printf(&a, "%s.%d.tmp", path, (int)gettid()).p;
    unlink(aside); /* left by a process that had the same number and died */
    if (write_aside(aside, path, mode, bytes, err) < 0) {
        unlink(aside);
        return err->code;
    }
    if (rename(aside, path) < 0) {
        err_sys(err, "%s", path);
        unlink(aside);
        return err->code;
    }
    return 0;
}

int file_write(const char *path, struct str bytes, struct err *err)
{
    own(arena) a = {0};
    char *target;
    struct stat st;

    if (str_equal(str_of(path), S("-")))
        return write_all(STDOUT_FILENO, bytes, "standard output", err);
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return write_through(path, bytes, err);
    /* What a symbolic link leads to is replaced, not the link. */
    target = realpath(path, NULL);
    if (target) {
        path = arena_strdup(&a, target);
        free(target);
    }
    return replace(path, 0644, bytes, err);
}

int file_write_private(const char *path, struct str bytes, struct err *err)
{
    return replace(path, 0600, bytes, err);
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
