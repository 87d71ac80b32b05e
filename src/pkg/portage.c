/* Gentoo and its kin: var/db/pkg/CATEGORY/NAME-VERSION/, a small file a fact. The folder
 * says what is installed, and CONTENTS in it what belongs to that:
 *
 *     var/db/pkg/dev-libs/openssl-3.0.13-r2/CONTENTS
 *
 *     dir /usr/bin
 *     obj /usr/bin/openssl d41d8cd98f00b204e9800998ecf8427e 1709500000
 *     sym /usr/lib64/libssl.so -> libssl.so.3 1709500000
 *
 * A path may hold blanks; of a virtual package the file is empty. Licence and
 * dependencies are in further files, which a reader does not see together. Where name
 * and version part is in the Package Manager Specification, 3.1.2 and 3.2; qlist -I is
 * the reference. */
#include "base/own.h"
#include "model/files.h"
#include "model/path.h"
#include "model/reader.h"

static bool is_installed(struct str path);

static const struct want wants[] = {
    {WANT_NAME, "CONTENTS", .only = is_installed},
    {0},
};

static int portage_read(struct read *in, struct err *err);

const struct reader pkg_portage = {
    .name = "portage",
    .title = "packages installed by Portage",
    .version = 1,
    .database = true,
    .wants = wants,
    .read = portage_read,
};

static bool is_installed(struct str path)
{
    return str_equal(path_dir(path_dir(path_dir(path))), S("var/db/pkg"));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* r2 */
static bool is_revision(struct str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return s.n > 1 && s.p[0] == 'r';
}

/* "openssl-3.0.13-r2": openssl, 3.0.13-r2. False when there is no version in it. */
static bool split(struct str pf, struct str *name, struct str *version)
{
    struct str head, last;

    if (!str_cut_last(pf, '-', &head, &last))
        return false;
    if (is_revision(last) && !str_cut_last(head, '-', &head, &last))
        return false;
    *name = head;
    *version = str_from(pf, head.n + 1);
    return head.n && last.n && is_digit(*last.p);
}

/* "/usr/lib64/libssl.so -> libssl.so.3 1709500000", "/usr/bin/a b <md5> 1709500000" */
static void take_entry(struct files *out, struct str kind, struct str rest)
{
    struct package_file f = {0};
    ptrdiff_t arrow = str_find(rest, S(" -> "));
    struct str time;

    f.path = rest;
    if (str_equal(kind, S("obj"))) {
        str_cut_last(rest, ' ', &rest, &time);
        str_cut_last(rest, ' ', &f.path, &f.digest);
        f.algorithm = S("md5");
    } else if (str_equal(kind, S("sym")) && arrow >= 0) {
        f.path = (struct str){rest.p, (size_t)arrow};
    }
    while (str_starts(f.path, S("/")))
        f.path = str_from(f.path, 1);
    if (f.path.n)
        files_add(out, &f);
}

static struct str read_contents(struct read *in)
{
    struct str rest = in->bytes, line, kind, more;
    own(files) files = {0};
    uint64_t n = 0;

    while (str_line(&rest, &line)) {
        n++;
        if (str_cut(line, ' ', &kind, &more))
            take_entry(&files, kind, more);
        else
            read_note(in, n, "not a kind and a path: \"%.40s\"", str_copy(in->a, line).p);
    }
    read_note_cut(in, n);
    return files_keep(in->a, &files);
}

static int portage_read(struct read *in, struct err *err)
{
    struct str dir = path_dir(in->path), name, version;
    struct package *p;

    (void)err;
    if (!split(path_base(dir), &name, &version)) {
        read_note(in, 0, "its folder is not called after a name and a version");
        return 0;
    }
    p = read_add(in, "ebuild", name, version);
    p->group = path_base(path_dir(dir));
    p->realm = S("ebuild");
    p->files = read_contents(in);
    return 0;
}
