#include "model/note.h"

#include "base/arena.h"
#include "base/buf.h"

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
