/* perllocal.pod, in which "make install" notes each Perl distribution it installs, under
 * the name of its module:
 *     =head2 Thu Nov 26 02:44:58 2020: C<Module> L<Alpha::Two|Alpha::Two>
 *     ...
 *     C<VERSION: 1.002>
 * The last of a name is what is there. perldoc.perl.org/ExtUtils::Install, perllocal; the
 * program that writes it is ExtUtils::Command::MM. */
#include "base/buf.h"
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/path.h"
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_NAME, "perllocal.pod"},
    {0},
};

static int perllocal_read(struct read *in, struct err *err);

const struct reader pkg_perllocal = {
    .name = "perllocal",
    .title = "Perl: distributions that make install installed",
    .checked = "cpanm, make install",
    .version = 1,
    .wants = wants,
    .read = perllocal_read,
};

struct log {
    struct read *in;
    struct map seen;   /* module -> where its package is in the list, plus one */
    struct str module; /* whose version is yet to come */
    uint64_t line;
};

/* What is between `before` and the next `end`. */
static struct str between(struct str line, struct str before, char end)
{
    ptrdiff_t at = str_find(line, before);
    struct str text = {0}, rest;

    if (at >= 0)
        str_cut(str_from(line, (size_t)at + before.n), end, &text, &rest);
    return text;
}

/* Alpha::Two is what Alpha-Two brings. */
static struct str dist_of(struct arena *a, struct str module)
{
    own(buf) b = {0};

    for (size_t i = 0; i < module.n; i++)
        if (str_starts(str_from(module, i), S("::"))) {
            buf_char(&b, '-');
            i++;
        } else {
            buf_char(&b, module.p[i]);
        }
    return str_copy(a, buf_view(&b));
}

static struct package *package_of(struct log *log)
{
    struct read *in = log->in;
    void **at = map_at(in->a, &log->seen, log->module);
    own(buf) provides = {0};
    struct package *p;

    if (*at)
        return &in->packages.at[(size_t)*at - 1];
    p = read_add(in, "cpan", dist_of(in->a, log->module), (struct str){0});
    *at = (void *)in->packages.len;
    p->realm = path_dir(in->path);
    needs_add(&provides, log->module);
    p->provides = buf_keep(in->a, &provides);
    return p;
}

static void take_version(struct log *log, struct str version)
{
    struct package *p;

    if (!version.n) {
        read_note_lacks(log->in, log->line, log->module, version);
    } else {
        p = package_of(log);
        p->version = version;
        p->line = log->line;
    }
    log->module = (struct str){0};
}

static void take_line(struct log *log, struct str line, uint64_t n)
{
    if (str_starts(line, S("=head2"))) {
        if (log->module.n)
            take_version(log, (struct str){0});
        log->module = between(line, S("C<Module> L<"), '|');
        log->line = n;
        if (!log->module.n)
            read_note(log->in, n, "no module in a head line");
    } else if (str_starts(line, S("C<VERSION: ")) && log->module.n) {
        take_version(log, str_trim(between(line, S("C<VERSION: "), '>')));
    }
}

static int perllocal_read(struct read *in, struct err *err)
{
    struct log log = {.in = in};
    struct str rest = in->bytes, line;
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line))
        take_line(&log, line, ++n);
    if (log.module.n)
        take_version(&log, (struct str){0});
    read_note_cut(in, n);
    return 0;
}
