/* OpenWrt, Yocto and their kin: usr/lib/opkg/status or var/lib/opkg/status, paragraphs as
 * dpkg has them, of which "Status: install user installed" says what is there; a package
 * that another brought has "Auto-Installed: yes". info/NAME.list names the files, one
 * absolute path a line, since opkg 0.3.3 with mode and link target behind tabs. Of
 * info/NAME.control, the package's own paragraph, only the licence is taken, which status
 * leaves out. opkg list-installed is the reference. */
#include "base/own.h"
#include "model/files.h"
#include "model/path.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/relation.h"

static const struct want wants[] = {
    {WANT_PATH, "usr/lib/opkg/status", NULL},
    {WANT_PATH, "var/lib/opkg/status", NULL},
    {WANT_UNDER, "usr/lib/opkg/info", ".list"},
    {WANT_UNDER, "var/lib/opkg/info", ".list"},
    {WANT_UNDER, "usr/lib/opkg/info", ".control"},
    {WANT_UNDER, "var/lib/opkg/info", ".control"},
    {0},
};

static int opkg_read(struct read *in, struct err *err);

const struct reader pkg_opkg = {
    .name = "opkg",
    .title = "packages installed by opkg",
    .version = 2,
    .database = true,
    .wants = wants,
    .read = opkg_read,
};

struct record {
    struct str name, version, arch, status, maintainer, depends, provides, automatic;
    uint64_t line;
};

/* "install user installed" */
static bool is_there(struct str status)
{
    struct str head, state;

    str_cut_last(status, ' ', &head, &state);
    return str_equal(state, S("installed")) || str_equal(state, S("unpacked"));
}

static void finish(struct read *in, struct record *rec)
{
    own(buf) needs = {0}, provides = {0};
    struct record r = *rec;
    struct package *p;

    *rec = (struct record){0};
    if (!is_there(r.status))
        return;
    if (!r.name.n || !r.version.n) {
        read_note_lacks(in, r.line, r.name, r.version);
        return;
    }
    p = read_add(in, "opkg", r.name, r.version);
    p->arch = r.arch;
    p->line = r.line;
    p->vendor = r.maintainer;
    p->realm = S("opkg");
    relations_add(&needs, r.depends);
    relations_add(&provides, r.provides);
    p->needs = buf_keep(in->a, &needs);
    p->provides = buf_keep(in->a, &provides);
    p->direct = !str_equal(r.automatic, S("yes"));
}

static void take_field(struct record *rec, const struct field *f)
{
    if (!rec->line || field_is(f, S("Package")))
        rec->line = f->line;
    if (field_is(f, S("Package")))
        rec->name = f->value;
    else if (field_is(f, S("Version")))
        rec->version = f->value;
    else if (field_is(f, S("Architecture")))
        rec->arch = f->value;
    else if (field_is(f, S("Status")))
        rec->status = f->value;
    else if (field_is(f, S("Maintainer")))
        rec->maintainer = f->value;
    else if (field_is(f, S("Depends")))
        rec->depends = field_whole(f);
    else if (field_is(f, S("Provides")))
        rec->provides = field_whole(f);
    else if (field_is(f, S("Auto-Installed")))
        rec->automatic = f->value;
}

static void read_status(struct read *in)
{
    struct paragraphs text = {in->bytes, 0};
    struct record rec = {0};
    struct field f;
    int r;

    while ((r = paragraph_next(&text, &f)) != 0) {
        if (r < 0)
            read_note(in, f.line, "not a field: \"%.40s\"",
                      str_copy(in->a, str_trim(f.name)).p);
        else if (r == 2)
            finish(in, &rec);
        else
            take_field(&rec, &f);
    }
    finish(in, &rec);
    read_note_cut(in, text.line);
}

/* "/bin/busybox", "/bin/sh\t0120777\tbusybox" */
static void read_list(struct read *in)
{
    struct owned *o = arena_push(in->a, &in->owned);
    struct str rest = in->bytes, line, more;
    own(files) files = {0};

    o->name = path_base(in->path);
    o->name.n -= sizeof ".list" - 1;
    while (str_line(&rest, &line)) {
        struct package_file f = {0};

        str_cut(line, '\t', &f.path, &more);
        if (str_starts(f.path, S("/")))
            f.path = str_from(f.path, 1);
        if (f.path.n)
            files_add(&files, &f);
    }
    o->files = files_keep(in->a, &files);
}

/* "License: GPL-2.0-or-later" */
static void read_control(struct read *in)
{
    struct paragraphs text = {in->bytes, 0};
    struct str name = path_base(in->path);
    struct field f;

    name.n -= sizeof ".control" - 1;
    while (paragraph_next(&text, &f) == 1)
        if (field_is(&f, S("License")) && f.value.n)
            *arena_push(in->a, &in->owned) =
                (struct owned){.name = name, .licence = f.value};
    read_note_cut(in, text.line);
}

static int opkg_read(struct read *in, struct err *err)
{
    (void)err;
    if (str_ends(in->path, S(".control")))
        read_control(in);
    else if (str_ends(in->path, S(".list")))
        read_list(in);
    else
        read_status(in);
    return 0;
}
