/* The report a person reads: packages with the fix beside them, worst first,
 * then what was looked at and what was not. */
#include "report/table.h"

#include "base/map.h"
#include "base/own.h"
#include "io/text.h"
#include "model/ecosystem.h"

#include <inttypes.h>
#include <stdio.h>

static const char *colour_of(enum severity s)
{
    static const char *const codes[] = {
        [SEVERITY_UNKNOWN] = "2", [SEVERITY_NEGLIGIBLE] = "2", [SEVERITY_LOW] = "36",
        [SEVERITY_MEDIUM] = "33", [SEVERITY_HIGH] = "31",      [SEVERITY_CRITICAL] = "1;31",
    };

    return codes[s];
}

/* ---- groups: what was built from one source ---- */

/* Findings on the packages of one source and version, each id once. */
struct group {
    const struct finding *first; /* the worst */
    struct str name, version;
    struct str_list binaries;
    struct map names; /* the binaries' */
    struct map seen;  /* ids */
    struct {
        const struct finding **at;
        size_t len, cap;
    } findings;
    struct group *next;
};

static struct str full_name(struct table *t, const struct package *p)
{
    return p->group.n
               ? str_printf(&t->a, STR_FMT ":" STR_FMT, STR_ARG(p->group), STR_ARG(p->name))
               : package_source(p);
}

/* Packages of a distribution are its own, whichever database has them; of a language
 * there may be many copies, and each is somebody's. */
static struct str place_of(const struct package *p)
{
    return ecosystem_of_type(p->type) ? p->path : (struct str){0};
}

static struct group *group_of(struct table *t, struct map *groups, struct group ***end,
                              const struct finding *f)
{
    const struct package *p = f->package;
    struct str key =
        str_printf(&t->a, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                   STR_ARG(p->type), STR_ARG(p->group), STR_ARG(package_source(p)),
                   STR_ARG(package_source_version(p)), STR_ARG(place_of(p)));
    void **at = map_at(&t->a, groups, key);

    if (!*at) {
        struct group *g = arena_new(&t->a, struct group);

        *g = (struct group){
            .first = f, .name = full_name(t, p), .version = package_source_version(p)};
        **end = g;
        *end = &g->next;
        *at = g;
    }
    return *at;
}

/* Findings come worst first, and so do the groups. */
static struct group *make_groups(struct table *t)
{
    struct group *all = NULL, **end = &all;
    struct map groups = {0};

    for (size_t i = 0; i < t->r->findings.len; i++) {
        const struct finding *f = &t->r->findings.at[i];
        struct group *g;
        void **seen;

        if (!report_lists(t->style, f))
            continue;
        g = group_of(t, &groups, &end, f);
        seen = map_at(&t->a, &g->names, f->package->name);
        if (!*seen)
            *arena_push(&t->a, &g->binaries) = f->package->name;
        *seen = g;
        seen = map_at(&t->a, &g->seen, f->id);
        if (*seen)
            continue;
        *seen = g;
        *arena_push(&t->a, &g->findings) = f;
    }
    return all;
}

/* ---- lines ---- */

static void put_head(struct table *t, const struct group *g)
{
    const struct finding *f = g->first;

    table_colour(t, "1");
    text_put(t->out, g->name, 0);
    table_plain(t);
    buf_char(t->out, ' ');
    text_put(t->out, g->version, 0);
    if (f->upgrade.n) {
        table_colour(t, "32");
        buf_str(t->out, S("  upgrade to "));
        text_put(t->out, f->upgrade, 0);
        table_plain(t);
    }
    buf_char(t->out, '\n');
    if (ecosystem_of_type(f->package->type) ||
        (g->binaries.len == 1 && str_equal(g->binaries.at[0], g->name)))
        return;
    buf_str(t->out, S("  in "));
    for (size_t i = 0; i < g->binaries.len && i < 6; i++) {
        buf_str(t->out, i ? S(", ") : S(""));
        text_put(t->out, g->binaries.at[i], 0);
    }
    if (g->binaries.len > 6)
        buf_printf(t->out, " and %zu more", g->binaries.len - 6);
    buf_char(t->out, '\n');
}

static struct str fix_of(struct table *t, const struct finding *f)
{
    if (f->fixed.n)
        return str_printf(&t->a, "fixed in " STR_FMT, STR_ARG(f->fixed));
    return f->status == STATUS_AFFECTED ? S("no fix yet") : str_of(status_name(f->status));
}

struct columns {
    unsigned id, fix;
};

static struct columns measure(struct table *t, const struct group *g)
{
    struct columns c = {0};

    for (; g; g = g->next)
        for (size_t i = 0; i < g->findings.len; i++) {
            unsigned id = text_width(g->findings.at[i]->id);
            unsigned fix = text_width(fix_of(t, g->findings.at[i]));

            c.id = id > c.id ? id : c.id;
            c.fix = fix > c.fix ? fix : c.fix;
        }
    c.id = c.id > 24 ? 24 : c.id;
    c.fix = c.fix > 36 ? 36 : c.fix;
    return c;
}

static void put_finding(struct table *t, const struct finding *f, struct columns c)
{
    const unsigned severity = 10;
    unsigned at = 2 + severity + 2 + c.id + 2 + c.fix + 2;
    bool exploited = f->detail && f->detail->kev_added.n;
    struct str word = str_of(severity_name(f->severity));
    struct str title = f->title;

    buf_str(t->out, S("  "));
    table_colour(t, colour_of(f->severity));
    text_pad(t->out, text_put(t->out, word, 0), severity);
    table_plain(t);
    buf_str(t->out, S("  "));
    text_pad(t->out, text_put(t->out, f->id, c.id), c.id);
    buf_str(t->out, S("  "));
    text_pad(t->out, text_put(t->out, fix_of(t, f), c.fix), c.fix);
    if (exploited) {
        buf_str(t->out, S("  "));
        table_colour(t, "1;35");
        buf_str(t->out, S("exploited"));
        table_plain(t);
        at += 11;
    }
    if (title.n && (!t->style->width || t->style->width > at + 12)) {
        buf_str(t->out, S("  "));
        text_put(t->out, title, t->style->width ? t->style->width - at : 0);
    }
    buf_char(t->out, '\n');
}

static void put_instruction(struct table *t, const struct group *g)
{
    int layer = g->first->package->layer;
    struct str by;

    if (layer < 0 || t->r->layers.len < 2)
        return;
    by = str_trim(t->r->layers.at[layer].created_by);
    table_colour(t, "2");
    buf_printf(t->out, "  from layer %d", layer + 1);
    if (by.n) {
        buf_str(t->out, S(": "));
        text_put(t->out, by, t->style->width > 30 ? t->style->width - 20 : 100);
    }
    table_plain(t);
    buf_char(t->out, '\n');
}

/* Where a package of a language is, or is asked for, and what brought it. */
static void put_place(struct table *t, const struct group *g)
{
    const struct finding *f = g->first;

    if (!place_of(f->package).n)
        return;
    table_colour(t, "2");
    buf_str(t->out, S("  in "));
    text_put(t->out, f->package->path, 0);
    if (f->package->line)
        buf_printf(t->out, ":%" PRIu64, f->package->line);
    buf_char(t->out, '\n');
    for (size_t i = 0; i < f->ways.len; i++) {
        const struct way *way = &f->ways.at[i];

        buf_str(t->out, S("  through "));
        for (size_t j = 0; j + 1 < way->len; j++) {
            const struct package *p = &t->r->packages.at[way->at[j]];

            buf_str(t->out, j ? S(" > ") : S(""));
            text_put(t->out, full_name(t, p), 0);
            buf_char(t->out, ' ');
            text_put(t->out, p->version, 0);
        }
        buf_char(t->out, '\n');
    }
    table_plain(t);
}

static bool is_judged(const struct result *r)
{
    for (size_t i = 0; i < r->coverage.len; i++)
        if (r->coverage.at[i].judged)
            return true;
    return false;
}

/* How many, each id of a source once, as the table shows them. */
static void put_summary(struct table *t, const struct group *g)
{
    size_t by[SEVERITY_CRITICAL + 1] = {0}, all = 0, packages = 0, fixable = 0, known = 0;

    for (; g; g = g->next, packages++)
        for (size_t i = 0; i < g->findings.len; i++) {
            const struct finding *f = g->findings.at[i];

            all++;
            by[f->severity]++;
            fixable += f->fixed.n > 0;
            known += f->detail && f->detail->kev_added.n;
        }
    table_colour(t, "1");
    if (!all) {
        buf_str(t->out, is_judged(t->r)
                            ? S("No vulnerabilities found in what was judged.\n")
                            : S("Nothing could be judged.\n"));
        table_plain(t);
        return;
    }
    buf_printf(t->out, "%zu vulnerabilit%s in %zu package%s:", all, all == 1 ? "y" : "ies",
               packages, packages == 1 ? "" : "s");
    table_plain(t);
    for (int s = SEVERITY_CRITICAL; s >= SEVERITY_UNKNOWN; s--) {
        if (!by[s])
            continue;
        table_colour(t, colour_of((enum severity)s));
        buf_printf(t->out, " %zu %s", by[s], severity_name((enum severity)s));
        table_plain(t);
    }
    buf_printf(t->out, "; %zu can be fixed", fixable);
    if (known)
        buf_printf(t->out, "; %zu known to be exploited", known);
    buf_char(t->out, '\n');
}

static void table_report(const struct result *r, const struct report_style *style,
                         struct buf *out)
{
    struct table t = {.r = r, .style = style, .out = out};
    struct group *groups = make_groups(&t);
    struct columns c = measure(&t, groups);

    table_put_target(&t);
    buf_char(out, '\n');
    for (const struct group *g = groups; g; g = g->next) {
        put_head(&t, g);
        put_instruction(&t, g);
        put_place(&t, g);
        for (size_t i = 0; i < g->findings.len; i++)
            put_finding(&t, g->findings.at[i], c);
        buf_char(out, '\n');
    }
    put_summary(&t, groups);
    table_put_about(&t);
    arena_done(&t.a);
}

const struct report report_table = {
    .name = "table",
    .title = "what a person reads (default)",
    .write = table_report,
};
