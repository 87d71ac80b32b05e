#include "model/reader.h"

#include "model/path.h"

#include <stdarg.h>
#include <stdio.h>

enum { NOTES_MAX = 100 }; /* of one file */

static bool fits(const struct want *w, struct str path)
{
    struct str dir, base;

    str_cut_last(path, '/', &dir, &base);
    switch (w->how) {
    case WANT_PATH:
        return str_equal(path, str_of(w->path));
    case WANT_UNDER:
        return str_equal(dir, str_of(w->path)) && str_ends(base, str_of(w->suffix));
    case WANT_IN:
        return str_equal(path_dir(dir), str_of(w->path)) &&
               str_equal(base, str_of(w->suffix));
    case WANT_NAME:
        return str_equal(base, str_of(w->path));
    case WANT_TAIL:
        return str_ends(base, str_of(w->path));
    case WANT_MAGIC:
    case WANT_FOLDER:
    case WANT_END:
        break;
    }
    return false;
}

bool reader_wants(const struct reader *r, struct str path)
{
    for (const struct want *w = r->wants; w->how != WANT_END; w++)
        if (fits(w, path) && (!w->only || w->only(path)))
            return true;
    return false;
}

struct package *read_add(struct read *in, const char *type, struct str name,
                         struct str version)
{
    struct package *p = arena_push(in->a, &in->packages);

    p->type = str_of(type);
    p->name = name;
    p->version = version;
    p->path = in->path;
    p->layer = -1;
    return p;
}

void read_note(struct read *in, uint64_t line, const char *fmt, ...)
{
    char text[256];
    va_list ap;

    if (in->notes.len > NOTES_MAX)
        return;
    if (in->notes.len == NOTES_MAX) {
        note_add(in->a, &in->notes, NOTE_UNREAD, in->path, "and more of this kind")->line =
            line;
        return;
    }

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    note_add(in->a, &in->notes, NOTE_UNREAD, in->path, "%s", text)->line = line;
}

void read_note_lacks(struct read *in, uint64_t line, struct str name, struct str version)
{
    if (!name.n && !version.n)
        read_note(in, line, "package without a name");
    else
        read_note(in, line, "package " STR_FMT " without a %s",
                  STR_ARG(name.n ? name : version), name.n ? "version" : "name");
}

void read_note_cut(struct read *in, uint64_t line)
{
    if (in->bytes.n && !str_ends(in->bytes, S("\n")))
        read_note(in, line, "no newline at its end: it may have been cut off");
}
