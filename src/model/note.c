#include "model/note.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/pack.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

struct note *note_add(struct arena *a, struct note_list *list, enum note_level level,
                      struct str where, const char *fmt, ...)
{
    struct note *note = arena_push(a, list);
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *note = (struct note){
        .level = level,
        .layer = -1,
        .where = str_copy(a, where),
        .what = str_copy(a, str_of(text)),
    };
    return note;
}

bool notes_unread(const struct note_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].level == NOTE_UNREAD)
            return true;
    return false;
}

void notes_pack(struct buf *out, const struct note_list *list)
{
    pack_u64(out, list->len);
    for (size_t i = 0; i < list->len; i++) {
        const struct note *n = &list->at[i];

        pack_u64(out, n->level);
        pack_u64(out, (uint64_t)(n->layer + 1));
        pack_str(out, n->where);
        pack_u64(out, n->line);
        pack_str(out, n->what);
    }
}

void notes_unpack(struct arena *a, struct unpack *in, struct note_list *list)
{
    for (size_t n = unpack_count(in, 5); n > 0 && !in->bad; n--) {
        struct note *note = arena_push(a, list);
        uint64_t layer;

        note->level = unpack_u64(in) == NOTE_INFO ? NOTE_INFO : NOTE_UNREAD;
        layer = unpack_u64(in);
        note->layer = layer <= INT_MAX ? (int)layer - 1 : -1;
        note->where = unpack_str(in);
        note->line = unpack_u64(in);
        note->what = unpack_str(in);
    }
}
