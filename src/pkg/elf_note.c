/* Which package of a distribution a program comes from, as its build left it in an ELF note
 * of owner "FDO" and type 0xcafe1a7e, section .note.package:
 *
 *     {"type":"deb","os":"debian","name":"coreutils","version":"9.4-3.1",
 *      "architecture":"amd64","osCpe":"cpe:/o:debian:debian_linux:13"}
 *
 * https://systemd.io/ELF_PACKAGE_METADATA/; `systemd-analyze inspect-elf` is the reference.
 * It tells of programs that were taken out of their package, too. */
#include "base/err.h"
#include "base/own.h"
#include "io/elf.h"
#include "io/json.h"
#include "model/reader.h"

#include <string.h>

enum { PACKAGE_NOTE = 0xcafe1a7e, TEXT_MAX = 64 << 10 };

static const struct want wants[] = {
    {WANT_MAGIC,
     "\x7f"
     "ELF",
     NULL},
    {0},
};

static int elf_note_read(struct read *in, struct err *err);

const struct reader pkg_elf_note = {
    .name = "elf_note",
    .title = "Programs that name their package",
    .version = 1,
    .wants = wants,
    .read = elf_note_read,
};

/* The text of the first such note; what pads it is zeros. */
static bool text_in(const struct elf *e, struct str notes, uint64_t align, struct str *text)
{
    struct elf_note note;

    while (elf_note_next(e, align, &notes, &note))
        if (note.type == PACKAGE_NOTE && str_equal(note.owner, S("FDO"))) {
            *text = note.bytes;
            text->n = strnlen(str_chars(*text), text->n);
            return true;
        }
    return false;
}

static bool find_text(const struct elf *e, struct str *text)
{
    struct elf_section section;
    struct elf_segment segment;

    if (elf_find(e, S(".note.package"), &section))
        return text_in(e, section.bytes, section.align, text);
    for (uint64_t i = 0; !e->sections && i < e->segments; i++) {
        elf_segment(e, i, &segment);
        if (segment.type == ELF_NOTES && text_in(e, segment.bytes, segment.align, text))
            return true;
    }
    return false;
}

/* A type that is none of package URLs' would be an error of every report. */
static const char *type_of(struct str type)
{
    static const char *const types[] = {"deb", "rpm", "apk", "alpm", "opkg", "ebuild"};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal(type, str_of(types[i])))
            return types[i];
    return "generic";
}

static struct str text_of(struct read *in, struct json v, struct str key)
{
    return str_copy(in->a, json_get_str(v, key));
}

static void add_package(struct read *in, struct json v)
{
    struct str name = text_of(in, v, S("name")), version = text_of(in, v, S("version"));
    struct package *p;

    if (!name.n || !version.n) {
        read_note_lacks(in, 0, name, version);
        return;
    }
    p = read_add(in, type_of(json_get_str(v, S("type"))), name, version);
    p->arch = text_of(in, v, S("architecture"));
    p->vendor = text_of(in, v, S("os"));
    p->realm = S("elf");
}

static int elf_note_read(struct read *in, struct err *err)
{
    own_json doc = NULL;
    struct elf e;
    struct str text;
    struct json root;
    struct err unused;

    if (elf_open(&e, in->bytes, &unused) < 0 || !find_text(&e, &text))
        return 0;
    if (text.n > TEXT_MAX)
        return err_set(err, ERR_LIMIT, "its note about a package is of %zu bytes", text.n);
    doc = json_doc_new();
    if (json_parse(doc, text, &root, err) < 0)
        return err_wrap(err, "its note about a package");
    add_package(in, root);
    return 0;
}
