/* packrat.lock, of R's Packrat: paragraphs, the first of them about itself.
 *     PackratFormat: 1.4
 *     RVersion: 4.2.2
 *
 *     Package: beta
 *     Source: github
 *     Version: 1.10.3
 *     Requires: alpha, R6
 * rstudio.github.io/packrat; packrat::snapshot() writes it. */
#include "base/err.h"
#include "base/own.h"
#include "model/reader.h"
#include "pkg/paragraph.h"
#include "pkg/relation.h"

static const struct want wants[] = {
    {WANT_NAME, "packrat.lock"},
    {0},
};

static int packrat_lock_read(struct read *in, struct err *err);

const struct reader pkg_packrat_lock = {
    .name = "packrat_lock",
    .title = "R: packrat.lock",
    .checked = "Packrat 0.9",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = packrat_lock_read,
};

struct entry {
    bool begun, head; /* has fields; is the first paragraph */
    struct str name, version, source, requires;
    uint64_t line;
};

static void take_field(struct entry *e, const struct field *f)
{
    if (!e->begun)
        e->line = f->line;
    e->begun = true;
    if (field_is(f, S("PackratFormat"))) {
        e->head = true;
    } else if (field_is(f, S("Package"))) {
        e->name = f->value;
    } else if (field_is(f, S("Version"))) {
        e->version = f->value;
        e->line = f->line;
    } else if (field_is(f, S("Source"))) {
        e->source = f->value;
    } else if (field_is(f, S("Requires"))) {
        e->requires = field_whole(f);
    }
}

static void finish(struct read *in, struct entry *e)
{
    bool bioconductor = str_equal(e->source, S("Bioconductor"));
    own(buf) needs = {0};
    struct package *p;

    if (e->begun && !e->head && e->name.n && e->version.n) {
        relations_add(&needs, e->requires);
        p = read_add(in, bioconductor ? "bioconductor" : "cran", e->name, e->version);
        p->line = e->line;
        p->needs = buf_keep(in->a, &needs);
    } else if (e->begun && !e->head) {
        read_note_lacks(in, e->line, e->name, e->version);
    }
    *e = (struct entry){0};
}

static int packrat_lock_read(struct read *in, struct err *err)
{
    struct paragraphs p = {.rest = in->bytes};
    struct entry e = {0};
    struct field f;
    bool head = false;
    int r;

    while ((r = paragraph_next(&p, &f)) != 0) {
        if (r == 1)
            take_field(&e, &f);
        else if (r < 0)
            read_note(in, f.line, "not a field");
        head |= e.head;
        if (r == 2)
            finish(in, &e);
    }
    finish(in, &e);
    if (!head)
        return err_set(err, ERR_FORMAT, "no PackratFormat");
    read_note_cut(in, p.line);
    return 0;
}
