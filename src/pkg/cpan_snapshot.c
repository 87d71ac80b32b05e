/* cpanfile.snapshot, of Perl's Carton:
 *     # carton snapshot format: version 1.0
 *     DISTRIBUTIONS
 *       Try-Tiny-0.31
 *         pathname: E/ET/ETHER/Try-Tiny-0.31.tar.gz
 *         provides:
 *           Try::Tiny 0.31
 *         requirements:
 *           Carp 0
 * A distribution is known to others by its modules. metacpan.org/pod/Carton. */
#include "base/err.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/reader.h"
#include "pkg/cpan.h"

static const struct want wants[] = {
    {WANT_NAME, "cpanfile.snapshot"},
    {0},
};

static int cpan_snapshot_read(struct read *in, struct err *err);

const struct reader pkg_cpan_snapshot = {
    .name = "cpan_snapshot",
    .title = "Perl: cpanfile.snapshot",
    .checked = "Carton",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = cpan_snapshot_read,
};

struct snapshot {
    struct read *in;
    struct package *at; /* whose lines follow */
    struct str section; /* "provides:" */
    struct buf needs, provides;
};

static void finish(struct snapshot *s)
{
    if (s->at) {
        s->at->needs = buf_keep(s->in->a, &s->needs);
        s->at->provides = buf_keep(s->in->a, &s->provides);
    }
    s->needs.len = s->provides.len = 0;
    s->at = NULL;
}

static void begin(struct snapshot *s, struct str text, uint64_t line)
{
    struct str name, version;

    finish(s);
    s->section = (struct str){0};
    if (!cpan_dist(text, &name, &version)) {
        read_note(s->in, line, "not a name and a version: \"%.60s\"",
                  str_copy(s->in->a, text).p);
        return;
    }
    s->at = read_add(s->in, "cpan", name, version);
    s->at->line = line;
}

static void take_line(struct snapshot *s, struct str line, uint64_t n)
{
    struct str text = str_trim(line), module, version;
    size_t in = 0;

    while (in < line.n && line.p[in] == ' ')
        in++;
    if (in == 2)
        begin(s, text, n);
    else if (in == 4)
        s->section = text;
    if (in != 6)
        return;
    str_cut(text, ' ', &module, &version);
    if (str_equal(s->section, S("provides:")))
        needs_add(&s->provides, module);
    else if (str_equal(s->section, S("requirements:")))
        needs_add(&s->needs, module);
}

static int cpan_snapshot_read(struct read *in, struct err *err)
{
    struct snapshot s = {.in = in};
    struct str rest = in->bytes, line;
    uint64_t n = 0;
    bool begun = false;

    while (str_line(&rest, &line)) {
        n++;
        if (str_equal(str_trim(line), S("DISTRIBUTIONS")))
            begun = true;
        else if (begun)
            take_line(&s, line, n);
    }
    finish(&s);
    buf_done(&s.needs);
    buf_done(&s.provides);
    if (!begun)
        return err_set(err, ERR_FORMAT, "no line DISTRIBUTIONS");
    read_note_cut(in, n);
    return 0;
}
