/* A shard's time of change says when a manifest last named it: a build renews
 * that of the shards it uses again, and of those that the manifest before named. */
#include "advisory/shelf.h"

#include "base/err.h"
#include "base/own.h"
#include "io/aside.h"
#include "io/digest.h"
#include "io/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { KEPT = 24 * 60 * 60 }; /* seconds */

static int renew(const char *path)
{
    return utimensat(AT_FDCWD, path, NULL, 0);
}

static void path_of(char path[PATH_MAX], const char *dir, const char *sha256)
{
    snprintf(path, PATH_MAX, "%s/shards/%s.shard", dir, sha256);
}

/* ---- putting ---- */

static bool holds(const char *path, const char *sha256, struct str bytes)
{
    own(arena) a = {0};
    char digest[DIGEST_TEXT];
    struct err err = {0};
    struct str there;

    if (str_load(&a, path, bytes.n, &there, &err) < 0)
        return false;
    digest_of(there, "sha256", digest);
    return strcmp(digest + strlen("sha256:"), sha256) == 0;
}

int shelf_put(const char *dir, const char *sha256, struct str bytes, struct err *err)
{
    char path[PATH_MAX];

    path_of(path, dir, sha256);
    if (holds(path, sha256, bytes) && renew(path) == 0)
        return 0;
    return file_write(path, bytes, err);
}

/* ---- the manifest ---- */

/* A file that was renamed is only sure to be there when its folder was synced. */
static int sync_folder(const char *path, struct err *err)
{
    own_fd fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0 || fsync(fd) < 0)
        return err_sys(err, "%s: cannot write", path);
    return 0;
}

/* The manifest about to be replaced no longer says what its shards are needed
 * for; from now on their day runs. When it cannot be read, there is no scan
 * that could use it. */
static void renew_named(const char *dir, const char *manifest)
{
    own(arena) a = {0};
    struct manifest before;
    struct err err = {0};
    char path[PATH_MAX];
    struct str bytes;

    if (str_load(&a, manifest, MANIFEST_MAX, &bytes, &err) < 0 ||
        manifest_read(&a, bytes, &before, &err) < 0)
        return;
    for (size_t i = 0; i < before.shards.len; i++) {
        path_of(path, dir, before.shards.at[i].sha256.p);
        renew(path);
    }
}

int shelf_publish(const char *dir, const struct manifest *m, struct err *err)
{
    char path[PATH_MAX];
    own(buf) bytes = {0};

    snprintf(path, sizeof path, "%s/shards", dir);
    if (sync_folder(path, err) < 0)
        return err->code;
    snprintf(path, sizeof path, "%s/manifest.json", dir);
    renew_named(dir, path);
    manifest_write(m, &bytes);
    if (file_write(path, buf_view(&bytes), err) < 0)
        return err->code;
    return sync_folder(dir, err);
}

/* ---- tidying ---- */

static bool is_named(const struct manifest *m, struct str file)
{
    for (size_t i = 0; i < m->shards.len; i++)
        if (str_starts(file, m->shards.at[i].sha256) &&
            str_equal(str_from(file, m->shards.at[i].sha256.n), S(".shard")))
            return true;
    return false;
}

void shelf_tidy(const char *dir, const struct manifest *m)
{
    char path[PATH_MAX];
    struct dirent *d;
    DIR *shards;

    aside_sweep(dir, (struct str){0});
    snprintf(path, sizeof path, "%s/shards", dir);
    aside_sweep(path, (struct str){0});
    shards = opendir(path);
    while (shards && (d = readdir(shards))) {
        struct stat st;

        if (d->d_name[0] == '.' || is_named(m, str_of(d->d_name)))
            continue;
        if (fstatat(dirfd(shards), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            time(NULL) - st.st_mtime > KEPT)
            unlinkat(dirfd(shards), d->d_name, 0);
    }
    if (shards)
        closedir(shards);
}
