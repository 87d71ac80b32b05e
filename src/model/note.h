#ifndef MODEL_NOTE_H
#define MODEL_NOTE_H

#include "base/str.h"

struct arena;
struct buf;
struct unpack;

/* What a note means for the verdict. */
enum note_level {
    NOTE_INFO,   /* worth knowing; nothing was missed */
    NOTE_UNREAD, /* something was passed over: the scan is incomplete (exit 2) */
};

/* Something a reader could not make sense of, or passed over, and where.
 * Notes reach the report, so that nobody takes an unread file for a clean one. */
struct note {
    enum note_level level;
    int layer;        /* index of the layer, -1 when it is not about one */
    struct str where; /* path in the image or root; empty when it is about the whole */
    uint64_t line;    /* or record; 0 when there is none */
    struct str what;  /* "package without a version" */
};

struct note_list {
    struct note *at;
    size_t len, cap;
};

/* Adds a note; what is printf text and is copied. */
struct note *note_add(struct arena *a, struct note_list *list, enum note_level level,
                      struct str where, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* Whether any of them is NOTE_UNREAD. */
bool notes_unread(const struct note_list *list);

/* As bytes (base/pack.h); what is unpacked points into them. */
void notes_pack(struct buf *out, const struct note_list *list);
void notes_unpack(struct arena *a, struct unpack *in, struct note_list *list);

#endif
