/* Libraries that vcpkg installed: vcpkg/status or vcpkg_installed/vcpkg/status, paragraphs
 * as dpkg's, one a port, and one more for each of its features:
 *     Package: zlib
 *     Version: 1.3.1
 *     Port-Version: 1
 *     Depends: vcpkg-cmake
 *     Architecture: x64-linux
 *     Status: install ok installed
 * A package that is rebuilt is appended again. learn.microsoft.com/vcpkg. */
#include "base/map.h"
#include "base/own.h"
#include "model/path.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/relation.h"

static bool is_status(struct str path)
{
    return str_equal(path_base(path_dir(path)), S("vcpkg"));
}

static const struct want wants[] = {
    {WANT_NAME, "status", .only = is_status},
    {0},
};

static int vcpkg_read(struct read *in, struct err *err);

const struct reader pkg_vcpkg = {
    .name = "vcpkg",
    .title = "Libraries installed by vcpkg",
    .version = 1,
    .wants = wants,
    .read = vcpkg_read,
};

struct record {
    struct str name, version, port, arch, feature, status;
    struct buf needs;
    uint64_t line;
};

static void take_field(struct record *r, const struct field *f)
{
    if (field_is(f, S("Package")))
        r->name = f->value, r->line = f->line;
    else if (field_is(f, S("Version")))
        r->version = f->value;
    else if (field_is(f, S("Port-Version")))
        r->port = f->value;
    else if (field_is(f, S("Architecture")))
        r->arch = f->value;
    else if (field_is(f, S("Feature")))
        r->feature = f->value;
    else if (field_is(f, S("Status")))
        r->status = f->value;
    else if (field_is(f, S("Depends")))
        relations_add(&r->needs, field_whole(f));
}

/* The last word on a port counts. */
static void tell(struct read *in, struct map *seen, struct record *r)
{
    struct package *p;
    void **at;

    if (!r->name.n || r->feature.n)
        return;
    at = map_at(in->a, seen,
                str_printf(in->a, STR_FMT ":" STR_FMT, STR_ARG(r->name), STR_ARG(r->arch)));
    if (*at)
        in->packages.at[(size_t)*at - 1].type = (struct str){0};
    if (!str_ends(r->status, S(" installed")))
        return;
    if (!r->version.n) {
        read_note_lacks(in, r->line, r->name, r->version);
        return;
    }
    p = read_add(in, "vcpkg", r->name, r->version);
    *at = (void *)in->packages.len; /* its place, from 1 */
    p->line = r->line;
    p->arch = r->arch;
    p->needs = buf_keep(in->a, &r->needs);
    if (r->port.n && !str_equal(r->port, S("0")))
        p->version =
            str_printf(in->a, STR_FMT "#" STR_FMT, STR_ARG(r->version), STR_ARG(r->port));
}

static void drop_replaced(struct package_list *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].type.n)
            list->at[kept++] = list->at[i];
    list->len = kept;
}

static int vcpkg_read(struct read *in, struct err *err)
{
    struct paragraphs p = {.rest = in->bytes};
    struct record record = {0};
    struct map seen = {0};
    struct field f;
    int r;

    (void)err;
    while ((r = paragraph_next(&p, &f)) != 0) {
        if (r == 1) {
            take_field(&record, &f);
        } else if (r == 2) {
            tell(in, &seen, &record);
            record.needs.len = 0;
            record = (struct record){.needs = record.needs};
        } else {
            read_note(in, f.line, "neither a field nor part of one");
        }
    }
    buf_done(&record.needs);
    drop_replaced(&in->packages);
    read_note_cut(in, p.line);
    return 0;
}
