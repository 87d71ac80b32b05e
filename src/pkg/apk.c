/* Alpine and its kin: /lib/apk/db/installed, paragraphs of "K:value" lines with
 * an empty line after each. P name, V version, A architecture, o origin (the
 * source package, which secdb speaks of), L licence, m maintainer, D what it needs, p
 * what it provides besides its name. F opens a
 * folder, R names a file in it, Z its checksum: "Q1" and base64 of its SHA-1,
 * "Q2" and base64 of its SHA-256. apk info is the reference. */
#include "base/own.h"
#include "model/files.h"
#include "model/graph.h"
#include "model/reader.h"
#include "pkg/capability.h"

#include <string.h>

static const struct want wants[] = {
    {WANT_PATH, "lib/apk/db/installed", NULL},
    {WANT_PATH, "usr/lib/apk/db/installed", NULL},
    {0},
};

static int apk_read(struct read *in, struct err *err);

const struct reader pkg_apk = {
    .name = "apk",
    .title = "Alpine installed packages",
    .checked = "apk info",
    .version = 3,
    .database = true,
    .wants = wants,
    .read = apk_read,
};

struct record {
    struct str name, version, arch, origin, licence, maintainer, needs, provides;
    struct str dir;
    struct package_file file; /* the one whose checksum may follow */
    struct files files;
    uint64_t line;
};

static void record_done(struct record *rec)
{
    files_done(&rec->files);
}

static int base64_value(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* "Q1...": base64 to the hex that other databases use; empty when it is not. */
static struct str hex_of(struct arena *a, struct str base64)
{
    own(buf) hex = {0};
    unsigned bits = 0, have = 0;

    for (size_t i = 0; i < base64.n && base64.p[i] != '='; i++) {
        int v = base64_value(base64.p[i]);

        if (v < 0)
            return (struct str){0};
        bits = bits << 6 | (unsigned)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_printf(&hex, "%02x", bits >> have & 0xff);
        }
    }
    return buf_keep(a, &hex);
}

static void take_checksum(struct read *in, struct record *rec, struct str value)
{
    if (str_starts(value, S("Q1")))
        rec->file.algorithm = S("sha1");
    else if (str_starts(value, S("Q2")))
        rec->file.algorithm = S("sha256");
    else
        return;
    rec->file.digest = hex_of(in->a, str_from(value, 2));
}

static void finish_file(struct record *rec)
{
    if (rec->file.path.n)
        files_add(&rec->files, &rec->file);
    rec->file = (struct package_file){0};
}

/* "so:libcrypto.so.3>=3.1 busybox !uclibc-utils /bin/sh": the names of those that are to
 * be there. */
static struct str names(struct arena *a, struct str list)
{
    own(buf) out = {0};
    struct str one;

    while (list.n) {
        str_cut(list, ' ', &one, &list);
        for (size_t i = 0; i < one.n; i++)
            if (strchr("<>=~", one.p[i]))
                one.n = i;
        if (one.n && !str_starts(one, S("!")))
            needs_add(&out, one);
    }
    return buf_keep(a, &out);
}

static void finish(struct read *in, struct record *rec)
{
    finish_file(rec);
    if (rec->name.n && rec->version.n) {
        struct package *p = read_add(in, "apk", rec->name, rec->version);

        p->arch = rec->arch;
        p->source = str_equal(rec->origin, rec->name) ? (struct str){0} : rec->origin;
        p->licence = rec->licence;
        p->vendor = rec->maintainer;
        p->needs = names(in->a, rec->needs);
        p->provides = names(in->a, rec->provides);
        p->line = rec->line;
        p->files = files_keep(in->a, &rec->files);
    } else if (rec->line) {
        read_note_lacks(in, rec->line, rec->name, rec->version);
    }
    files_done(&rec->files);
    *rec = (struct record){0};
}

static void take_field(struct read *in, struct record *rec, char key, struct str value)
{
    switch (key) {
    case 'P':
        rec->name = value;
        break;
    case 'V':
        rec->version = value;
        break;
    case 'A':
        rec->arch = value;
        break;
    case 'o':
        rec->origin = value;
        break;
    case 'L':
        rec->licence = value;
        break;
    case 'm':
        rec->maintainer = value;
        break;
    case 'D':
        rec->needs = value;
        break;
    case 'p':
        rec->provides = value;
        break;
    case 'F':
        finish_file(rec);
        rec->dir = value;
        break;
    case 'R':
        finish_file(rec);
        rec->file.path = rec->dir.n ? str_printf(in->a, STR_FMT "/" STR_FMT,
                                                 STR_ARG(rec->dir), STR_ARG(value))
                                    : value;
        break;
    case 'Z':
        take_checksum(in, rec, value);
        break;
    default:
        break; /* many more, none of them needed */
    }
}

static int apk_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line;
    own(record) rec = {0};
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line)) {
        n++;
        if (line.n == 0) {
            finish(in, &rec);
            continue;
        }
        if (line.n < 2 || line.p[1] != ':') {
            read_note(in, n, "not a field: \"%.40s\"", str_copy(in->a, line).p);
            continue;
        }
        if (!rec.line)
            rec.line = n;
        take_field(in, &rec, line.p[0], str_from(line, 2));
    }
    finish(in, &rec);
    capabilities_settle(in, S("apk"));
    read_note_cut(in, n);
    return 0;
}
