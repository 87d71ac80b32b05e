/* Installed gems: specifications/NAME-VERSION.gemspec, as RubyGems writes them, Ruby of
 * always the same form:
 *     # stub: rack 2.2.6.4 ruby lib
 *     s.name = "rack".freeze
 *     s.version = "2.2.6.4"
 *     s.licenses = ["MIT".freeze]
 *     s.add_runtime_dependency(%q<racc>.freeze, ["~> 1.4"])
 * Nothing is run. gem list is the reference. */
#include "base/own.h"
#include "model/graph.h"
#include "model/reader.h"

static bool is_installed(struct str path)
{
    return str_find(path, S("specifications/")) >= 0;
}

static const struct want wants[] = {
    {WANT_TAIL, ".gemspec", .only = is_installed},
    {0},
};

static int gemspec_read(struct read *in, struct err *err);

const struct reader pkg_gemspec = {
    .name = "gemspec",
    .title = "Ruby: installed gems",
    .checked = "gem list",
    .version = 1,
    .wants = wants,
    .read = gemspec_read,
};

/* The next text between quotes, or in %q<...>; false when there is none. */
static bool take_text(struct str *rest, struct str *text)
{
    for (size_t i = 0; i < rest->n; i++) {
        char end = rest->p[i] == '<' && i > 1 && rest->p[i - 1] == 'q' ? '>'
                   : rest->p[i] == '"' || rest->p[i] == '\''           ? rest->p[i]
                                                                       : '\0';

        if (end)
            return str_cut(str_from(*rest, i + 1), end, text, rest);
    }
    return false;
}

struct spec {
    struct str name, version, licence;
    uint64_t line; /* of the name */
    struct buf needs;
    bool told_apart; /* running and developing, as RubyGems does since 1.2 */
};

static struct str join_licences(struct arena *a, struct str list)
{
    struct str all = {0}, one;

    while (take_text(&list, &one))
        all =
            all.n ? str_printf(a, STR_FMT " OR " STR_FMT, STR_ARG(all), STR_ARG(one)) : one;
    return all;
}

/* "s.name = ...", once each. */
static void take_line(struct arena *a, struct spec *spec, struct str line, uint64_t n)
{
    struct str text;

    line = str_trim(line);
    if (str_starts(line, S("s.name =")) && !spec->name.n && take_text(&line, &text)) {
        spec->name = text;
        spec->line = n;
    } else if (str_starts(line, S("s.version =")) && !spec->version.n &&
               take_text(&line, &text)) {
        spec->version = text;
    } else if (str_starts(line, S("s.licenses =")) && !spec->licence.n) {
        spec->licence = join_licences(a, line);
    } else if (str_starts(line, S("s.add_development_dependency("))) {
        spec->told_apart = true;
    } else if (str_starts(line, S("s.add_runtime_dependency(")) &&
               take_text(&line, &text)) {
        spec->told_apart = true;
        needs_add(&spec->needs, text);
    } else if (str_starts(line, S("s.add_dependency(")) && !spec->told_apart &&
               take_text(&line, &text)) { /* behind the others it is for older ones */
        needs_add(&spec->needs, text);
    }
}

/* ".../gems/3.1.0/specifications/rack-2.2.gemspec": gems of one folder find each other,
 * "default" ones below it, too. */
static struct str realm_of(struct str path)
{
    ptrdiff_t at = str_find(path, S("specifications/"));

    return (struct str){path.p, (size_t)at + S("specifications").n};
}

static int gemspec_read(struct read *in, struct err *err)
{
    struct str rest = in->bytes, line;
    struct spec spec = {0};
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line))
        take_line(in->a, &spec, line, ++n);
    if (spec.name.n && spec.version.n) {
        struct package *p = read_add(in, "gem", spec.name, spec.version);

        p->line = spec.line;
        p->licence = spec.licence;
        p->realm = realm_of(in->path);
        p->needs = buf_keep(in->a, &spec.needs);
    } else {
        read_note_lacks(in, spec.line, spec.name, spec.version);
    }
    buf_done(&spec.needs);
    read_note_cut(in, n);
    return 0;
}
