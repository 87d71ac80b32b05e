/* Our own JSON; docs/schema/report.schema.json describes it. Keys are never
 * renamed within a schemaVersion. */
#include "report/report.h"

#include "base/arena.h"
#include "base/own.h"
#include "io/json_write.h"
#include "model/cpe.h"
#include "model/licence.h"
#include "model/purl.h"

enum { SCHEMA_VERSION = 1 };

static void put_list(struct json_write *w, const char *key, const struct str_list *list)
{
    if (!list->len)
        return;
    json_open_key(w, key, '[');
    for (size_t i = 0; i < list->len; i++)
        json_put_str(w, NULL, list->at[i]);
    json_close(w, ']');
}

/* ---- findings ---- */

static void put_detail(struct json_write *w, const struct vulnerability *v)
{
    json_put_some(w, "description", v->description);
    put_list(w, "cwe", &v->cwes);
    if (v->scores.len) {
        json_open_key(w, "vectors", '[');
        for (size_t i = 0; i < v->scores.len; i++)
            json_put_str(w, NULL, v->scores.at[i].vector);
        json_close(w, ']');
    }
    if (v->links.len) {
        json_open_key(w, "references", '[');
        for (size_t i = 0; i < v->links.len; i++)
            json_put_str(w, NULL, v->links.at[i].url);
        json_close(w, ']');
    }
    json_put_some(w, "published", v->published);
    json_put_some(w, "modified", v->modified);
    if (v->kev_added.n) {
        json_open_key(w, "kev", '{');
        json_put_str(w, "added", v->kev_added);
        json_put_some(w, "due", v->kev_due);
        json_put_bool(w, "ransomware", v->kev_ransomware);
        json_close(w, '}');
    }
}

static void put_layer(struct json_write *w, const struct result *r, int layer)
{
    if (layer < 0 || (size_t)layer >= r->layers.len)
        return;
    json_put_i64(w, "layer", layer);
    json_put_some(w, "instruction", r->layers.at[layer].created_by);
}

/* Tenths as a number with one decimal. */
static void put_score(struct json_write *w, int tenths)
{
    char text[16];

    snprintf(text, sizeof text, "%d.%d", tenths / 10, tenths % 10);
    json_put_raw(w, "cvss", str_of(text));
}

/* "express@4.18.2" */
static void put_step(struct json_write *w, const struct package *p)
{
    own(arena) a = {0};

    json_put_str(w, NULL,
                 str_printf(&a, STR_FMT "%s" STR_FMT "@" STR_FMT, STR_ARG(p->group),
                            p->group.n ? ":" : "", STR_ARG(p->name), STR_ARG(p->version)));
}

static void put_ways(struct json_write *w, const struct result *r, const struct finding *f)
{
    if (!f->ways.len)
        return;
    json_open_key(w, "through", '[');
    for (size_t i = 0; i < f->ways.len; i++) {
        json_open(w, '[');
        for (size_t j = 0; j < f->ways.at[i].len; j++)
            put_step(w, &r->packages.at[f->ways.at[i].at[j]]);
        json_close(w, ']');
    }
    json_close(w, ']');
}

static void put_finding(struct json_write *w, const struct result *r,
                        const struct finding *f)
{
    const struct package *p = f->package;

    json_open(w, '{');
    json_put_str(w, "kind", str_of(finding_kind_name(f->kind)));
    json_put_str(w, "id", f->id);
    put_list(w, "aliases", &f->aliases);
    put_list(w, "advisories", &f->advisories);
    json_put_some(w, "title", f->title);
    json_put_str(w, "severity", str_of(severity_name(f->severity)));
    if (f->cvss >= 0)
        put_score(w, f->cvss);
    json_put_i64(w, "risk", f->risk);
    json_put_str(w, "package", p->name);
    json_put_some(w, "group", p->group);
    json_put_str(w, "source", package_source(p));
    json_put_str(w, "installed", p->version);
    json_put_some(w, "arch", p->arch);
    json_put_some(w, "fixed", f->fixed);
    json_put_some(w, "upgrade", f->upgrade);
    json_put_str(w, "status", f->fixed.n ? S("fixed") : str_of(status_name(f->status)));
    json_put_some(w, "path", p->path);
    if (p->line)
        json_put_i64(w, "line", (int64_t)p->line);
    put_layer(w, r, p->layer);
    put_ways(w, r, f);
    if (f->detail)
        put_detail(w, f->detail);
    json_close(w, '}');
}

/* ---- packages ---- */

static void put_needs(struct json_write *w, const struct result *r, const struct package *p)
{
    size_t i = (size_t)(p - r->packages.at);
    const struct graph *g = &r->graph;

    if (i >= g->len || g->from[i] == g->from[i + 1])
        return;
    json_open_key(w, "dependsOn", '[');
    for (uint32_t j = g->from[i]; j < g->from[i + 1]; j++)
        json_put_i64(w, NULL, g->to[j]);
    json_close(w, ']');
}

void report_package_json(struct json_write *w, const struct result *r,
                         const struct package *p)
{
    own(arena) a = {0};

    json_put_str(w, "name", p->name);
    json_put_str(w, "version", p->version);
    json_put_some(w, "group", p->group);
    json_put_some(w, "arch", p->arch);
    json_put_str(w, "purl", purl_of(&a, p, &r->distro));
    json_put_some(w, "source", p->source);
    json_put_some(w, "sourceVersion", p->source_version);
    json_put_some(w, "module", p->module);
    json_put_some(w, "vendor", p->vendor);
    if (p->cpe.n)
        json_put_str(w, "cpe", cpe_write(&a, p->cpe, p->version));
    json_put_some(w, "licence", p->licence);
    json_put_some(w, "spdx", licence_spdx(&a, p->licence));
    json_put_str(w, "path", p->path);
    if (p->line)
        json_put_i64(w, "line", (int64_t)p->line);
    if (p->layer >= 0)
        json_put_i64(w, "layer", p->layer);
    if (p->direct)
        json_put_bool(w, "direct", true);
    if (p->dev)
        json_put_bool(w, "dev", true);
    if (p->optional)
        json_put_bool(w, "optional", true);
    put_needs(w, r, p);
}

/* ---- what was looked at ---- */

enum { UNOWNED_MAX = 1000 };

static void put_unowned(struct json_write *w, const struct str_list *paths)
{
    if (!paths->len)
        return;
    json_open_key(w, "unowned", '{');
    json_put_i64(w, "files", (int64_t)paths->len);
    json_open_key(w, "paths", '[');
    for (size_t i = 0; i < paths->len && i < UNOWNED_MAX; i++)
        json_put_str(w, NULL, paths->at[i]);
    json_close(w, ']');
    json_close(w, '}');
}

static void put_coverage(struct json_write *w, const struct result *r)
{
    json_open_key(w, "coverage", '{');
    json_open_key(w, "judged", '[');
    for (size_t i = 0; i < r->coverage.len; i++) {
        const struct judged *j = &r->coverage.at[i];

        json_open(w, '{');
        json_put_str(w, "what", j->what);
        json_put_i64(w, "packages", (int64_t)j->packages);
        json_put_bool(w, "judged", j->judged);
        json_put_some(w, "why", j->why);
        json_close(w, '}');
    }
    json_close(w, ']');
    json_open_key(w, "notes", '[');
    for (size_t i = 0; i < r->notes.len; i++) {
        const struct note *n = &r->notes.at[i];

        json_open(w, '{');
        json_put_str(w, "level", n->level == NOTE_UNREAD ? S("unread") : S("info"));
        if (n->layer >= 0)
            json_put_i64(w, "layer", n->layer);
        json_put_some(w, "where", n->where);
        if (n->line)
            json_put_i64(w, "line", (int64_t)n->line);
        json_put_str(w, "what", n->what);
        json_close(w, '}');
    }
    json_close(w, ']');
    put_unowned(w, &r->unowned);
    json_put_bool(w, "complete", !notes_unread(&r->notes));
    json_close(w, '}');
}

static void put_data(struct json_write *w, const struct result *r)
{
    if (!r->data_digest.n)
        return;
    json_open_key(w, "database", '{');
    json_put_str(w, "digest", r->data_digest);
    json_put_some(w, "built", r->data_built);
    json_open_key(w, "sources", '[');
    for (size_t i = 0; i < r->data.len; i++) {
        json_open(w, '{');
        json_put_str(w, "name", r->data.at[i].name);
        json_put_some(w, "date", r->data.at[i].date);
        json_put_i64(w, "records", (int64_t)r->data.at[i].records);
        json_close(w, '}');
    }
    json_close(w, ']');
    json_close(w, '}');
}

static void put_target(struct json_write *w, const struct result *r)
{
    json_open_key(w, "target", '{');
    json_put_str(w, "source", r->target);
    json_put_str(w, "kind", r->source);
    json_put_some(w, "name", r->name);
    json_put_some(w, "digest", r->digest);
    json_put_some(w, "platform", r->platform);
    json_open_key(w, "layers", '[');
    for (size_t i = 0; i < r->layers.len; i++) {
        const struct layer_info *l = &r->layers.at[i];

        json_open(w, '{');
        json_put_some(w, "digest", l->digest);
        json_put_some(w, "diffId", l->diff_id);
        json_put_some(w, "createdBy", l->created_by);
        json_put_i64(w, "size", (int64_t)l->size);
        json_close(w, '}');
    }
    json_close(w, ']');
    json_close(w, '}');
}

static void put_distro(struct json_write *w, const struct distro *d)
{
    if (!d->id.n)
        return;
    json_open_key(w, "distribution", '{');
    json_put_str(w, "id", d->id);
    json_put_some(w, "title", d->title);
    json_put_some(w, "version", d->version);
    json_put_some(w, "endOfLife", d->eol);
    json_close(w, '}');
}

static void json_report(const struct result *r, const struct report_style *style,
                        struct buf *out)
{
    struct json_write w = {.out = out};

    json_open(&w, '{');
    json_put_i64(&w, "schemaVersion", SCHEMA_VERSION);
    put_target(&w, r);
    put_distro(&w, &r->distro);
    json_open_key(&w, "findings", '[');
    for (size_t i = 0; i < r->findings.len; i++)
        if (report_lists(style, &r->findings.at[i]))
            put_finding(&w, r, &r->findings.at[i]);
    json_close(&w, ']');
    json_open_key(&w, "packages", '[');
    for (size_t i = 0; i < r->packages.len; i++) {
        json_open(&w, '{');
        report_package_json(&w, r, &r->packages.at[i]);
        json_close(&w, '}');
    }
    json_close(&w, ']');
    put_coverage(&w, r);
    put_data(&w, r);
    json_close(&w, '}');
}

const struct report report_json = {
    .name = "json",
    .title = "JSON of our own (docs/schema/report.schema.json)",
    .write = json_report,
};
