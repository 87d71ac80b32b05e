/* Gemfile.lock and gems.locked, of Bundler:
 *     GEM
 *       remote: https://rubygems.org/
 *       specs:
 *         nokogiri (1.13.8-x86_64-linux)
 *           racc (~> 1.4)
 *     DEPENDENCIES
 *       nokogiri (~> 1.13)
 *       shop!
 * GIT and PLUGIN SOURCE have specs, too; those of PATH are the project's own. What is asked
 * for under DEPENDENCIES, and by those of PATH, is direct.
 * bundler.io/man/bundle-lock.1.html; bundle writes it. */
#include "base/map.h"
#include "base/own.h"
#include "model/graph.h"
#include "model/reader.h"

static const struct want wants[] = {
    {WANT_NAME, "Gemfile.lock"},
    {WANT_NAME, "gems.locked"},
    {0},
};

static int gemfile_lock_read(struct read *in, struct err *err);

const struct reader pkg_gemfile_lock = {
    .name = "gemfile_lock",
    .title = "Ruby: Gemfile.lock",
    .checked = "Bundler",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = gemfile_lock_read,
};

struct lock {
    struct read *in;
    struct str section; /* "GEM" */
    struct map seen;    /* "nokogiri 1.13.8", which may be there for several platforms */
    struct map asked;   /* under DEPENDENCIES */
    struct package *at; /* whose dependencies may follow */
    struct buf needs;
};

static size_t indent(struct str line)
{
    size_t n = 0;

    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

/* "racc (~> 1.4)", "shop!": what stands in front of blank and mark. */
static struct str name_of(struct str text)
{
    struct str name, rest;

    str_cut(text, ' ', &name, &rest);
    if (str_ends(name, S("!")))
        name.n--;
    return name;
}

static void finish(struct lock *lock)
{
    if (lock->at)
        lock->at->needs = buf_keep(lock->in->a, &lock->needs);
    lock->needs.len = 0;
    lock->at = NULL;
}

/* "nokogiri (1.13.8-x86_64-linux)": behind the dash is the platform. */
static void add_spec(struct lock *lock, struct str text, uint64_t line)
{
    struct str name, version, platform;
    void **seen;

    finish(lock);
    if (!str_cut(text, ' ', &name, &version) || version.n < 3 || version.p[0] != '(' ||
        !str_ends(version, S(")"))) {
        read_note(lock->in, line, "not a name and a version: \"%.60s\"",
                  str_copy(lock->in->a, text).p);
        return;
    }
    str_cut((struct str){version.p + 1, version.n - 2}, '-', &version, &platform);
    seen = map_at(
        lock->in->a, &lock->seen,
        str_printf(lock->in->a, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(version)));
    if (*seen || str_equal(lock->section, S("PATH")))
        return;
    if (!name.n || !version.n) {
        read_note_lacks(lock->in, line, name, version);
        return;
    }
    *seen = lock;
    lock->at = read_add(lock->in, "gem", name, version);
    lock->at->line = line;
}

static void take_line(struct lock *lock, struct str line, uint64_t n)
{
    size_t in = indent(line);
    struct str text = str_trim(line);
    bool specs = str_equal(lock->section, S("GEM")) || str_equal(lock->section, S("GIT")) ||
                 str_equal(lock->section, S("PATH")) ||
                 str_equal(lock->section, S("PLUGIN SOURCE"));

    if (!text.n)
        return;
    if (in == 0) {
        finish(lock);
        lock->section = text;
    } else if (str_equal(lock->section, S("DEPENDENCIES"))) {
        *map_at(lock->in->a, &lock->asked, name_of(text)) = lock;
    } else if (specs && in == 4) {
        add_spec(lock, text, n);
    } else if (specs && in == 6 && str_equal(lock->section, S("PATH"))) {
        *map_at(lock->in->a, &lock->asked, name_of(text)) = lock;
    } else if (specs && in == 6 && lock->at) {
        needs_add(&lock->needs, name_of(text));
    }
}

static int gemfile_lock_read(struct read *in, struct err *err)
{
    struct lock lock = {.in = in};
    struct str rest = in->bytes, line;
    uint64_t n = 0;

    (void)err;
    while (str_line(&rest, &line))
        take_line(&lock, line, ++n);
    finish(&lock);
    buf_done(&lock.needs);
    for (size_t i = 0; i < in->packages.len; i++)
        in->packages.at[i].direct = map_get(&lock.asked, in->packages.at[i].name) != NULL;
    read_note_cut(in, n);
    return 0;
}
