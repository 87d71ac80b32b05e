#include "io/file.h"

#include "base/err.h"
#include "base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

static int write_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes = str_from(bytes, (size_t)n);
    }
    return 0;
}

/* So that the rename itself survives a power cut. */
static void sync_dir_of(const char *path)
{
    char dir[PATH_MAX];
    char *slash;
    own_fd fd = -1;

    snprintf(dir, sizeof dir, "%s", path);
    slash = strrchr(dir, '/');
    if (slash)
        slash[slash == dir] = '\0';
    fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        fsync(fd);
}

static int write_aside(const char *path, const char *aside, struct str bytes,
                       struct err *err)
{
    own_fd fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

    if (fd < 0)
        return err_sys(err, "%s", path);
    if (write_all(fd, bytes) < 0 || fsync(fd) < 0)
        return err_sys(err, "%s", path);
    return 0;
}

int file_write(const char *path, struct str bytes, struct err *err)
{
    char aside[PATH_MAX];
    int r;

    if (strcmp(path, "-") == 0)
        return write_all(STDOUT_FILENO, bytes) < 0 ? err_sys(err, "standard output") : 0;
    if ((size_t)snprintf(aside, sizeof aside, "%s.%ld.tmp", path, (long)getpid()) >=
        sizeof aside)
        return err_set(err, ERR_LIMIT, "%s: path too long", path);
    r = write_aside(path, aside, bytes, err);
    if (r == 0 && rename(aside, path) < 0)
        r = err_sys(err, "%s", path);
    if (r < 0)
        unlink(aside);
    else
        sync_dir_of(path);
    return r;
}

int file_make_dir(const char *path, struct err *err)
{
    char at[PATH_MAX];
    struct stat st;

    if ((size_t)snprintf(at, sizeof at, "%s", path) >= sizeof at)
        return err_set(err, ERR_LIMIT, "%s: path too long", path);
    for (char *slash = at + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(at, 0777);
        *slash = '/';
    }
    if (mkdir(at, 0777) < 0 && errno != EEXIST)
        return err_sys(err, "%s", path);
    if (stat(at, &st) < 0 || !S_ISDIR(st.st_mode))
        return err_set(err, ERR_IO, "%s: not a directory", path);
    return 0;
}
