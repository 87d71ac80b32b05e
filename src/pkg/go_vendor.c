/* vendor/modules.txt, which `go mod vendor` leaves beside the copies it made:
 *     # golang.org/x/text v0.3.7
 *     ## explicit; go 1.17
 *     golang.org/x/text/language
 *     # example.org/old v1.0.0 => example.org/new v1.2.0
 * What go.mod asks for is marked explicit. A replacement by a folder has no version. At the
 * end replacements alone are repeated. go.dev/ref/mod#vendoring. */
#include "base/map.h"
#include "model/reader.h"

static bool is_vendor(struct str path)
{
    return str_equal(path, S("vendor/modules.txt")) ||
           str_ends(path, S("/vendor/modules.txt"));
}

static const struct want wants[] = {
    {WANT_NAME, "modules.txt", .only = is_vendor},
    {0},
};

static int go_vendor_read(struct read *in, struct err *err);

const struct reader pkg_go_vendor = {
    .name = "go_vendor",
    .title = "Go: vendor/modules.txt",
    .checked = "go list -mod=vendor",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = go_vendor_read,
};

/* "golang.org/x/text v0.3.7", or with what replaces it. False when there is no version:
 * a folder, or a replacement of all versions, which the other lines tell of, too. */
static bool cut_module(struct str text, struct str *name, struct str *version)
{
    ptrdiff_t at = str_find(text, S(" => "));

    if (at >= 0)
        text = str_from(text, (size_t)at + 4);
    return str_cut(str_trim(text), ' ', name, version) && str_starts(*version, S("v"));
}

static int go_vendor_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line, name, version;
    struct map seen = {0};
    bool fresh = false; /* the last "#" line was a package's first */
    uint64_t n = 0;
    void **at;

    (void)err;
    while (str_line(&rest, &line)) {
        n++;
        if (str_starts(line, S("## explicit")) && fresh)
            in->packages.at[in->packages.len - 1].direct = true;
        if (!str_starts(line, S("# ")))
            continue;
        fresh = cut_module(str_from(line, 2), &name, &version);
        if (!fresh)
            continue;
        at = map_at(in->a, &seen, name);
        fresh = !*at;
        *at = in;
        if (fresh)
            read_add(in, "golang", name, version)->line = n;
    }
    read_note_cut(in, n);
    return 0;
}
