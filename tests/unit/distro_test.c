/* tests/data/distro/CASE: root/ with the files, `expect` with what they tell.
 * UPDATE=1 rewrites the expectations. The real roots in SHARED/images are
 * unpacked with tar and must say what is written here. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "model/distro.h"

#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES "tests/data/distro"

enum { FILES_MAX = 32, BYTES_MAX = 4 << 20 };

static bool detect(struct arena *a, const char *root, struct distro *d)
{
    struct distro_file at[FILES_MAX];
    size_t n = 0;

    for (size_t i = 0; distro_paths[i]; i++) {
        struct str path = str_printf(a, "%s/%s", root, distro_paths[i]);
        struct err err = {0};

        at[n].path = str_of(distro_paths[i]);
        if (str_load(a, path.p, BYTES_MAX, &at[n].bytes, &err) == 0)
            n++;
    }
    return distro_detect(a, at, n, d);
}

static void line(struct buf *b, const char *name, struct str value)
{
    if (value.n)
        buf_printf(b, "%s " STR_FMT "\n", name, STR_ARG(value));
}

static struct str tell(struct arena *a, const char *root)
{
    own(buf) b = {0};
    struct distro d;

    if (!detect(a, root, &d))
        buf_str(&b, S("nothing\n"));
    line(&b, "id", d.id);
    line(&b, "like", d.like);
    line(&b, "title", d.title);
    line(&b, "version", d.version);
    line(&b, "release", d.release);
    line(&b, "codename", d.codename);
    line(&b, "eol", d.eol);
    line(&b, "packages", d.packages);
    line(&b, "vendor", d.vendor);
    line(&b, "ecosystem", d.ecosystem);
    return str_copy(a, buf_view(&b));
}

static void update(const char *path, struct str text)
{
    own_file f = fopen(path, "w");

    if (!f || fwrite(text.p, 1, text.n, f) != text.n)
        fail_msg("cannot write %s", path);
}

static void check_case(const char *name)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str root = str_printf(&a, CASES "/%s/root", name);
    struct str path = str_printf(&a, CASES "/%s/expect", name);
    struct str said = tell(&a, root.p), expected;

    if (getenv("UPDATE"))
        update(path.p, said);
    if (str_load(&a, path.p, BYTES_MAX, &expected, &err) < 0)
        fail_msg("%s", err.text);
    if (!str_equal(said, expected))
        fail_msg("%s\n  is\n" STR_FMT "  want\n" STR_FMT, name, STR_ARG(said),
                 STR_ARG(expected));
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static void cases(void **state)
{
    struct dirent **list;
    int n = scandir(CASES, &list, visible, alphasort);

    (void)state;
    assert_true(n > 60);
    for (int i = 0; i < n; i++) {
        check_case(list[i]->d_name);
        free(list[i]);
    }
    free(list);
}

/* One root of an archive, and the ecosystem it has. */
static void check_image(const char *shared, const char *archive, const char *ecosystem)
{
    own(arena) a = {0};
    char dir[] = "/tmp/distro_test.XXXXXX";
    struct distro d;
    struct str command, names = S("'bin/[' './bin/['"); /* what bin/busybox is a link to */
    bool found;

    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; distro_paths[i]; i++)
        names = str_printf(&a, STR_FMT " %s ./%s", STR_ARG(names), distro_paths[i],
                           distro_paths[i]);
    command = str_printf(&a, "tar -C %s -xf %s/images/%s " STR_FMT " 2>/dev/null", dir,
                         shared, archive, STR_ARG(names));
    (void)!system(command.p); /* not every file is there */
    found = detect(&a, dir, &d);
    command = str_printf(&a, "rm -rf %s", dir);
    (void)!system(command.p);
    if (!found)
        fail_msg("%s: nothing", archive);
    if (!str_equal(d.ecosystem.n ? d.ecosystem : d.id, str_of(ecosystem)))
        fail_msg("%s is " STR_FMT, archive, STR_ARG(d.ecosystem));
}

static void images(void **state)
{
    static const char *const list[][2] = {
        {"alpine/alpine-minirootfs-3.10.3-x86_64.tar.gz", "alpine:3.10"},
        {"alpine/alpine-minirootfs-3.14.10-x86_64.tar.gz", "alpine:3.14"},
        {"alpine/alpine-minirootfs-3.16.9-x86_64.tar.gz", "alpine:3.16"},
        {"alpine/alpine-minirootfs-3.20.3-x86_64.tar.gz", "alpine:3.20"},
        {"almalinux/al8-20230523-almalinux-8-docker-s390x-micro.tar.xz", "almalinux:8"},
        {"almalinux/al9-20231124-arm64v8-almalinux-9-docker-aarch64-micro.tar.xz",
         "almalinux:9"},
        {"busybox/busybox-latest-glibc-amd64.tar.gz", "busybox"},
        {"busybox/busybox-latest-musl-amd64.tar.gz", "busybox"},
        {"debian/bookworm-minbase.tar.zst", "debian:12"},
    };
    const char *shared = getenv("SHARED") ? getenv("SHARED") : "../shared";
    char where[PATH_MAX];

    (void)state;
    snprintf(where, sizeof where, "%s/images", shared);
    if (access(where, R_OK) != 0)
        skip(); /* no shared images here */
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        check_image(shared, list[i][0], list[i][1]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
        cmocka_unit_test(images),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
