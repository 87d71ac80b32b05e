/* An unpacked root directory as one layer. Nothing is followed out of it: every
 * name is opened relative to its folder and never through a link. */
#include "image/collect.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "image/checkout.h"
#include "model/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RUN = 256 * 1024 };

struct walk {
    struct collect *c;
    const struct look *look;
    uint64_t bytes;
    char *run; /* RUN bytes for file content */
};

/* A file's content, opened when it is first asked for: most are not. */
struct lazy {
    struct walk *w;
    int dir, fd;
    const char *name;
};

static int lazy_run(void *ctx, struct str *out, struct err *err)
{
    struct lazy *l = ctx;
    ssize_t got;

    if (l->fd < 0)
        l->fd = openat(l->dir, l->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (l->fd < 0)
        return err_sys(err, "cannot open");
    do
        got = read(l->fd, l->w->run, RUN);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_sys(err, "cannot read");
    *out = (struct str){l->w->run, (size_t)got};
    return got > 0;
}

static enum tar_type type_of(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return TAR_FILE;
    case S_IFDIR:
        return TAR_DIR;
    case S_IFLNK:
        return TAR_SYMLINK;
    default:
        return TAR_OTHER;
    }
}

/* One name of a folder. What cannot be read is a note and nothing more. */
static void walk_name(struct walk *w, int dir, const char *name, struct str path,
                      const struct stat *st)
{
    struct lazy lazy = {.w = w, .dir = dir, .fd = -1, .name = name};
    char target[PATH_MAX];
    struct tar_entry entry = {
        .type = type_of(st->st_mode),
        .path = path,
        .size = (uint64_t)st->st_size,
        .mode = st->st_mode & 07777,
    };
    struct err err = {0};

    if (entry.type == TAR_SYMLINK) {
        ssize_t n = readlinkat(dir, name, target, sizeof target);

        if (n < 0)
            collect_note(w->c, path, strerror(errno));
        entry.link = (struct str){target, n > 0 ? (size_t)n : 0};
    }
    if (entry.type == TAR_FILE)
        w->bytes += entry.size;
    if (collect_entry(w->c, &entry, &(struct content){lazy_run, &lazy}, &err) < 0)
        collect_note(w->c, path, err.text);
    if (lazy.fd >= 0)
        close(lazy.fd);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted, so that the facts are the same each time. errno says
 * whether they are all there are. */
static char **names_of(struct arena *a, DIR *dir, size_t *len)
{
    struct {
        char **at;
        size_t len, cap;
    } names = {0};
    struct dirent *d;
    int why;

    while (errno = 0, (d = readdir(dir)))
        if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0)
            *arena_push(a, &names) = arena_strdup(a, d->d_name);
    why = errno;
    if (names.len)
        qsort(names.at, names.len, sizeof *names.at, by_name);
    *len = names.len;
    errno = why;
    return names.at;
}

/* fd is taken over. */
static void walk_dir(struct walk *w, int fd, struct str path, uint64_t depth,
                     unsigned locks)
{
    own(arena) a = {0};
    DIR *dir = fdopendir(fd);
    size_t len = 0;
    char **names;

    if (!dir || depth > w->look->budget->depth) {
        collect_note(w->c, path,
                     dir ? "folders nested too deeply (limit depth)" : "cannot be listed");
        if (dir)
            closedir(dir);
        else
            close(fd);
        return;
    }
    names = names_of(&a, dir, &len);
    if (errno)
        collect_note(w->c, path, strerror(errno));
    if (w->look->checkout)
        locks = checkout_locks(locks, names, len);
    for (size_t i = 0; i < len; i++) {
        struct str at = path_join(&a, path, str_of(names[i]));
        struct stat st;
        int sub;

        if (fstatat(fd, names[i], &st, AT_SYMLINK_NOFOLLOW) < 0) {
            collect_note(w->c, at, strerror(errno));
            continue;
        }
        walk_name(w, fd, names[i], at, &st);
        if (!S_ISDIR(st.st_mode) ||
            (w->look->checkout && checkout_leaves_out(locks, str_of(names[i]))))
            continue;
        sub = openat(fd, names[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (sub < 0)
            collect_note(w->c, at, strerror(errno));
        else
            walk_dir(w, sub, at, depth + 1, locks);
    }
    closedir(dir);
}

void facts_of_dir(int fd, const struct look *look, const struct facts_sink *out)
{
    struct walk w = {.c = collect_new(look), .look = look, .run = mem_alloc(RUN)};
    int root = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (root < 0)
        collect_note(w.c, (struct str){0}, strerror(errno));
    else
        walk_dir(&w, root, (struct str){0}, 0, 0);
    collect_finish(w.c, NULL, w.bytes, out);
    mem_free(w.run);
}
