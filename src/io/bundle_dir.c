/* Directories: each step is an openat from the directory above that follows no
 * link, so that nothing outside is ever read. */
#include "io/bundle_parts.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static int list(struct walk *w, int fd, struct str path, uint64_t depth, struct err *err);

static int take_open(struct walk *w, int fd, struct str path, uint64_t depth,
                     struct err *err)
{
    own(arena) a = {0};
    struct stat st;

    if (fstat(fd, &st) < 0)
        return err_sys(err, "cannot look at it");
    if (S_ISDIR(st.st_mode))
        return list(w, fd, path, depth + 1, err);
    if (S_ISREG(st.st_mode))
        return walk_file(w, fd, path, str_printf(&a, STR_FMT "/", STR_ARG(path)), err);
    return err_set(err, ERR_UNSUPPORTED, "neither a file nor a directory");
}

/* Negative only when the walk must end. */
static int take_name(struct walk *w, int dir, const char *name, struct str path,
                     uint64_t depth, struct err *err)
{
    own_fd fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct err why = {0};
    int r;

    if (fd >= 0)
        r = take_open(w, fd, path, depth, &why);
    else if (errno == ELOOP)
        r = err_set(&why, ERR_UNSUPPORTED, "a symbolic link, not followed");
    else
        r = err_sys(&why, "cannot be opened");
    if (w->stopped)
        *err = why;
    else if (r < 0)
        walk_bad(w, path, &why);
    return w->stopped;
}

static int list(struct walk *w, int fd, struct str path, uint64_t depth, struct err *err)
{
    struct dirent **names = NULL;
    int n, r = 0;

    if (depth > w->budget->depth)
        return err_set(err, ERR_LIMIT,
                       "directories nested more than %" PRIu64 " deep (limit depth)",
                       w->budget->depth);
    n = scandirat(fd, ".", &names, visible, by_name);
    if (n < 0)
        return err_sys(err, "cannot be listed");
    for (int i = 0; i < n; i++) {
        own(arena) a = {0};
        const char *name = names[i]->d_name;
        struct str below =
            str_printf(&a, STR_FMT "%s%s", STR_ARG(path), path.n ? "/" : "", name);

        if (r == 0)
            r = take_name(w, fd, name, below, depth, err);
        free(names[i]);
    }
    free(names);
    return r;
}

int walk_dir(struct walk *w, int fd, struct err *err)
{
    return list(w, fd, (struct str){"", 0}, 0, err);
}
