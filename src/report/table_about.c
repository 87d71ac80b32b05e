/* What was looked at: the head and the end of the table. */
#include "report/table.h"

#include "io/text.h"

#include <inttypes.h>
#include <time.h>

void table_colour(struct table *t, const char *code)
{
    if (t->style->colour)
        buf_printf(t->out, "\x1b[%sm", code);
}

void table_plain(struct table *t)
{
    table_colour(t, "0");
}

/* Said as a warning once it is past. */
static void put_eol(struct table *t, struct str eol)
{
    time_t now = time(NULL);
    char today[16] = "";
    struct tm tm;
    bool past;

    if (gmtime_r(&now, &tm))
        strftime(today, sizeof today, "%Y-%m-%d", &tm);
    past = str_compare(eol, str_of(today)) < 0;
    buf_str(t->out, S(", "));
    if (past)
        table_colour(t, "33");
    buf_str(t->out, past ? S("no security support since ") : S("security support until "));
    text_put(t->out, eol, 0);
    if (past)
        table_plain(t);
}

void table_put_target(struct table *t)
{
    const struct result *r = t->r;
    const struct distro *d = &r->distro;

    table_colour(t, "1");
    text_put(t->out, r->target, 0);
    table_plain(t);
    if (r->name.n) {
        buf_str(t->out, S("  "));
        text_put(t->out, r->name, 0);
    }
    if (r->platform.n) {
        buf_str(t->out, S("  "));
        text_put(t->out, r->platform, 0);
    }
    buf_char(t->out, '\n');
    if (d->id.n) {
        text_put(t->out, d->title.n ? d->title : d->id, 0);
        if (d->eol.n)
            put_eol(t, d->eol);
    } else {
        buf_str(t->out, S("unknown distribution"));
    }
    buf_printf(t->out, ", %zu package%s, %zu layer%s\n", r->packages.len,
               r->packages.len == 1 ? "" : "s", r->layers.len,
               r->layers.len == 1 ? "" : "s");
}

static void put_note(struct table *t, const struct note *n)
{
    const bool unread = n->level == NOTE_UNREAD;

    table_colour(t, unread ? "33" : "2");
    buf_str(t->out, unread ? S("Not read: ") : S("Note: "));
    if (n->layer >= 0 && t->r->layers.len) {
        struct str digest = (size_t)n->layer < t->r->layers.len
                                ? t->r->layers.at[n->layer].digest
                                : (struct str){0};

        buf_printf(t->out, "layer %d", n->layer + 1);
        if (digest.n)
            buf_printf(t->out, " (%.19s)", str_copy(&t->a, digest).p);
        buf_str(t->out, S(": "));
    }
    if (n->where.n) {
        text_put(t->out, n->where, 0);
        if (n->line)
            buf_printf(t->out, ":%" PRIu64, n->line);
        buf_str(t->out, S(": "));
    }
    text_put(t->out, n->what, 0);
    table_plain(t);
    buf_char(t->out, '\n');
}

static void put_unowned(struct table *t)
{
    const struct str_list *paths = &t->r->unowned;

    if (!paths->len)
        return;
    buf_printf(t->out, "Unowned: %zu %s that no package tells of, ", paths->len,
               paths->len == 1 ? "program or archive" : "programs and archives");
    for (size_t i = 0; i < paths->len && i < 3; i++) {
        buf_str(t->out, i ? S(", ") : S(""));
        text_put(t->out, paths->at[i], 0);
    }
    buf_str(t->out, paths->len > 3 ? S(", ... (all in JSON)\n") : S("\n"));
}

static void put_coverage(struct table *t)
{
    const struct result *r = t->r;

    for (size_t i = 0; i < r->coverage.len; i++) {
        const struct judged *j = &r->coverage.at[i];

        if (!j->judged)
            table_colour(t, "33");
        buf_str(t->out, j->judged ? S("Judged: ") : S("NOT judged: "));
        if (j->packages)
            buf_printf(t->out, "%zu ", j->packages);
        text_put(t->out, j->what, 0);
        if (j->why.n) {
            buf_str(t->out, S(": "));
            text_put(t->out, j->why, 0);
        }
        if (!j->judged)
            table_plain(t);
        buf_char(t->out, '\n');
    }
    put_unowned(t);
    for (size_t i = 0; i < r->notes.len; i++)
        put_note(t, &r->notes.at[i]);
}

static void put_data(struct table *t)
{
    const struct result *r = t->r;

    if (!r->data_digest.n)
        return;
    buf_str(t->out, S("Data: "));
    for (size_t i = 0; i < r->data.len && i < 8; i++) {
        buf_str(t->out, i ? S(", ") : S(""));
        text_put(t->out, r->data.at[i].name, 0);
        if (r->data.at[i].date.n)
            buf_printf(t->out, " (%.10s)", str_copy(&t->a, r->data.at[i].date).p);
    }
    if (r->data.len > 8)
        buf_printf(t->out, " and %zu more", r->data.len - 8);
    buf_printf(t->out, "; database built %.10s\n", str_copy(&t->a, r->data_built).p);
}

void table_put_about(struct table *t)
{
    put_coverage(t);
    put_data(t);
}
