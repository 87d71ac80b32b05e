/* Keeping the cache small: what has not been used for longest goes first. */
#include "cache/cache.h"

#include "base/err.h"
#include "base/own.h"
#include "io/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { HOUR = 60 * 60, NAME = 62, MANY = 16 };

struct kept_file {
    char dir[3];
    struct str name;
    int64_t used;
    uint64_t bytes;
};

struct kept_files {
    struct kept_file *at;
    size_t len, cap;
    uint64_t bytes;
};

static bool is_hex(const char *s, size_t n)
{
    return strlen(s) == n && strspn(s, "0123456789abcdef") == n;
}

/* Only what has our names is looked at, let alone removed. */
static void list_dir(struct arena *a, int root, const char *name, struct kept_files *out)
{
    int fd = openat(root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *d;
    struct stat st;

    while (dir && (d = readdir(dir))) {
        struct kept_file *f;

        if (!is_hex(d->d_name, NAME) ||
            fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
            continue;
        f = arena_push(a, out);
        *f = (struct kept_file){
            .name = str_copy(a, str_of(d->d_name)),
            .used = st.st_mtime,
            .bytes = (uint64_t)st.st_size,
        };
        memcpy(f->dir, name, sizeof f->dir);
        out->bytes += f->bytes;
    }
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
}

static void list_all(struct arena *a, struct str path, int root, struct kept_files *out)
{
    DIR *dir = fdopendir(dup(root));
    struct dirent *d;

    while (dir && (d = readdir(dir))) {
        if (!is_hex(d->d_name, 2))
            continue;
        aside_sweep(str_printf(a, STR_FMT "/%s", STR_ARG(path), d->d_name).p,
                    (struct str){0});
        list_dir(a, root, d->d_name, out);
    }
    if (dir)
        closedir(dir);
}

static bool drop(int root, const struct kept_file *f)
{
    own(arena) a = {0};

    return unlinkat(root, str_printf(&a, "%s/" STR_FMT, f->dir, STR_ARG(f->name)).p, 0) ==
           0;
}

int cache_sweep(struct str dir, int64_t before, struct cache_state *out, struct err *err)
{
    own(arena) a = {0};
    struct kept_files files = {0};
    struct str path = str_printf(&a, STR_FMT "/facts", STR_ARG(dir));
    own_fd root = open(path.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    *out = (struct cache_state){0};
    if (root < 0)
        return errno == ENOENT ? 0 : err_sys(err, "%s", path.p);
    list_all(&a, path, root, &files);
    for (size_t i = 0; i < files.len; i++) {
        const struct kept_file *f = &files.at[i];

        if (f->used >= before) {
            out->files++;
            out->bytes += f->bytes;
        } else if (drop(root, f)) {
            out->removed++;
            out->removed_bytes += f->bytes;
        } else if (errno != ENOENT) {
            return err_sys(err, STR_FMT "/%s/" STR_FMT, STR_ARG(path), f->dir,
                           STR_ARG(f->name));
        }
    }
    return 0;
}

static int by_use(const void *a, const void *b)
{
    const struct kept_file *x = a, *y = b;

    return (x->used > y->used) - (x->used < y->used);
}

/* Looking through all files is worth it now and then: a stamp says when. */
static bool due(int root)
{
    struct stat st;
    bool known = fstatat(root, "swept", &st, AT_SYMLINK_NOFOLLOW) == 0;
    own_fd stamp = -1;

    if (known && llabs(time(NULL) - st.st_mtime) < HOUR)
        return false;
    stamp = openat(root, "swept", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return stamp >= 0 && futimens(stamp, NULL) == 0 && known;
}

void cache_tidy(struct str facts_dir, uint64_t bound, uint64_t written)
{
    own(arena) a = {0};
    struct kept_files files = {0};
    own_fd root = open(str_copy(&a, facts_dir).p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (root < 0 || !(due(root) || written > bound / MANY))
        return;
    list_all(&a, facts_dir, root, &files);
    if (files.len)
        qsort(files.at, files.len, sizeof *files.at, by_use);
    for (size_t i = 0; i < files.len; i++) {
        const struct kept_file *f = &files.at[i];

        if (files.bytes > bound && drop(root, f))
            files.bytes -= f->bytes;
    }
}
