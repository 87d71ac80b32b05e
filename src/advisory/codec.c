#include "advisory/codec.h"

static void pack_strings(struct buf *b, const struct str_list *list)
{
    pack_u64(b, list->len);
    for (size_t i = 0; i < list->len; i++)
        pack_str(b, list->at[i]);
}

/* Reads how many items follow and makes just that much room, since a scan reads
 * statements by the ten thousand and most lists have one item. */
#define unpack_room(a, in, list, item_min)                                                 \
    ((list)->cap = unpack_count((in), (item_min)),                                         \
     (list)->at = (list)->cap ? arena_alloc((a), (list)->cap * sizeof *(list)->at,         \
                                            _Alignof(__typeof__(*(list)->at)))             \
                              : NULL,                                                      \
     (list)->cap)

static void unpack_strings(struct arena *a, struct unpack *in, struct str_list *list)
{
    for (size_t n = unpack_room(a, in, list, 1); n > 0 && !in->bad; n--)
        *arena_push(a, list) = unpack_str(in);
}

/* ---- statements ---- */

void statement_pack(struct buf *b, const struct statement *s)
{
    pack_str(b, s->advisory);
    pack_strings(b, &s->ids);
    pack_strings(b, &s->aliases);
    pack_u64(b, s->status);
    pack_u64(b, s->severity);
    pack_str(b, s->module);
    pack_u64(b, s->ranges.len);
    for (size_t i = 0; i < s->ranges.len; i++) {
        const struct range *r = &s->ranges.at[i];

        pack_u64(b, r->semver);
        pack_u64(b, r->events.len);
        for (size_t j = 0; j < r->events.len; j++) {
            pack_u64(b, r->events.at[j].what);
            pack_str(b, r->events.at[j].version);
        }
    }
    pack_strings(b, &s->versions);
}

static unsigned unpack_enum(struct unpack *in, unsigned last)
{
    uint64_t v = unpack_u64(in);

    if (v > last)
        in->bad = true;
    return v > last ? 0 : (unsigned)v;
}

bool statement_unpack(struct arena *a, struct str bytes, struct statement *out)
{
    struct unpack in = unpack_of(bytes);

    *out = (struct statement){.advisory = unpack_str(&in)};
    unpack_strings(a, &in, &out->ids);
    unpack_strings(a, &in, &out->aliases);
    out->status = unpack_enum(&in, STATUS_NOT_AFFECTED);
    out->severity = unpack_enum(&in, SEVERITY_CRITICAL);
    out->module = unpack_str(&in);
    for (size_t n = unpack_room(a, &in, &out->ranges, 2); n > 0 && !in.bad; n--) {
        struct range *r = arena_push(a, &out->ranges);

        r->semver = unpack_u64(&in) != 0;
        for (size_t m = unpack_room(a, &in, &r->events, 2); m > 0 && !in.bad; m--) {
            struct event *e = arena_push(a, &r->events);

            e->what = unpack_enum(&in, EVENT_AFTER);
            e->version = unpack_str(&in);
        }
    }
    unpack_strings(a, &in, &out->versions);
    return !in.bad && in.at == in.end;
}

/* ---- vulnerabilities ---- */

#define VULNERABILITY_STRINGS(X)                                                           \
    X(id)                                                                                  \
    X(title)                                                                               \
    X(description)                                                                         \
    X(published)                                                                           \
    X(modified)                                                                            \
    X(withdrawn)                                                                           \
    X(kev_added)                                                                           \
    X(kev_due)

void vulnerability_pack(struct buf *b, const struct vulnerability *v)
{
#define X(field) pack_str(b, v->field);
    VULNERABILITY_STRINGS(X)
#undef X
    pack_u64(b, v->kev_ransomware);
    pack_strings(b, &v->aliases);
    pack_strings(b, &v->cwes);
    pack_u64(b, v->scores.len);
    for (size_t i = 0; i < v->scores.len; i++) {
        pack_str(b, v->scores.at[i].vector);
        pack_str(b, v->scores.at[i].by);
    }
    pack_u64(b, v->links.len);
    for (size_t i = 0; i < v->links.len; i++) {
        pack_str(b, v->links.at[i].kind);
        pack_str(b, v->links.at[i].url);
    }
}

bool vulnerability_unpack(struct arena *a, struct str bytes, struct vulnerability *out)
{
    struct unpack in = unpack_of(bytes);

    *out = (struct vulnerability){0};
#define X(field) out->field = unpack_str(&in);
    VULNERABILITY_STRINGS(X)
#undef X
    out->kev_ransomware = unpack_u64(&in) != 0;
    unpack_strings(a, &in, &out->aliases);
    unpack_strings(a, &in, &out->cwes);
    for (size_t n = unpack_room(a, &in, &out->scores, 2); n > 0 && !in.bad; n--) {
        struct score *s = arena_push(a, &out->scores);

        s->vector = unpack_str(&in);
        s->by = unpack_str(&in);
    }
    for (size_t n = unpack_room(a, &in, &out->links, 2); n > 0 && !in.bad; n--) {
        struct link *l = arena_push(a, &out->links);

        l->kind = unpack_str(&in);
        l->url = unpack_str(&in);
    }
    return !in.bad && in.at == in.end;
}

/* ---- joining what several sources say ---- */

static void fold_strings(struct arena *a, struct str_list *to, const struct str_list *from)
{
    for (size_t i = 0; i < from->len; i++) {
        bool there = false;

        for (size_t j = 0; j < to->len && !there; j++)
            there = str_equal(to->at[j], from->at[i]);
        if (!there)
            *arena_push(a, to) = from->at[i];
    }
}

/* The longer text; of two as long, the first in byte order. */
static void fold_text(struct str *to, struct str from)
{
    if (from.n > to->n || (from.n == to->n && str_compare(from, *to) < 0))
        *to = from;
}

static void fold_date(struct str *to, struct str from, bool earlier)
{
    if (!to->n || (from.n && (str_compare(from, *to) < 0) == earlier))
        *to = from;
}

static void fold_scores(struct arena *a, struct vulnerability *v,
                        const struct vulnerability *more)
{
    for (size_t i = 0; i < more->scores.len; i++) {
        bool there = false;

        for (size_t j = 0; j < v->scores.len && !there; j++)
            there = str_equal(v->scores.at[j].vector, more->scores.at[i].vector);
        if (!there)
            *arena_push(a, &v->scores) = more->scores.at[i];
    }
}

static void fold_links(struct arena *a, struct vulnerability *v,
                       const struct vulnerability *more)
{
    for (size_t i = 0; i < more->links.len; i++) {
        bool there = false;

        for (size_t j = 0; j < v->links.len && !there; j++)
            there = str_equal(v->links.at[j].url, more->links.at[i].url);
        if (!there)
            *arena_push(a, &v->links) = more->links.at[i];
    }
}

void vulnerability_fold(struct arena *a, struct vulnerability *v,
                        const struct vulnerability *more)
{
    fold_text(&v->title, more->title);
    fold_text(&v->description, more->description);
    fold_date(&v->published, more->published, true);
    fold_date(&v->modified, more->modified, false);
    fold_date(&v->kev_added, more->kev_added, true);
    fold_date(&v->kev_due, more->kev_due, true);
    v->kev_ransomware |= more->kev_ransomware;
    if (v->withdrawn.n && more->withdrawn.n)
        fold_date(&v->withdrawn, more->withdrawn, false);
    else
        v->withdrawn = (struct str){0}; /* somebody still stands by it */
    fold_strings(a, &v->aliases, &more->aliases);
    fold_strings(a, &v->cwes, &more->cwes);
    fold_scores(a, v, more);
    fold_links(a, v, more);
}
