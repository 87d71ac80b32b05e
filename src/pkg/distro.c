/* The files that tell which distribution a root is: kept as they are, since
 * only all of them together tell (model/distro.h). */
#include "model/reader.h"

static const struct want wants[] = {
#define PATH(path) {WANT_PATH, path, NULL},
#include "model/distro_paths.def"
#undef PATH
    {0},
};

enum { KEPT_MAX = 64 * 1024 };

/* Of a busybox program only its own "BusyBox v1.36.1" is kept. */
static struct str busybox_banner(struct str program)
{
    ptrdiff_t at = str_find(program, S("BusyBox v"));
    struct str banner = at < 0 ? (struct str){0} : str_from(program, (size_t)at);
    size_t n = 9;

    while (n < banner.n && n < 32 &&
           (banner.p[n] == '.' || (banner.p[n] >= '0' && banner.p[n] <= '9')))
        n++;
    return (struct str){banner.p, banner.n < n ? 0 : n};
}

static int distro_read(struct read *in, struct err *err)
{
    (void)err;
    if (str_ends(in->path, S("bin/busybox")))
        in->bytes = busybox_banner(in->bytes);
    if (in->bytes.n > KEPT_MAX) {
        read_note(in, 0, "only the first %d KiB were read", KEPT_MAX / 1024);
        in->bytes.n = KEPT_MAX;
    }
    in->keep = true;
    return 0;
}

const struct reader pkg_distro = {
    .name = "distro",
    .title = "which distribution it is",
    .checked = "the files of the distributions themselves",
    .version = 1,
    .wants = wants,
    .read = distro_read,
};
