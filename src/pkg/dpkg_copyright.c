/* The licence of a Debian package, which its database does not have: it is in
 * usr/share/doc/NAME/copyright, on images without dpkg (distroless, Chisel), too. Where
 * that folder or file is a link to another's, so is the licence (scan/settle_licences.c).
 *
 * One that begins with "Format: https://www.debian.org/doc/packaging-manuals/
 * copyright-format/1.0/", or is of a draft of that, DEP-5, is made of paragraphs:
 *
 *     Files: src/getopt.c
 *     License: GPL-2+ or Artistic, and Expat
 *
 * and of such that only have the text of a licence. Any other is prose, of which no more is
 * taken than where it says "/usr/share/common-licenses/GPL-2", and whether "any later
 * version" stands before it. python3-debian, debian.copyright, is the reference. */
#include "base/own.h"
#include "model/path.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/short_names.h"

#include <string.h>

static const struct want wants[] = {
    {WANT_IN, "usr/share/doc", "copyright"},
    {0},
};

static int dpkg_copyright_read(struct read *in, struct err *err);

const struct reader pkg_dpkg_copyright = {
    .name = "dpkg_copyright",
    .title = "licences of Debian packages",
    .checked = "python3-debian",
    .version = 1,
    .database = true,
    .wants = wants,
    .read = dpkg_copyright_read,
};

struct copyright {
    struct read *in;
    struct short_names names;
    struct str whole; /* what the first paragraph says of all */
};

/* ---- paragraphs ----
 *
 * People write them, and the text of a licence is not always shifted as it should be: a
 * line that is no field is a piece of that, and no broken record. */

struct part {
    bool files, has_licence;
    struct str licence;
};

static void take_part(struct copyright *c, const struct part *p, bool first)
{
    if (!p->has_licence)
        return;
    if (p->files)
        short_names_add(c->in->a, &c->names, p->licence);
    else if (first)
        c->whole = p->licence;
    else
        short_names_add_alone(c->in->a, &c->names, p->licence);
}

static void take_field(struct part *p, const struct field *f)
{
    if (field_is(f, S("License"))) {
        p->licence = f->value;
        p->has_licence = true;
    } else if (field_is(f, S("Files"))) {
        p->files = true;
    }
}

static void read_parts(struct copyright *c)
{
    struct paragraphs text = {c->in->bytes, 0};
    struct part part = {0};
    struct field f;
    bool first = true, any = false;
    int r;

    while ((r = paragraph_next(&text, &f)) != 0) {
        if (r == 2) {
            take_part(c, &part, first);
            first &= !any;
            part = (struct part){0};
        } else if (r == 1) {
            take_field(&part, &f);
            any = true;
        }
    }
    take_part(c, &part, first);
    if (!c->names.pieces.len && !c->names.alone.len && c->whole.n)
        short_names_add(c->in->a, &c->names, c->whole);
}

/* "Format:", and of the first drafts "Format-Specification:", with an address in it */
static bool has_parts(struct str text)
{
    static const char *const formats[] = {"copyright-format", "dep5", "CopyrightFormat"};
    struct paragraphs head = {text, 0};
    struct field f;
    int r;

    while ((r = paragraph_next(&head, &f)) == 1)
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
            if ((field_is(&f, S("Format")) || field_is(&f, S("Format-Specification"))) &&
                str_find(field_whole(&f), str_of(formats[i])) >= 0)
                return true;
    return false;
}

/* ---- prose ---- */

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.' || c == '+';
}

/* "GPL-2" of "GPL-2'." */
static struct str name_at(struct str text)
{
    struct str name = {text.p, 0};

    while (name.n < text.n && is_of_name(text.p[name.n]))
        name.n++;
    while (str_ends(name, S(".")) || str_ends(name, S("-")))
        name.n--;
    return name;
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* In time of the gap alone: what stands there may be asked about again and again. */
static bool ends_in(struct str text, struct str word)
{
    while (text.n && is_gap(text.p[text.n - 1]))
        text.n--;
    return str_ends(text, word);
}

static bool begins_with(struct str text, struct str word)
{
    while (text.n && is_gap(*text.p))
        text = str_from(text, 1);
    return str_starts(text, word);
}

/* "either version 2, or (at your option) any later version", "GPL v2 or later" */
static bool says_later(struct str text)
{
    ptrdiff_t at;

    while ((at = str_find(text, S("later"))) >= 0) {
        struct str before = {text.p, (size_t)at}, behind = str_from(text, (size_t)at + 5);

        if (begins_with(behind, S("version")) || ends_in(before, S("any")) ||
            ends_in(before, S("or")))
            return true;
        text = behind;
    }
    return false;
}

/* A licence of GNU's with its number: of others there is no "or later". */
static bool has_later(struct str name)
{
    return (str_starts(name, S("GPL-")) || str_starts(name, S("LGPL-")) ||
            str_starts(name, S("GFDL-"))) &&
           name.p[name.n - 1] >= '0' && name.p[name.n - 1] <= '9';
}

static void read_prose(struct copyright *c)
{
    static const struct str folder = S("/common-licenses/");
    struct str rest = c->in->bytes;
    ptrdiff_t at;

    while ((at = str_find(rest, folder)) >= 0) {
        struct str before = {rest.p, (size_t)at};
        struct str name = name_at(str_from(rest, (size_t)at + folder.n));

        rest = str_from(rest, (size_t)at + folder.n + name.n);
        if (has_later(name) && says_later(before))
            name = str_printf(c->in->a, STR_FMT "+", STR_ARG(name));
        if (str_equal(name, S("BSD"))) /* that of the University of California */
            name = S("BSD-3-clause");
        if (name.n)
            short_names_add(c->in->a, &c->names, name);
    }
}

/* ---- the whole ---- */

static void tell_doubts(struct read *in, bool parts, bool whole)
{
    if (!whole)
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "more licences than are told of a package");
    if (parts && !str_ends(in->bytes, S("\n")))
        note_add(in->a, &in->notes, NOTE_INFO, in->path,
                 "no newline at its end: it may have been cut off");
}

static int dpkg_copyright_read(struct read *in, struct err *err)
{
    struct copyright c = {.in = in};
    bool parts = has_parts(in->bytes), whole;
    struct str licence;

    (void)err;
    if (parts)
        read_parts(&c);
    else
        read_prose(&c);
    whole = short_names_join(in->a, &c.names, &licence);
    tell_doubts(in, parts, whole);
    if (licence.n)
        arena_push(in->a, &in->owned)->licence = licence;
    return 0;
}
