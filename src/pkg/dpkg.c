/* Debian and its kin: /var/lib/dpkg/status, paragraphs as deb-control(5) has
 * them. Distroless images have one small file a package in status.d instead,
 * and its list of files beside it as NAME.md5sums. info/NAME[:ARCH].list names
 * the files a package owns, info/NAME[:ARCH].md5sums their digests.
 * dpkg-query is the reference. */
#include "base/own.h"
#include "model/files.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/relation.h"

static const struct want wants[] = {
    {WANT_PATH, "var/lib/dpkg/status", NULL},
    {WANT_UNDER, "var/lib/dpkg/status.d", ""},
    {WANT_UNDER, "var/lib/dpkg/info", ".list"},
    {WANT_UNDER, "var/lib/dpkg/info", ".md5sums"},
    {0},
};

static int dpkg_read(struct read *in, struct err *err);

const struct reader pkg_dpkg = {
    .name = "dpkg",
    .title = "Debian installed packages",
    .checked = "dpkg-query",
    .version = 3,
    .database = true,
    .wants = wants,
    .read = dpkg_read,
};

struct record {
    struct str name, version, arch, source, maintainer, status, conffiles;
    struct str pre_depends, depends, provides;
    uint64_t line;
};

/* "glibc (2.36-9)", or just "glibc" when the versions are the same */
static void take_source(struct package *p, struct str value)
{
    struct str tail;

    if (!str_cut(value, ' ', &p->source, &tail))
        return;
    tail = str_trim(tail);
    if (str_starts(tail, S("(")) && str_ends(tail, S(")")))
        p->source_version = (struct str){tail.p + 1, tail.n - 2};
}

/* "install ok installed": what is wanted, an error mark, what is. A package
 * whose files are on the disk counts, even when its set-up never finished. */
static bool is_there(struct str status)
{
    static const char *const there[] = {"installed", "unpacked", "half-configured",
                                        "triggers-awaited", "triggers-pending"};
    struct str head, state;

    str_cut_last(status, ' ', &head, &state);
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        if (str_equal(state, str_of(there[i])))
            return true;
    return false;
}

static struct str without_slash(struct str path)
{
    return str_starts(path, S("/")) ? str_from(path, 1) : path;
}

/* A line each: " /etc/issue 0e8eb3f2d2a8a9f2e6bbac4a9d6ec4b1 obsolete" */
static struct str conffiles(struct arena *a, struct str lines)
{
    struct str line, mark;
    own(files) files = {0};

    while (str_line(&lines, &line)) {
        struct package_file f = {.algorithm = S("md5"), .config = true};

        str_cut(str_trim(line), ' ', &f.path, &f.digest);
        str_cut(f.digest, ' ', &f.digest, &mark);
        f.path = without_slash(f.path);
        if (f.path.n && f.digest.n == 32)
            files_add(&files, &f);
    }
    return files_keep(a, &files);
}

static void take_relations(struct arena *a, struct package *p, const struct record *r)
{
    own(buf) needs = {0}, provides = {0};

    relations_add(&needs, r->pre_depends);
    relations_add(&needs, r->depends);
    relations_add(&provides, r->provides);
    p->realm = S("deb");
    p->needs = buf_keep(a, &needs);
    p->provides = buf_keep(a, &provides);
}

static void finish(struct read *in, struct record *rec, bool one_file)
{
    struct record r = *rec;
    struct package *p;

    *rec = (struct record){0};
    if (!r.name.n && !r.version.n && !r.status.n)
        return;
    if (!one_file && !is_there(r.status))
        return;
    if (!r.name.n || !r.version.n) {
        read_note_lacks(in, r.line, r.name, r.version);
        return;
    }
    p = read_add(in, "deb", r.name, r.version);
    p->arch = r.arch;
    p->line = r.line;
    p->vendor = r.maintainer;
    take_source(p, r.source);
    take_relations(in->a, p, &r);
    p->files = conffiles(in->a, r.conffiles);
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
    else if (field_is(f, S("Source")))
        rec->source = f->value;
    else if (field_is(f, S("Maintainer")))
        rec->maintainer = f->value;
    else if (field_is(f, S("Conffiles")))
        rec->conffiles = f->more;
    else if (field_is(f, S("Pre-Depends")))
        rec->pre_depends = field_whole(f);
    else if (field_is(f, S("Depends")))
        rec->depends = field_whole(f);
    else if (field_is(f, S("Provides")))
        rec->provides = field_whole(f);
}

static void read_status(struct read *in, bool one_file)
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
            finish(in, &rec, one_file);
        else
            take_field(&rec, &f);
    }
    finish(in, &rec, one_file);
    if (!one_file)
        read_note_cut(in, text.line);
}

/* ---- which files a package owns ---- */

/* info/libc6:amd64.list -> libc6, amd64 */
static void owner_of(struct str path, struct str suffix, struct owned *out)
{
    struct str dir, base, name;

    str_cut_last(path, '/', &dir, &base);
    base.n -= suffix.n;
    str_cut(base, ':', &name, &out->arch);
    out->name = name;
}

/* One absolute path a line; folders are listed too, "/." is the root. */
static void read_list(struct read *in)
{
    struct owned *o = arena_push(in->a, &in->owned);
    struct str rest = in->bytes, line;
    own(files) files = {0};

    owner_of(in->path, S(".list"), o);
    while (str_line(&rest, &line)) {
        struct package_file f = {.path = without_slash(line)};

        if (f.path.n && !str_equal(f.path, S(".")))
            files_add(&files, &f);
    }
    o->files = files_keep(in->a, &files);
}

/* "d41d8cd98f00b204e9800998ecf8427e  usr/share/doc/x": 32 hex digits, two
 * blanks, a path. */
static void read_md5sums(struct read *in)
{
    struct owned *o = arena_push(in->a, &in->owned);
    struct str rest = in->bytes, line;
    own(files) files = {.unhashed = str_find(in->path, S("info/")) >= 0}; /* in NAME.list */
    uint64_t n = 0;

    owner_of(in->path, S(".md5sums"), o);
    while (str_line(&rest, &line)) {
        struct package_file f = {.algorithm = S("md5")};

        n++;
        if (!str_cut(line, ' ', &f.digest, &f.path) || f.digest.n != 32) {
            if (str_trim(line).n)
                read_note(in, n, "not a digest and a path");
            continue;
        }
        f.path = without_slash(str_trim(f.path));
        files_add(&files, &f);
    }
    o->files = files_keep(in->a, &files);
}

static int dpkg_read(struct read *in, struct err *err)
{
    (void)err;
    if (str_ends(in->path, S(".md5sums")))
        read_md5sums(in);
    else if (str_ends(in->path, S(".list")))
        read_list(in);
    else
        read_status(in, str_find(in->path, S("status.d/")) >= 0);
    return 0;
}
